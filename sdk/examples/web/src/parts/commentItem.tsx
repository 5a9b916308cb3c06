import type { Post } from '@ciel/sdk';
import { hooks, useLike, useSession } from '@ciel/sdk/react';
import { useState } from 'react';
import { Link } from '../router.tsx';
import type { Reply } from '../shapes.ts';
import { countOf, sayError } from '../words.ts';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { IconButton } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { ReportDialog } from './reportDialog.tsx';
import { RichText } from './richText.tsx';
import { toast } from './toasts.tsx';

interface CommentItemProps {
  comment: Reply;
  post: Post;
  /** Only what answers nothing can be answered. */
  onAnswer?: (comment: Reply) => void;
}

export function CommentItem({ comment, post, onAnswer }: CommentItemProps) {
  const { author, body, id, createdAt, editedAt } = comment;
  const onError = (error: unknown) => toast(sayError(error));
  const like = useLike(comment, { onError });
  return (
    <div className="comment">
      <Avatar of={author} size={32} />
      <div>
        <p>
          <Link to={`/@/${author.handle}`} className="by">
            {author.handle}
          </Link>{' '}
          <RichText text={body} />
        </p>
        <p className="quiet">
          <Ago at={createdAt} />
          {editedAt && ' · edited'}
          {onAnswer && (
            <button
              type="button"
              className="link"
              aria-label={`Answer ${author.handle}`}
              onClick={() => onAnswer(comment)}
            >
              Answer
            </button>
          )}
        </p>
      </div>
      <IconButton
        icon="heart"
        className="like small"
        label={`Like the comment of ${author.handle}, ${countOf(like.likeCount, 'like')}`}
        isOn={like.liked}
        onClick={like.toggle}
      >
        <span className="number">{like.likeCount || ''}</span>
      </IconButton>
      <CommentMenu id={id} author={author} post={post} />
    </div>
  );
}

function CommentMenu({ id, author, post }: { id: string; author: Reply['author']; post: Post }) {
  const { userId } = useSession();
  const [isReporting, setReporting] = useState(false);
  const remove = hooks.engagement.deleteComment.useMutation({ onError: (error) => toast(sayError(error)) });
  const items: MenuItem[] = [];
  if (userId === author.id || userId === post.author.id)
    items.push({
      label: 'Delete the comment',
      isDanger: true,
      act: () => remove.mutate({ postId: post.id, commentId: id }),
    });
  if (userId !== author.id)
    items.push({ label: 'Report the comment', isDanger: true, act: () => setReporting(true) });
  return (
    <>
      <Menu title={`More about the comment of ${author.handle}`} items={items} />
      {isReporting && <ReportDialog of={{ kind: 'comment', id }} onClose={() => setReporting(false)} />}
    </>
  );
}
