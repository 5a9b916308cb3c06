import { eq, sql } from 'drizzle-orm';
import { isOneOf } from '../../core/lists.ts';
import type { Db } from '../../infra/db/db.ts';
import { actions, appeals, comments, posts, sessions } from '../../schema/index.ts';

export interface ToldText {
  text: string;
  /** The post, for a comment. */
  postId: string | null;
}

/** The texts of comments, captions, actions, decisions and devices, by the id of the row. Callers have checked visibility. */
export async function findTexts(db: Db, ids: string[]): Promise<Map<string, ToldText>> {
  if (ids.length === 0) return new Map();
  const none = sql<string | null>`null`;
  const [remarks, captions, acts, decisions, devices] = await Promise.all([
    db
      .select({ id: comments.id, text: comments.body, postId: sql<string | null>`${comments.postId}` })
      .from(comments)
      .where(isOneOf(comments.id, ids)),
    db.select({ id: posts.id, text: posts.caption, postId: none }).from(posts).where(isOneOf(posts.id, ids)),
    db
      .select({
        id: actions.id,
        text: sql<string>`${actions.rule} || ': ' || ${actions.reason}`,
        postId: none,
      })
      .from(actions)
      .where(isOneOf(actions.id, ids)),
    db
      .select({
        id: appeals.id,
        text: sql<string>`${actions.rule} || ': ' || ${appeals.reason}`,
        postId: none,
      })
      .from(appeals)
      .innerJoin(actions, eq(actions.id, appeals.actionId))
      .where(isOneOf(appeals.id, ids)),
    db
      .select({ id: sessions.id, text: sessions.deviceName, postId: none })
      .from(sessions)
      .where(isOneOf(sessions.id, ids)),
  ]);
  return new Map(
    [...remarks, ...captions, ...acts, ...decisions, ...devices].map(({ id, text, postId }) => [
      id,
      { text, postId },
    ]),
  );
}

/** The user has been signed in from that network on a device of that name before, or this is their first sign-in. */
export async function isKnownDevice(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`
    select coalesce(bool_or(older.device_name = ${sessions.deviceName} and older.network is not distinct from ${sessions.network}), true) as known
    from ${sessions} left join ${sessions} older on older.user_id = ${userId} and older.id < ${sessions.id}
    where ${sessions.id} = ${sessionId}`);
  return row!.known;
}
