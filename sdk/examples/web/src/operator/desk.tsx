import type { Case } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { Button } from '../parts/button.tsx';
import { Endless } from '../parts/endless.tsx';
import { countOf } from '../words.ts';
import { CaseView } from './caseView.tsx';

/** The cases, and the one that is looked at. */
export function Desk({ onLeave }: { onLeave: () => void }) {
  const [status, setStatus] = useState<Case['status']>('open');
  const [caseId, setCaseId] = useState<string | null>(null);
  const cases = hooks.moderation.cases.useInfinite({ status });
  return (
    <main id="main" className={caseId ? 'desk open' : 'desk'} tabIndex={-1}>
      <title>Cases · Ciel</title>
      <header>
        <p className="wordmark">ciel</p>
        <h1>Cases</h1>
        <fieldset className="switch">
          <legend className="unseen">Which</legend>
          {(['open', 'resolved'] as const).map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="status"
                checked={status === value}
                onChange={() => {
                  setStatus(value);
                  setCaseId(null);
                }}
              />
              <span>{value === 'open' ? 'Open' : 'Resolved'}</span>
            </label>
          ))}
        </fieldset>
        <Button className="small" onClick={onLeave}>
          Leave
        </Button>
      </header>
      <nav aria-label="Cases">
        <Endless list={cases} empty={<p>{status === 'open' ? 'All is quiet.' : 'None yet.'}</p>}>
          {(items) => (
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <CaseLink item={item} isChosen={item.id === caseId} onChoose={() => setCaseId(item.id)} />
                </li>
              ))}
            </ul>
          )}
        </Endless>
      </nav>
      <section aria-label="The case">
        {caseId ? (
          <CaseView key={caseId} caseId={caseId} onBack={() => setCaseId(null)} />
        ) : (
          <p className="empty">Choose a case.</p>
        )}
      </section>
    </main>
  );
}

interface CaseLinkProps {
  item: Case;
  isChosen: boolean;
  onChoose: () => void;
}

function CaseLink({ item, isChosen, onChoose }: CaseLinkProps) {
  const { subjectType, owner, reportCount, openedAt, priority, resolution } = item;
  return (
    <button type="button" aria-current={isChosen} onClick={onChoose}>
      <strong>
        {WHAT[subjectType]} @{owner.handle}
      </strong>
      <span>
        {resolution ?? `${countOf(reportCount, 'report')}, priority ${priority}`} · <Ago at={openedAt} />
      </span>
    </button>
  );
}

const WHAT: Record<Case['subjectType'], string> = {
  user: 'The account of',
  post: 'A post of',
  comment: 'A comment of',
  story: 'A story of',
};
