import type { Post } from '@ciel/sdk';
import { useBookmark, useLike } from '@ciel/sdk/react';
import { Link } from '../router.tsx';
import { countOf, sayCount, sayError } from '../words.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { toast } from './toasts.tsx';

const onError = (error: unknown) => toast(sayError(error));

export function PostActions({ post }: { post: Post }) {
  const like = useLike(post, { onError });
  const { bookmarked, toggle } = useBookmark(post, { onError });
  return (
    <div className="actions">
      <IconButton
        icon="heart"
        className="like"
        label={`Like, ${countOf(like.likeCount, 'like')}`}
        isOn={like.liked}
        onClick={like.toggle}
      >
        <span className="number">{like.likeCount > 0 ? sayCount(like.likeCount) : ''}</span>
      </IconButton>
      <Link
        to={`/p/${post.id}`}
        className="icon-button"
        aria-label={`Comment, ${countOf(post.commentCount, 'comment')}`}
      >
        <Icon name="comment" />
        <span className="number">{post.commentCount > 0 ? sayCount(post.commentCount) : ''}</span>
      </Link>
      <IconButton icon="bookmark" className="keep" label="Save" isOn={bookmarked} onClick={toggle} />
    </div>
  );
}
