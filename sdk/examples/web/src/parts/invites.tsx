import { hooks } from '@ciel/sdk/react';
import { countOf, sayDate, sayError } from '../words.ts';
import { Button } from './button.tsx';
import { toast } from './toasts.tsx';

const linkOf = (code: string) => `${location.origin}/app/sign-up?invite=${code}`;

export function Invites() {
  const { data: stats } = hooks.invites.stats.useQuery({});
  const { data } = hooks.invites.list.useQuery({ limit: 20 });
  const onError = (error: unknown) => toast(sayError(error));
  const create = hooks.invites.create.useMutation({ onError });
  const revoke = hooks.invites.revoke.useMutation({ onError });
  const open = data?.items.filter(({ status }) => status === 'open') ?? [];
  return (
    <section>
      <h2>Invite someone</h2>
      <p className="quiet">
        {stats ? `You have ${countOf(stats.remaining, 'invite')} left. Each is for one person.` : ''}
      </p>
      <ul className="invites">
        {open.map(({ code, expiresAt }) => (
          <li key={code}>
            <span>
              <code>{code}</code>
              <span className="quiet"> until {sayDate(expiresAt)}</span>
            </span>
            <Button
              className="small"
              onClick={() =>
                void navigator.clipboard
                  .writeText(linkOf(code))
                  .then(() => toast('The link is copied.'))
                  .catch(() => toast(linkOf(code)))
              }
            >
              Copy the link
            </Button>
            <Button
              className="small"
              look="danger"
              aria-label={`Revoke ${code}`}
              onClick={() => revoke.mutate({ code })}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <Button isBusy={create.isPending} onClick={() => create.mutate({})}>
        New invite
      </Button>
    </section>
  );
}
