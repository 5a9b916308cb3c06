import { hooks } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { PersonRow } from './personRow.tsx';
import { toast } from './toasts.tsx';

/** Users the viewer blocks, with a button to unblock each. */
export function Blocks() {
  const { data } = hooks.social.blocks.useQuery({ limit: 100 });
  const unblock = hooks.social.unblock.useMutation({ onError: (error) => toast(sayError(error)) });
  if (!data?.items.length) return null;
  return (
    <section>
      <h2>Blocked</h2>
      <ul className="people">
        {data.items.map(({ user }) => (
          <PersonRow key={user.id} person={user}>
            <Button
              className="small"
              aria-label={`Unblock ${user.handle}`}
              onClick={() => unblock.mutate({ userId: user.id })}
            >
              Unblock
            </Button>
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
