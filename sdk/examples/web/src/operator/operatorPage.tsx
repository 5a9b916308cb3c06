import { type Ciel, createCiel, isCielError, memoryStore } from '@ciel/sdk';
import { CielProvider } from '@ciel/sdk/react';
import { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { url } from '../client.ts';
import { Front } from '../pages/front.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { useForm } from '../parts/useForm.ts';
import { Desk } from './desk.tsx';

/** The admin token is kept in memory only, so a reload asks for it again. */
let operator: Ciel | null = null;
const queryClient = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });

export function OperatorPage() {
  const [ciel, setCiel] = useState(operator);
  const enter = (next: Ciel | null) => {
    operator = next;
    queryClient.clear();
    setCiel(next);
  };
  if (!ciel) return <Enter onEnter={enter} />;
  return (
    <CielProvider ciel={ciel} queryClient={queryClient} live={false}>
      <Desk onLeave={() => enter(null)} />
    </CielProvider>
  );
}

function Enter({ onEnter }: { onEnter: (ciel: Ciel) => void }) {
  const [refused, setRefused] = useState<string>();
  const { form, isBusy, problem } = useForm(async ({ token = '', actor = '' }) => {
    setRefused(undefined);
    // Only a valid header value can be the token.
    if (!/^[\x21-\x7e]+$/.test(token)) return setRefused('This is not the token.');
    const admin = { token, ...(actor ? { actor: encodeURIComponent(actor) } : {}) };
    const ciel = createCiel({ url, store: memoryStore(), admin });
    try {
      await ciel.moderation.cases({ limit: 1 });
      onEnter(ciel);
    } catch (error) {
      if (!isCielError(error, 'forbidden')) throw error;
      setRefused('This is not the token.');
    }
  });
  return (
    <Front title="For operators">
      <form {...form} className="form">
        <Field
          name="token"
          label="Admin token"
          type="password"
          autoComplete="off"
          hint="ADMIN_TOKEN, or the file secrets/admin.token of the data folder. It is not stored."
          error={refused}
        />
        <Field name="actor" label="Your name, for the log" autoComplete="off" />
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Continue
        </Button>
      </form>
    </Front>
  );
}
