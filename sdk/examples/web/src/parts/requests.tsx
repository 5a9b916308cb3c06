import { hooks } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { PersonRow } from './personRow.tsx';
import { toast } from './toasts.tsx';

const onError = (error: unknown) => toast(sayError(error));

/** Those who want to follow a private account. */
export function Requests() {
  const { data } = hooks.social.requests.useQuery({ limit: 50 });
  const accept = hooks.social.acceptRequest.useMutation({ onError });
  const reject = hooks.social.rejectRequest.useMutation({ onError });
  if (!data?.items.length) return null;
  return (
    <section className="requests">
      <h2>They want to follow you</h2>
      <ul className="people">
        {data.items.map(({ user }) => (
          <PersonRow key={user.id} person={user}>
            <Button
              look="strong"
              className="small"
              aria-label={`Let ${user.handle} in`}
              onClick={() => accept.mutate({ userId: user.id })}
            >
              Let in
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
