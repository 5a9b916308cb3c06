import { type ReactNode, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Switch } from '../parts/switch.tsx';
import { Appeals } from './appeals.tsx';
import { Cases } from './cases.tsx';
import { Log } from './log.tsx';

type View = 'cases' | 'appeals' | 'log';

const VIEWS: Record<View, [label: string, view: () => ReactNode]> = {
  cases: ['Cases', () => <Cases />],
  appeals: ['Appeals', () => <Appeals />],
  log: ['Log', () => <Log />],
};

/** Open cases and appeals, and the log. */
export function Desk({ onLeave }: { onLeave: () => void }) {
  const [view, setView] = useState<View>('cases');
  const [title, show] = VIEWS[view];
  return (
    <main id="main" className="desk" tabIndex={-1}>
      <title>{`${title} · Ciel`}</title>
      <header>
        <p className="wordmark">ciel</p>
        <h1 className="unseen">{title}</h1>
        <Switch
          legend="View"
          name="view"
          choices={(Object.keys(VIEWS) as View[]).map((key) => [key, VIEWS[key][0]])}
          value={view}
          onChange={setView}
        />
        <Button className="small" onClick={onLeave}>
          Leave
        </Button>
      </header>
      {show()}
    </main>
  );
}
