import type { Post } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { useState } from 'react';
import { usePlace } from '../router.tsx';
import { sayError } from '../words.ts';
import { Ask } from './ask.tsx';
import { Menu } from './menu.tsx';
import { ReportDialog } from './reportDialog.tsx';
import { toast } from './toasts.tsx';

export function PostMenu({ post }: { post: Post }) {
  const { userId } = useSession();
  const { path, go } = usePlace();
  const [asked, setAsked] = useState<'report' | 'remove' | 'block' | null>(null);
  const { author, id } = post;
  const remove = hooks.posts.delete.useMutation({
    onSuccess() {
      toast('Post deleted.');
      if (path === `/p/${id}`) go(`/@/${author.handle}`, { replace: true });
    },
    onError: (error) => toast(sayError(error)),
  });
  const block = hooks.social.block.useMutation({
    onSuccess() {
      toast(`You blocked @${author.handle}.`);
      if (path === `/p/${id}`) go('/', { replace: true });
    },
    onError: (error) => toast(sayError(error)),
  });
  const close = () => setAsked(null);
  const copy = {
    label: 'Copy the link',
    onSelect: () =>
      void navigator.clipboard
        .writeText(`${location.origin}/app/p/${id}`)
        .then(() => toast('Copied.'))
        .catch(() => toast('Your browser did not allow it.')),
  };
  const items =
    author.id === userId
      ? [
          copy,
          { label: 'Edit the post', onSelect: () => go(`/edit/${id}`) },
          { label: 'Delete the post', isDanger: true, onSelect: () => setAsked('remove') },
        ]
      : [
          copy,
          { label: 'Report the post', isDanger: true, onSelect: () => setAsked('report') },
          { label: `Block @${author.handle}`, isDanger: true, onSelect: () => setAsked('block') },
        ];
  return (
    <>
      <Menu title={`More about the post of ${author.displayName}`} items={items} />
      {asked === 'report' && <ReportDialog of={{ kind: 'post', id }} onClose={close} />}
      {asked === 'remove' && (
        <Ask
          title="Delete the post?"
          text="Its comments and likes are deleted too."
          confirmLabel="Delete"
          onConfirm={() => remove.mutate({ postId: id })}
          onClose={close}
        />
      )}
      {asked === 'block' && (
        <Ask
          title={`Block @${author.handle}?`}
          text="You will no longer see or follow each other. They are not notified."
          confirmLabel="Block"
          onConfirm={() => block.mutate({ userId: author.id })}
          onClose={close}
        />
      )}
    </>
  );
}
