import type { Post } from '@ciel/sdk';
import { Link } from '../router.tsx';
import { countOf } from '../words.ts';
import { Icon } from './icon.tsx';
import { Photo } from './photo.tsx';

/** Squares, three per row. */
export function Grid({ posts }: { posts: Post[] }) {
  return (
    <ul className="grid">
      {posts.map((post) => (
        <Tile key={post.id} post={post} />
      ))}
    </ul>
  );
}

/** Rows of equal height with uncropped photographs. */
export function Wall({ posts }: { posts: Post[] }) {
  return (
    <ul className="wall">
      {posts.map((post) => {
        const { width, height } = post.media[0]!;
        const ratio = width && height ? width / height : 1;
        return (
          <Tile
            key={post.id}
            post={post}
            style={{ aspectRatio: ratio, flexGrow: ratio, flexBasis: `calc(${ratio} * var(--row))` }}
          />
        );
      })}
    </ul>
  );
}

function Tile({ post, style }: { post: Post; style?: object }) {
  const { id, media, author, likeCount, commentCount } = post;
  const about = `${media[0]!.altText || 'A photograph'}, by ${author.displayName}, ${countOf(likeCount, 'like')}`;
  return (
    <li style={style}>
      <Link to={`/p/${id}`} className="tile" aria-label={about}>
        <Photo media={media[0]!} sizes="(min-width: 700px) 280px, 33vw" />
        {media.length > 1 && (
          <span className="many">
            <Icon name="photos" />
          </span>
        )}
        <span className="counts" aria-hidden="true">
          <span>
            <Icon name="heart" isFilled /> {likeCount}
          </span>
          <span>
            <Icon name="comment" isFilled /> {commentCount}
          </span>
        </span>
      </Link>
    </li>
  );
}
