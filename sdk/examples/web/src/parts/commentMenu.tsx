import type { Comment, Post } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { useState } from 'react';
import { sayError } from '../words.ts';
import { Ask } from './ask.tsx';
import { EditComment } from './editComment.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { ReportDialog } from './reportDialog.tsx';
import { toast } from './toasts.tsx';

/** Users can edit their own comments, and delete them and any comment on their own posts. */
export function CommentMenu({ comment, post }: { comment: Comment; post: Post }) {
  const { userId } = useSession();
  const [asked, setAsked] = useState<'edit' | 'remove' | 'report' | null>(null);
  const { author, id, parentId } = comment;
  const remove = hooks.engagement.deleteComment.useMutation({
    onSuccess() {
      toast('Comment deleted.');
      // The focused element is removed with the comment.
      document.getElementById('comments')?.focus({ preventScroll: true });
    },
    onError: (error) => toast(sayError(error)),
  });
  const isOwn = userId === author.id;
  const items: MenuItem[] = [];
  if (isOwn) items.push({ label: 'Edit the comment', onSelect: () => setAsked('edit') });
  if (isOwn || userId === post.author.id)
    items.push({ label: 'Delete the comment', isDanger: true, onSelect: () => setAsked('remove') });
  if (!isOwn) items.push({ label: 'Report the comment', isDanger: true, onSelect: () => setAsked('report') });
  const close = () => setAsked(null);
  return (
    <>
      <Menu title={`More about the comment of ${author.handle}`} items={items} />
      {asked === 'edit' && <EditComment comment={comment} onClose={close} />}
      {asked === 'report' && <ReportDialog of={{ kind: 'comment', id }} onClose={close} />}
      {asked === 'remove' && (
        <Ask
          title="Delete the comment?"
          text={parentId ? 'This cannot be undone.' : 'Its replies are deleted too.'}
          confirmLabel="Delete"
          onConfirm={() => remove.mutate({ postId: post.id, commentId: id })}
          onClose={close}
        />
      )}
    </>
  );
}
