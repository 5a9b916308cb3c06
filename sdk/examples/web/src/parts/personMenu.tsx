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

/** Actions on a user other than following. */
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
      toast(`You blocked @${handle}.`);
      go('/', { replace: true });
    },
  });
  const items: MenuItem[] = [
    relationship?.closeFriend
      ? { label: 'Remove from close friends', onSelect: () => unclose.mutate(person) }
      : { label: 'Add to close friends', onSelect: () => close.mutate(person) },
    relationship?.muting
      ? { label: 'Unmute', onSelect: () => unmute.mutate(person) }
      : { label: 'Mute', onSelect: () => mute.mutate(person) },
  ];
  if (relationship?.followedBy) items.push({ label: 'Remove follower', onSelect: () => drop.mutate(person) });
  items.push(
    { label: 'Report', isDanger: true, onSelect: () => setAsked('report') },
    { label: 'Block', isDanger: true, onSelect: () => setAsked('block') },
  );
  return (
    <>
      <Menu title={`More about @${handle}`} items={items} />
      {asked === 'report' && <ReportDialog of={{ kind: 'user', id }} onClose={() => setAsked(null)} />}
      {asked === 'block' && (
        <Ask
          title={`Block @${handle}?`}
          text="You will no longer see or follow each other. They are not notified."
          confirmLabel="Block"
          onConfirm={() => block.mutate(person)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** Queries that show the relationship between two users. */
const TOUCHED = { invalidates: [hooks.users.byHandle.key(), hooks.social.followers.key()] };
