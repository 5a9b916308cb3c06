import type { Comment, Post } from '@ciel/sdk';
import { useLike } from '@ciel/sdk/react';
import { Link } from '../router.tsx';
import { countOf, sayError } from '../words.ts';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { IconButton } from './button.tsx';
import { CommentMenu } from './commentMenu.tsx';
import { RichText } from './richText.tsx';
import { toast } from './toasts.tsx';

interface CommentItemProps {
  comment: Comment;
  post: Post;
  /** Only top-level comments can be replied to. */
  onConfirm?: (comment: Comment) => void;
}

export function CommentItem({ comment, post, onConfirm }: CommentItemProps) {
  const { author, body, createdAt, editedAt } = comment;
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
          {onConfirm && (
            <button
              type="button"
              className="link"
              aria-label={`Reply to ${author.handle}`}
              onClick={() => onConfirm(comment)}
            >
              Reply
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
      <CommentMenu comment={comment} post={post} />
    </div>
  );
}
