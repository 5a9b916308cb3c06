import { and, between, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { withinTheLastMinute } from '../../../core/duplicates.ts';
import { isOneOf, olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { actions } from '../../../schema/index.ts';
import type { SubjectType } from '../../../schema/moderation.ts';

export type ActionRow = typeof actions.$inferSelect;
export type NewAction = Omit<typeof actions.$inferInsert, 'id' | 'createdAt' | 'undoneAt'>;

export async function insertAction(db: Db, action: NewAction): Promise<ActionRow> {
  const [row] = await db.insert(actions).values(action).returning();
  return row!;
}

const CLOSE_MS = 60_000;

/** The same action by the same operator, a moment ago, not undone and not part of another action. Bans differ by an hour or more. */
export async function findDuplicate(db: Db, draft: NewAction): Promise<ActionRow | undefined> {
  const endsAt = draft.endsAt?.getTime() ?? 0;
  const [from, to] = [endsAt - CLOSE_MS, endsAt + CLOSE_MS].map((ms) => new Date(ms));
  const [duplicate] = await db
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.subjectType, draft.subjectType),
        eq(actions.subjectId, draft.subjectId),
        eq(actions.kind, draft.kind),
        eq(actions.actor, draft.actor),
        eq(actions.rule, draft.rule),
        eq(actions.reason, draft.reason),
        draft.endsAt ? between(actions.endsAt, from!, to!) : isNull(actions.endsAt),
        withinTheLastMinute(actions.createdAt),
        isNull(actions.caseId),
        isNull(actions.causeId),
        isNull(actions.undoneAt),
      ),
    )
    .limit(1);
  return duplicate;
}

/** Those of the kind that have not been undone, newest first. */
export const findInForce = (
  db: Db,
  kind: ActionRow['kind'],
  { subjectType, subjectId }: { subjectType: SubjectType; subjectId: string },
): Promise<ActionRow[]> =>
  db
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.subjectType, subjectType),
        eq(actions.subjectId, subjectId),
        eq(actions.kind, kind),
        isNull(actions.undoneAt),
      ),
    )
    .orderBy(desc(actions.createdAt), desc(actions.id));

/** Actions that this one caused and that have not been undone. */
export const findCausedBy = (db: Db, actionId: string): Promise<ActionRow[]> =>
  db
    .select()
    .from(actions)
    .where(and(eq(actions.causeId, actionId), isNull(actions.undoneAt)));

export async function findAction(db: Db, id: string): Promise<ActionRow | undefined> {
  const [row] = await db.select().from(actions).where(eq(actions.id, id));
  return row;
}

/** Newest first. */
export const findActionsTo = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({ id: actions.id, at: timeText(actions.createdAt), action: actions })
    .from(actions)
    .where(and(eq(actions.userId, userId), olderThan(after, actions.createdAt, actions.id)))
    .orderBy(desc(actions.createdAt), desc(actions.id))
    .limit(count);

export const findActionsOn = (db: Db, subjectType: SubjectType, subjectId: string, count: number) =>
  db
    .select()
    .from(actions)
    .where(and(eq(actions.subjectType, subjectType), eq(actions.subjectId, subjectId)))
    .orderBy(desc(actions.createdAt), desc(actions.id))
    .limit(count);

/** Returns those that had not been undone before. */
export const markUndone = async (db: Db, ids: string[]): Promise<ActionRow[]> =>
  ids.length === 0
    ? []
    : db
        .update(actions)
        .set({ undoneAt: sql`now()` })
        .where(and(isOneOf(actions.id, ids), isNull(actions.undoneAt)))
        .returning();
