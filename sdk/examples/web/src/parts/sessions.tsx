import type { ItemOf } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Ago } from './ago.tsx';
import { Button } from './button.tsx';
import { Endless } from './endless.tsx';
import { toast } from './toasts.tsx';

/** The focused button is removed with its session, so the focus moves here. */
function report(text: string): void {
  toast(text);
  document.getElementById('sessions')?.focus({ preventScroll: true });
}

const onError = (error: unknown) => toast(sayError(error));

/** The user's active sessions, with buttons to revoke them. */
export function Sessions() {
  const sessions = hooks.auth.sessions.useInfinite({});
  const endOthers = hooks.auth.endOtherSessions.useMutation({
    onError,
    onSuccess: () => report('You are signed out everywhere else.'),
  });
  const hasOthers = sessions.data?.items.some(({ current }) => !current) ?? false;
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" tabIndex={-1}>
        Active sessions
      </h2>
      <Endless list={sessions} empty={<p>No active sessions.</p>}>
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
  const end = hooks.auth.endSession.useMutation({ onError, onSuccess: () => report('Session revoked.') });
  const name = deviceName || 'A device without a name';
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {current && <span className="tag">this device</span>}
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
