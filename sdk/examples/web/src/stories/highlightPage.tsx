import { hooks } from '@ciel/sdk/react';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { Shell } from '../parts/shell.tsx';
import { usePlace } from '../router.tsx';
import { Viewer } from './viewer.tsx';

export function HighlightPage({ highlightId }: { highlightId: string }) {
  const { back } = usePlace();
  const read = hooks.highlights.get.useQuery({ highlightId });
  const { data: highlight } = read;
  if (isNotRead(read) || highlight?.stories.length === 0)
    return (
      <Shell>
        <NotRead of={read} />
      </Shell>
    );
  if (!highlight) return <div className="viewer" />;
  const leave = () => back(`/@/${highlight.owner.handle}`);
  return <Viewer stories={highlight.stories} name={highlight.name} onAfter={leave} onClose={leave} />;
}
