import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import { hasStatus } from '../queries.ts';

/** Media in the public area, after the given one. */
export const findPublic = (db: Db, afterId: string | null, count: number) =>
  db
    .select({ id: media.id })
    .from(media)
    .where(
      and(
        eq(media.area, 'pub'),
        hasStatus('completed'),
        afterId === null ? undefined : sql`${media.id} > ${afterId}::uuid`,
      ),
    )
    .orderBy(asc(media.id))
    .limit(count);
