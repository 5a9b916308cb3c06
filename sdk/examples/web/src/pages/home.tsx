import { hooks, useNewPosts } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { PostCard, PostShadow } from '../parts/postCard.tsx';
import { Suggestions } from '../parts/suggestions.tsx';
import { Link } from '../router.tsx';
import { Tray } from '../stories/tray.tsx';
import { countOf } from '../words.ts';

export function HomePage() {
  const feed = hooks.feed.home.useInfinite({ limit: 8 });
  const { count, show } = useNewPosts();
  return (
    <>
      <title>Ciel</title>
      <h1 className="unseen">Home</h1>
      <Tray />
      <div className="new-posts" aria-live="polite">
        {count > 0 && (
          <button
            type="button"
            onClick={() => {
              window.scrollTo({ top: 0 });
              show();
            }}
          >
            {countOf(count, 'new post')}
          </button>
        )}
      </div>
      <Endless list={feed} empty={<NothingYet />} waiting={<PostShadow />}>
        {(posts) => (
          <div className="feed">
            {posts.map((post, at) => (
              <PostCard key={post.id} post={post} isFirst={at === 0} />
            ))}
          </div>
        )}
      </Endless>
    </>
  );
}

function NothingYet() {
  return (
    <>
      <h2>It is quiet here</h2>
      <p>
        Photographs of people you follow will appear here. <Link to="/explore">Look around</Link>,{' '}
        <Link to="/search">find someone you know</Link>, or <Link to="/new">share the first one</Link>.
      </p>
      <Suggestions />
    </>
  );
}
