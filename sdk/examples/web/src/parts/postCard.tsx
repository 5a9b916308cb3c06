import type { Post } from '@ciel/sdk';
import { Link } from '../router.tsx';
import { Ago } from './ago.tsx';
import { Avatar } from './avatar.tsx';
import { Likers } from './likers.tsx';
import { Photos } from './photos.tsx';
import { PostActions } from './postActions.tsx';
import { PostMenu } from './postMenu.tsx';
import { RichText } from './richText.tsx';

/** A post in a feed. */
export function PostCard({ post, isFirst = false }: { post: Post; isFirst?: boolean }) {
  const { author, caption, commentCount, id } = post;
  return (
    <article className="post" aria-label={`Post of ${author.displayName}`}>
      <header>
        <Link to={`/@/${author.handle}`} className="author">
          <Avatar of={author} size={38} />
          <span className="names">
            <strong>{author.displayName}</strong>
            <span>
              @{author.handle} · <Ago at={post.createdAt} />
              {post.visibility === 'followers' && ' · followers only'}
            </span>
          </span>
        </Link>
        <PostMenu post={post} />
      </header>
      <Photos media={post.media} sizes="(min-width: 700px) 600px, 100vw" isEager={isFirst} to={`/p/${id}`} />
      <PostActions post={post} />
      <Likers post={post} />
      {caption && (
        <p className="caption">
          <RichText text={caption} />
        </p>
      )}
      {commentCount > 0 && (
        <Link to={`/p/${id}`} className="quiet-link">
          {commentCount === 1 ? 'Read the comment' : `Read all ${commentCount} comments`}
        </Link>
      )}
    </article>
  );
}

/** Placeholder for a post that is loading. */
export function PostShadow() {
  return (
    <div className="post shadow" aria-hidden="true">
      <header>
        <span className="avatar" />
        <span className="line" />
      </header>
      <div className="photo" />
    </div>
  );
}
