import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { actions } from '../../../schema/index.ts';

/** Takedowns in force that a release without marks wrote. */
export const findUnmarked = (db: Db, count: number) =>
  db
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.kind, 'takedown'),
        inArray(actions.subjectType, ['post', 'story']),
        isNull(actions.mediaIds),
        isNull(actions.undoneAt),
      ),
    )
    .orderBy(asc(actions.id))
    .limit(count);

export async function setMediaIds(db: Db, id: string, mediaIds: string[]): Promise<void> {
  await db.update(actions).set({ mediaIds }).where(eq(actions.id, id));
}
