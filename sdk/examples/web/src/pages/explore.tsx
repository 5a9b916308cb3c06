import { hooks } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { Wall } from '../parts/grid.tsx';
import { Heading } from '../parts/heading.tsx';
import { Suggestions } from '../parts/suggestions.tsx';

export function ExplorePage() {
  const posts = hooks.feed.explore.useInfinite({ limit: 24 });
  return (
    <>
      <Heading title="Explore" />
      <Endless list={posts} empty={<p>You already follow everyone here.</p>}>
        {(items) => <Wall posts={items} />}
      </Endless>
      <Suggestions />
    </>
  );
}
