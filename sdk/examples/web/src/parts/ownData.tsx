import type { ItemOf } from '@ciel/sdk';
import { useCiel } from '@ciel/sdk/react';
import { useState } from 'react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { DeleteAccount } from './deleteAccount.tsx';
import { toast } from './toasts.tsx';

/** Export and deletion of the account. */
export function OwnData({ handle }: { handle: string }) {
  const { account } = useCiel();
  const [isBusy, setBusy] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  async function take() {
    setBusy(true);
    try {
      const entries: ItemOf<'account.export'>[] = [];
      for await (const entry of account.export({ limit: 200 })) entries.push(entry);
      save(`ciel-${handle}.json`, JSON.stringify(entries, null, 2));
      toast('Your data was downloaded.');
    } catch (error) {
      toast(sayError(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section>
      <h2>Your data</h2>
      <p className="quiet">
        One file with everything stored about you. It contains your photographs as links that work for five
        minutes.
      </p>
      <div className="buttons">
        <Button isBusy={isBusy} onClick={take}>
          {isBusy ? 'Collecting…' : 'Download it'}
        </Button>
        <Button look="danger" aria-haspopup="dialog" onClick={() => setLeaving(true)}>
          Delete the account
        </Button>
      </div>
      {isLeaving && <DeleteAccount onClose={() => setLeaving(false)} />}
    </section>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
