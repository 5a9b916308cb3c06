import type { ItemOf } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Ago } from './ago.tsx';
import { Button } from './button.tsx';
import { Endless } from './endless.tsx';
import { toast } from './toasts.tsx';

/** What had the focus goes with what was ended. */
function told(text: string): void {
  toast(text);
  document.getElementById('sessions')?.focus({ preventScroll: true });
}

const onError = (error: unknown) => toast(sayError(error));

/** Where one is signed in, with a way to end it there. */
export function Sessions() {
  const sessions = hooks.auth.sessions.useInfinite({});
  const endOthers = hooks.auth.endOtherSessions.useMutation({
    onError,
    onSuccess: () => told('You are signed out everywhere else.'),
  });
  const hasOthers = sessions.data?.items.some(({ current }) => !current) ?? false;
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" tabIndex={-1}>
        Where you are signed in
      </h2>
      <Endless list={sessions} empty={<p>Nowhere.</p>}>
        {(items) => (
          <ul className="sessions">
            {items.map((session) => (
              <SessionItem key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Endless>
      {hasOthers && (
        <Button isBusy={endOthers.isPending} onClick={() => endOthers.mutate({})}>
          Sign out everywhere else
        </Button>
      )}
    </section>
  );
}

function SessionItem({ session }: { session: ItemOf<'auth.sessions'> }) {
  const { id, deviceName, createdAt, lastUsedAt, current } = session;
  const end = hooks.auth.endSession.useMutation({ onError, onSuccess: () => told('Signed out there.') });
  const name = deviceName || 'A device without a name';
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {current && <span className="tag">this one</span>}
        <p className="quiet">
          Since <Ago at={createdAt} />, last used <Ago at={lastUsedAt} />
        </p>
      </div>
      {!current && (
        <Button
          className="small"
          aria-label={`Sign out of ${name}`}
          isBusy={end.isPending}
          onClick={() => end.mutate({ sessionId: id })}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
