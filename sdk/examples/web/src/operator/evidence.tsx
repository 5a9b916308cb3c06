import type { CaseDetail } from '@ciel/sdk';
import { hooks, useCiel } from '@ciel/sdk/react';
import { useQueryClient } from '@tanstack/react-query';
import { Blurred } from './blurred.tsx';

/** The reported content as the reporters saw it. */
export function Evidence({ detail: { id: caseId, media, reports } }: { detail: CaseDetail }) {
  const ciel = useCiel();
  const client = useQueryClient();
  /** Operators read photographs with the case, because hidden ones can't be read otherwise. */
  const renew = async (mediaId: string) => {
    const detail = await client.fetchQuery(hooks.moderation.case.options(ciel, { caseId }));
    return detail.media.find(({ id }) => id === mediaId);
  };
  const texts = new Set(reports.flatMap(({ snapshot }) => Object.values(snapshot.texts)).filter(Boolean));
  return (
    <>
      {media.map((item) => (
        <Blurred key={item.id} media={item} renew={() => renew(item.id)} />
      ))}
      {[...texts].map((text) => (
        <blockquote key={text}>{text}</blockquote>
      ))}
    </>
  );
}
