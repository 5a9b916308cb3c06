import { desc, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { exploredPost } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { posts } from '../../../schema/index.ts';

/** Highest score first. `at` is the score as text, which keeps its full precision. */
export const findByScore = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: posts.id, at: sql<string>`${posts.exploreScore}::text` })
    .from(posts)
    .where(
      after
        ? sql`${exploredPost()} and (${posts.exploreScore}, ${posts.id}) < (${after.at}::text::float8, ${after.id}::uuid)`
        : exploredPost(),
    )
    .orderBy(desc(posts.exploreScore), desc(posts.id))
    .limit(count);
