import { and, desc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import { hasStatus } from '../queries.ts';

const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MINUTES = 15;

const isLacking = and(hasStatus('completed'), isNotNull(media.addedDue));
const isDue = and(isLacking, lte(media.addedDue, sql`now()`));

export const isDueOf = (id: string) => and(eq(media.id, id), isDue);

/** The attempt has not been replaced by a later one. */
export const isStep = (attempt: number) => and(hasStatus('completed'), eq(media.addedAttempt, attempt));

/** The previous release has moved the photo, and left its added variants where they were. */
export const isLeftBehind = and(
  hasStatus('completed'),
  sql`${media.addedPlace} <> ${media.area} || '/' || ${media.folder}`,
);

/** The newest photo that lacks variants: people look at new ones most. */
export async function findDue(db: Db): Promise<string | undefined> {
  const [row] = await db.select({ id: media.id }).from(media).where(isDue).orderBy(desc(media.id)).limit(1);
  return row?.id;
}

/** Photos that lack variants, now or until their next attempt. */
export const countLacking = (db: Db): Promise<number> => db.$count(media, isLacking);

/** An upload waits for a worker. One that has waited for longer has lost its job, and holds up nothing. */
export async function isUploadWaiting(db: Db): Promise<boolean> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(hasStatus('uploaded'), sql`${media.statusChangedAt} > now() - interval '10 minutes'`))
    .limit(1);
  return rows.length > 0;
}

/** Records the attempt, and when the next one may begin should nothing come of it: after ever longer times, and not after the last. */
export async function beginAttempt(db: Db, id: string, attempt: number): Promise<void> {
  const minutes = FIRST_WAIT_MINUTES * 2 ** (attempt - 1);
  const next = attempt < MOST_ATTEMPTS ? sql`now() + ${minutes} * interval '1 minute'` : null;
  await db.update(media).set({ addedAttempt: attempt, addedDue: next }).where(eq(media.id, id));
}

/** As if the attempt had not begun, unless a later one has replaced it. */
export async function undoAttempt(db: Db, id: string, attempt: number): Promise<void> {
  await db
    .update(media)
    .set({ addedAttempt: attempt - 1, addedDue: sql`now()` })
    .where(and(eq(media.id, id), isStep(attempt)));
}

/** All added variants of the photo are missing now. */
export async function forgetAdded(db: Db, id: string): Promise<void> {
  const none = { addedVariants: [], addedPlace: null, addedAttempt: 0, addedDue: sql`now()` };
  await db.update(media).set(none).where(eq(media.id, id));
}
