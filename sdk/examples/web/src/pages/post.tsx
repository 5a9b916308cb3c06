import type { Post } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { Ago } from '../parts/ago.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Comments } from '../parts/comments.tsx';
import { FollowButton } from '../parts/followButton.tsx';
import { Heading } from '../parts/heading.tsx';
import { Likers } from '../parts/likers.tsx';
import { isNotRead, NotRead } from '../parts/notRead.tsx';
import { Photos } from '../parts/photos.tsx';
import { PostActions } from '../parts/postActions.tsx';
import { PostShadow } from '../parts/postCard.tsx';
import { PostMenu } from '../parts/postMenu.tsx';
import { RichText } from '../parts/richText.tsx';
import { Link } from '../router.tsx';

export function PostPage({ postId }: { postId: string }) {
  const read = hooks.posts.get.useQuery({ postId });
  const { data: post } = read;
  if (isNotRead(read)) return <NotRead of={read} />;
  return (
    <>
      <Heading title={post ? `${post.author.displayName}’s post` : 'Post'} back="/" />
      {post ? <Whole post={post} /> : <PostShadow />}
    </>
  );
}

function Whole({ post }: { post: Post }) {
  const { author, caption, media, createdAt, editedAt } = post;
  return (
    <article className="post whole">
      <Photos media={media} sizes="(min-width: 1100px) 900px, 100vw" isEager />
      <div className="about">
        <header>
          <Link to={`/@/${author.handle}`} className="author">
            <Avatar of={author} size={38} />
            <span className="names">
              <strong>{author.displayName}</strong>
              <span>@{author.handle}</span>
            </span>
          </Link>
          <FollowButton person={author} isSmall />
          <PostMenu post={post} />
        </header>
        {post.status === 'failed' && (
          <p className="caption note error">
            Nobody else sees this post, because a photograph could not be used.{' '}
            <Link to={`/edit/${post.id}`}>Replace it or leave it out</Link>
          </p>
        )}
        {caption && (
          <p className="caption">
            <RichText text={caption} />
          </p>
        )}
        <p className="quiet">
          <Ago at={createdAt} />
          {editedAt && ' · edited'}
          {post.visibility === 'followers' && ' · followers only'}
          <Camera media={media[0]!} />
        </p>
        <PostActions post={post} />
        <Likers post={post} />
        <Comments post={post} />
      </div>
    </article>
  );
}

function Camera({ media: { camera } }: { media: Post['media'][number] }) {
  const parts = [camera.model, camera.focalLength, camera.aperture, camera.exposureTime].filter(Boolean);
  return parts.length ? <> · {parts.join(' · ')}</> : null;
}
