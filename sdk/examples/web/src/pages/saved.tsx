import { hooks } from '@ciel/sdk/react';
import { Endless } from '../parts/endless.tsx';
import { Wall } from '../parts/grid.tsx';
import { Heading } from '../parts/heading.tsx';

export function SavedPage() {
  const list = hooks.posts.bookmarks.useInfinite({ limit: 24 });
  return (
    <>
      <Heading title="Saved" />
      <Endless list={list} empty={<p>Posts you save appear here. Only you can see them.</p>}>
        {(items) => <Wall posts={items.map(({ post }) => post)} />}
      </Endless>
    </>
  );
}
