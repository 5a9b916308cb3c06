import { hooks } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { Wall } from '../parts/grid.tsx';
import { Heading } from '../parts/heading.tsx';

export function TagPage({ tag }: { tag: string }) {
  const posts = hooks.posts.byHashtag.useInfinite({ tag, limit: 24 });
  return (
    <>
      <Heading title={`#${tag}`} back="/explore" />
      <Endless list={posts} empty={<p>No photographs with this tag.</p>}>
        {(items) => <Wall posts={items} />}
      </Endless>
    </>
  );
}
