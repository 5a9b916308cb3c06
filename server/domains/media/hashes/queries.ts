import { and, asc, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import { hasStatus } from '../queries.ts';

/** Completed media whose original has no hash yet, after the given one. */
export const findUnhashed = (db: Db, afterId: string | null, count: number) =>
  db
    .select({ id: media.id, originalKey: media.originalKey, sha256: media.sha256 })
    .from(media)
    .where(
      and(
        hasStatus('completed'),
        isNull(media.originalSha256),
        afterId === null ? undefined : sql`${media.id} > ${afterId}::uuid`,
      ),
    )
    .orderBy(asc(media.id))
    .limit(count);
