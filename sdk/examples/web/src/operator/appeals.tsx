import type { Appeal } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { AppealView } from './appealView.tsx';
import { Pick, Picker } from './picker.tsx';

/** Appeals, oldest first. */
export function Appeals() {
  const [status, setStatus] = useState<Appeal['status']>('open');
  const [chosen, setChosen] = useState<Appeal | null>(null);
  const appeals = hooks.moderation.appeals.useInfinite({ status });
  return (
    <Picker
      label="Appeals"
      statuses={[
        ['open', 'Open'],
        ['upheld', 'Upheld'],
        ['overturned', 'Overturned'],
      ]}
      status={status}
      onStatus={(next) => {
        setStatus(next);
        setChosen(null);
      }}
      list={appeals}
      empty={status === 'open' ? 'No open appeals.' : 'None yet.'}
      chosen={
        chosen && (
          <AppealView key={chosen.id} appeal={chosen} onDecided={setChosen} onBack={() => setChosen(null)} />
        )
      }
    >
      {(appeal) => (
        <Pick
          title={`@${appeal.appellant.handle}`}
          isChosen={appeal.id === chosen?.id}
          onChoose={() => setChosen(appeal)}
        >
          against a {appeal.action.kind} · <Ago at={appeal.createdAt} />
        </Pick>
      )}
    </Picker>
  );
}
