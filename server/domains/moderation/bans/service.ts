import { type App, inTransaction } from '../../../core/app.ts';
import { FOR_EVER } from '../../../core/context.ts';
import { enqueue } from '../../../core/outbox.ts';
import { recordAudit } from '../../audit/public.ts';
import { revokeSessionsOf } from '../../auth/public.ts';
import { setBannedUntil } from '../../users/public.ts';
import { type ActionRow, findDuplicate, findInForce } from '../actions/queries.ts';
import { type ActionDraft, requireUser, undoActions, type Verdict, writeAction } from '../actions/service.ts';

const HOUR_MS = 3_600_000;

interface NewBan extends Verdict {
  /** Null: permanent. */
  durationHours: number | null;
}

/** A shorter ban does not shorten a longer one. */
export const banUser = (app: App, actor: string, userId: string, ban: NewBan): Promise<ActionRow> =>
  inTransaction(app, async (app) => {
    const { durationHours, ...verdict } = ban;
    const subject = { subjectType: 'user' as const, subjectId: userId };
    const draft = { ...subject, ...verdict, actor, userId };
    await requireUser(app, userId);
    const duplicate = await findDuplicate(app.db, { ...draft, kind: 'ban', endsAt: endOf(durationHours) });
    if (duplicate) return duplicate;
    const action = await imposeBan(app, draft, durationHours);
    const details = { actionId: action.id, durationHours };
    await recordAudit(app, { ...subject, ...verdict, actor, action: 'user.ban', details });
    return action;
  });

/** As part of another action, which is the one that is recorded. */
export async function imposeBan(
  app: App,
  draft: ActionDraft,
  durationHours: number | null,
): Promise<ActionRow> {
  const { userId } = draft;
  await requireUser(app, userId);
  const endsAt = endOf(durationHours);
  const action = await writeAction(app, 'ban', { ...draft, subjectType: 'user', subjectId: userId }, endsAt);
  await reconcileBan(app, userId);
  await revokeSessionsOf(app, userId, { reason: 'ban' });
  // When the ban ends by itself, the photos move back to where anybody can read them.
  if (durationHours !== null) {
    const delayMs = durationHours * HOUR_MS;
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null }, { delayMs });
  }
  return action;
}

const endOf = (durationHours: number | null): Date | null =>
  durationHours === null ? null : new Date(Date.now() + durationHours * HOUR_MS);

/** Undoes every ban of the user; does nothing when there is none. */
export const unbanUser = (app: App, actor: string, userId: string, reason: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType: 'user' as const, subjectId: userId };
    await requireUser(app, userId);
    const [latest, ...earlier] = await bansInForce(app, userId);
    if (!latest) return;
    await undoActions(
      app,
      [latest, ...earlier].map(({ id }) => id),
    );
    await reconcileBan(app, userId);
    await writeAction(app, 'unban', { ...subject, userId, actor, rule: latest.rule, reason });
    await recordAudit(app, { ...subject, actor, action: 'user.unban', rule: latest.rule, reason });
  });

/** Undoes these bans, and leaves others in force. */
export async function undoBans(app: App, userId: string, bans: ActionRow[]): Promise<void> {
  if (bans.length === 0) return;
  await requireUser(app, userId);
  await undoActions(
    app,
    bans.map(({ id }) => id),
  );
  await reconcileBan(app, userId);
}

/** The user is banned until the last of their bans ends. */
async function reconcileBan(app: App, userId: string): Promise<void> {
  const ends = (await bansInForce(app, userId)).map(({ endsAt }) => endsAt ?? FOR_EVER);
  const last = ends.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;
  await setBannedUntil(app, userId, last);
}

async function bansInForce(app: App, userId: string): Promise<ActionRow[]> {
  const bans = await findInForce(app.db, 'ban', { subjectType: 'user', subjectId: userId });
  return bans.filter(({ endsAt }) => endsAt === null || endsAt > new Date());
}
