import type { Profile } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { usePlace } from '../router.tsx';
import { sayError } from '../words.ts';
import { Ask } from './ask.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { ReportDialog } from './reportDialog.tsx';
import { toast } from './toasts.tsx';

const onError = (error: unknown) => toast(sayError(error));

/** What can be done about somebody, beside following them. */
export function PersonMenu({ profile: { id, handle, relationship } }: { profile: Profile }) {
  const { go } = usePlace();
  const [asked, setAsked] = useState<'report' | 'block' | null>(null);
  const person = { userId: id };
  const mute = hooks.social.mute.useMutation({ onError, onSuccess: () => toast(`@${handle} is muted.`) });
  const unmute = hooks.social.unmute.useMutation({ onError });
  const close = hooks.social.addCloseFriend.useMutation({ ...TOUCHED, onError });
  const unclose = hooks.social.removeCloseFriend.useMutation({ ...TOUCHED, onError });
  const drop = hooks.social.removeFollower.useMutation({ ...TOUCHED, onError });
  const block = hooks.social.block.useMutation({
    onError,
    onSuccess() {
      toast(`You and @${handle} do not see each other any more.`);
      go('/', { replace: true });
    },
  });
  const items: MenuItem[] = [
    relationship?.closeFriend
      ? { label: 'No close friend any more', act: () => unclose.mutate(person) }
      : { label: 'A close friend', act: () => close.mutate(person) },
    relationship?.muting
      ? { label: 'Show their posts again', act: () => unmute.mutate(person) }
      : { label: 'Mute', act: () => mute.mutate(person) },
  ];
  if (relationship?.followedBy) items.push({ label: 'Remove as a follower', act: () => drop.mutate(person) });
  items.push(
    { label: 'Report', isDanger: true, act: () => setAsked('report') },
    { label: 'Block', isDanger: true, act: () => setAsked('block') },
  );
  return (
    <>
      <Menu title={`More about @${handle}`} items={items} />
      {asked === 'report' && <ReportDialog of={{ kind: 'user', id }} onClose={() => setAsked(null)} />}
      {asked === 'block' && (
        <Ask
          title={`Block @${handle}?`}
          text="You will not see each other, and follow each other no more. They are not told."
          answer="Block"
          onAnswer={() => block.mutate(person)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** What shows how it stands between two people. */
const TOUCHED = { invalidates: [hooks.users.byHandle.key(), hooks.social.followers.key()] };
