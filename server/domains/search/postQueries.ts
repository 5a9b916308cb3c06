import { and, desc, isNull, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { olderThan, timeText } from '../../core/lists.ts';
import type { Db } from '../../infra/db/db.ts';
import { posts } from '../../schema/index.ts';

/** Newest first: a rare word is looked up in the index of words, a common one is soon met among the latest posts. */
export const findPostsSaying = (db: Db, q: string, after: Position | null, count: number) =>
  db
    .select({ id: posts.id, at: timeText(posts.createdAt) })
    .from(posts)
    .where(
      and(
        sql`to_tsvector('simple', ${posts.caption}) @@ plainto_tsquery('simple', ${q})`,
        isNull(posts.deletedAt),
        olderThan(after, posts.createdAt, posts.id),
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(count);
