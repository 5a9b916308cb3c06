import type { Comment, Post } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { useState } from 'react';
import { sayError } from '../words.ts';
import { Ask } from './ask.tsx';
import { EditComment } from './editComment.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { ReportDialog } from './reportDialog.tsx';
import { toast } from './toasts.tsx';

/** One's own can be edited; deleted also what others say under one's own post. */
export function CommentMenu({ comment, post }: { comment: Comment; post: Post }) {
  const { userId } = useSession();
  const [asked, setAsked] = useState<'edit' | 'remove' | 'report' | null>(null);
  const { author, id, parentId } = comment;
  const remove = hooks.engagement.deleteComment.useMutation({
    onSuccess() {
      toast('The comment is gone.');
      // What had the focus goes with it.
      document.getElementById('comments')?.focus({ preventScroll: true });
    },
    onError: (error) => toast(sayError(error)),
  });
  const isOwn = userId === author.id;
  const items: MenuItem[] = [];
  if (isOwn) items.push({ label: 'Edit the comment', act: () => setAsked('edit') });
  if (isOwn || userId === post.author.id)
    items.push({ label: 'Delete the comment', isDanger: true, act: () => setAsked('remove') });
  if (!isOwn) items.push({ label: 'Report the comment', isDanger: true, act: () => setAsked('report') });
  const close = () => setAsked(null);
  return (
    <>
      <Menu title={`More about the comment of ${author.handle}`} items={items} />
      {asked === 'edit' && <EditComment comment={comment} onClose={close} />}
      {asked === 'report' && <ReportDialog of={{ kind: 'comment', id }} onClose={close} />}
      {asked === 'remove' && (
        <Ask
          title="Delete the comment?"
          text={parentId ? 'It can not be brought back.' : 'What others answered to it goes with it.'}
          answer="Delete"
          onAnswer={() => remove.mutate({ postId: post.id, commentId: id })}
          onClose={close}
        />
      )}
    </>
  );
}
