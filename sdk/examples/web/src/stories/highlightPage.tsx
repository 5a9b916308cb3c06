import { hooks } from '@ciel/sdk/react';
import { NothingHere } from '../pages/nothingHere.tsx';
import { Shell } from '../parts/shell.tsx';
import { usePlace } from '../router.tsx';
import { Viewer } from './viewer.tsx';

export function HighlightPage({ highlightId }: { highlightId: string }) {
  const { back } = usePlace();
  const { data: highlight, error } = hooks.highlights.get.useQuery({ highlightId });
  if (error || highlight?.stories.length === 0)
    return (
      <Shell>
        <NothingHere />
      </Shell>
    );
  if (!highlight) return <div className="viewer" />;
  const leave = () => back(`/@/${highlight.owner.handle}`);
  return <Viewer stories={highlight.stories} name={highlight.name} onAfter={leave} onClose={leave} />;
}
