import type { App } from '../../../core/app.ts';
import { presentMedia } from '../../media/public.ts';
import { presentUsers } from '../../users/public.ts';
import type { Highlight } from '../contract.ts';
import { findShownIn } from './queries.ts';

interface Shown {
  view: Highlight;
  /** Oldest first. */
  storyIds: string[];
}

/** Those of the highlights with a story that the viewer may see, by id. */
export async function presentHighlights(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, Shown>> {
  if (ids.length === 0) return new Map();
  const found = await findShownIn(app.db, viewerId, ids);
  const coverOf = ({ coverMediaId, firstMediaId }: (typeof found)[number]) => coverMediaId ?? firstMediaId;
  const [owners, covers] = await Promise.all([
    presentUsers(app, viewerId, [...new Set(found.map(({ highlight }) => highlight.ownerId))]),
    presentMedia(app, viewerId, [...new Set(found.map(coverOf))]),
  ]);
  return new Map(
    found.flatMap((row) => {
      const { highlight, storyIds } = row;
      const owner = owners.get(highlight.ownerId);
      const cover = covers.get(coverOf(row));
      if (!owner || !cover) return [];
      const { id, name, createdAt } = highlight;
      return [[id, { view: { id, owner, name, cover, storyCount: storyIds.length, createdAt }, storyIds }]];
    }),
  );
}
