import type { Case } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { countOf } from '../words.ts';
import { CaseView } from './caseView.tsx';
import { Pick, Picker } from './picker.tsx';
import { whatOf } from './subjects.ts';

/** Cases, highest priority first. */
export function Cases() {
  const [status, setStatus] = useState<Case['status']>('open');
  const [caseId, setCaseId] = useState<string | null>(null);
  const cases = hooks.moderation.cases.useInfinite({ status });
  return (
    <Picker
      label="Cases"
      statuses={[
        ['open', 'Open'],
        ['resolved', 'Resolved'],
      ]}
      status={status}
      onStatus={(next) => {
        setStatus(next);
        setCaseId(null);
      }}
      list={cases}
      empty={status === 'open' ? 'No open cases.' : 'None yet.'}
      chosen={caseId && <CaseView key={caseId} caseId={caseId} onBack={() => setCaseId(null)} />}
    >
      {({ id, subjectType, owner, reportCount, openedAt, priority, resolution }) => (
        <Pick
          title={`${whatOf(subjectType)} @${owner.handle}`}
          isChosen={id === caseId}
          onChoose={() => setCaseId(id)}
        >
          {resolution ?? `${countOf(reportCount, 'report')}, priority ${priority}`} · <Ago at={openedAt} />
        </Pick>
      )}
    </Picker>
  );
}
