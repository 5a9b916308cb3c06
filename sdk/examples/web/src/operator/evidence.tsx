import type { CaseDetail } from '@ciel/sdk';
import { Blurred } from './blurred.tsx';

/** The reported content as the reporters saw it. */
export function Evidence({ detail: { media, reports } }: { detail: CaseDetail }) {
  const texts = new Set(reports.flatMap(({ snapshot }) => Object.values(snapshot.texts)).filter(Boolean));
  return (
    <>
      {media.map((item) => (
        <Blurred key={item.id} media={item} />
      ))}
      {[...texts].map((text) => (
        <blockquote key={text}>{text}</blockquote>
      ))}
    </>
  );
}
