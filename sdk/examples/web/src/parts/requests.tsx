import { hooks } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { PersonRow } from './personRow.tsx';
import { toast } from './toasts.tsx';

const onError = (error: unknown) => toast(sayError(error));

/** Follow requests to a private account. */
export function Requests() {
  const { data } = hooks.social.requests.useQuery({ limit: 50 });
  const accept = hooks.social.acceptRequest.useMutation({ onError });
  const reject = hooks.social.rejectRequest.useMutation({ onError });
  if (!data?.items.length) return null;
  return (
    <section className="requests">
      <h2>Follow requests</h2>
      <ul className="people">
        {data.items.map(({ user }) => (
          <PersonRow key={user.id} person={user}>
            <Button
              look="strong"
              className="small"
              aria-label={`Accept ${user.handle}`}
              onClick={() => accept.mutate({ userId: user.id })}
            >
              Accept
            </Button>
            <Button
              className="small"
              aria-label={`Decline ${user.handle}`}
              onClick={() => reject.mutate({ userId: user.id })}
            >
              Decline
            </Button>
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
