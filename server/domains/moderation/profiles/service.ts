import { type App, inTransaction } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import { recordAudit } from '../../audit/public.ts';
import { findTakenDown } from '../../takedowns/public.ts';
import { removeTexts } from '../../users/public.ts';
import type { UserTakedown } from '../actions/contract.ts';
import { type ActionRow, findInForce } from '../actions/queries.ts';
import { requireUser, undoActions, writeAction, writeTakedown } from '../actions/service.ts';
import { findMediaOf } from '../subjects/queries.ts';

/**
 * Takes down parts of a profile, and nothing else of the user. If they are down already, changes nothing and returns the latest
 * takedown; throws `conflict` when there is nothing to take down.
 */
export const takeDownProfile = (
  app: App,
  actor: string,
  { userId, fields, everywhere = false, rule, reason }: UserTakedown,
): Promise<ActionRow> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType: 'user' as const, subjectId: userId };
    await requireUser(app, userId);
    const mediaIds = fields.includes('avatar') ? await findAvatar(app, userId) : [];
    const removed = await removeTexts(
      app,
      userId,
      fields.filter((field) => field !== 'avatar'),
    );
    if (mediaIds.length === 0 && Object.keys(removed).length === 0) return requireEarlier(app, userId);
    const draft = { ...subject, userId, actor, rule, reason, mediaIds, everywhere, removed };
    const action = await writeTakedown(app, draft);
    const details = { actionId: action.id, fields, everywhere };
    await recordAudit(app, { ...subject, actor, action: 'user.takedown', rule, reason, details });
    return action;
  });

/** The photograph of the avatar, unless it is down already. */
async function findAvatar(app: App, userId: string): Promise<string[]> {
  const mediaIds = await findMediaOf(app.db, { subjectType: 'user', subjectId: userId });
  const takenDown = await findTakenDown(app, mediaIds);
  return mediaIds.filter((id) => !takenDown.has(id));
}

async function requireEarlier(app: App, userId: string): Promise<ActionRow> {
  const [latest] = await findTakedownsOf(app, userId);
  if (!latest) throw new CielError('conflict', { detail: 'The profile has nothing to take down there' });
  return latest;
}

/** Undoes every takedown of the profile; does nothing when there is none. What the user has changed since stays. */
export const restoreProfile = (app: App, actor: string, userId: string, reason: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType: 'user' as const, subjectId: userId };
    await requireUser(app, userId);
    const [latest, ...earlier] = await findTakedownsOf(app, userId);
    if (!latest) return;
    const { rule } = latest;
    await undoActions(
      app,
      [latest, ...earlier].map(({ id }) => id),
    );
    await writeAction(app, 'restore', { ...subject, userId, actor, rule, reason });
    await recordAudit(app, { ...subject, actor, action: 'user.restore', rule, reason });
  });

const findTakedownsOf = (app: App, userId: string): Promise<ActionRow[]> =>
  findInForce(app.db, 'takedown', { subjectType: 'user', subjectId: userId });
