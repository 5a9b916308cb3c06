import { type App, inTransaction } from '../../../core/app.ts';
import { badField, notFound } from '../../../core/errors.ts';
import { holdUser } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { recordAudit } from '../../audit/public.ts';
import { setCommentTakenDown } from '../../engagement/public.ts';
import { setPostTakenDown } from '../../posts/public.ts';
import { setStoryTakenDown } from '../../stories/public.ts';
import { markMedia, unmarkMedia } from '../../takedowns/public.ts';
import { putTextsBack } from '../../users/public.ts';
import type { SubjectType } from '../contract.ts';
import { findReportsUpheldBy } from '../reports/queries.ts';
import { findMediaOf, findOwnerId } from '../subjects/queries.ts';
import type { Photographs } from './contract.ts';
import * as queries from './queries.ts';

export interface Verdict {
  rule: string;
  reason: string;
}

export interface Subject {
  subjectType: SubjectType;
  subjectId: string;
}

/** A new action, without its kind. */
export type ActionDraft = Omit<queries.NewAction, 'kind' | 'endsAt'>;

/** Subjects that can be taken down. */
export type Content = 'post' | 'comment' | 'story';

const setTakenDown: Record<Content, (app: App, id: string, isTakenDown: boolean) => Promise<boolean>> = {
  post: setPostTakenDown,
  comment: setCommentTakenDown,
  story: setStoryTakenDown,
};

export const isContent = (type: SubjectType): type is Content => Object.hasOwn(setTakenDown, type);

/** Throws `not_found` when the subject does not exist; hidden ones are found. */
async function requireOwnerId(app: App, { subjectType, subjectId }: Subject): Promise<string> {
  const ownerId = await findOwnerId(app.db, subjectType, subjectId);
  if (ownerId === null) throw notFound();
  return ownerId;
}

/** Holds the user, deleted or banned ones too. Throws `not_found`. */
export async function requireUser(app: App, userId: string): Promise<void> {
  if (!(await holdUser(app.db, userId))) throw notFound();
}

/**
 * An operator's takedown of one subject. If it is down already, and the photographs with it, changes nothing and returns the action
 * that took it down.
 */
export const takeDown = (
  app: App,
  actor: string,
  { subjectType, subjectId }: Subject & { subjectType: Content },
  { mediaIds, everywhere, ...verdict }: Verdict & Photographs,
): Promise<queries.ActionRow> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType, subjectId };
    const userId = await requireOwnerId(app, subject);
    const draft = { ...subject, ...verdict, actor, userId };
    const { action, isNew } = await hideContent(app, draft, subjectType, { mediaIds, everywhere });
    const details = { actionId: action.id, mediaIds: action.mediaIds, everywhere: action.everywhere };
    if (isNew)
      await recordAudit(app, { ...subject, ...verdict, actor, action: `${subjectType}.takedown`, details });
    return action;
  });

/** As part of another action, which is the one that is recorded. */
export async function hideContent(
  app: App,
  draft: ActionDraft,
  type: Content,
  { mediaIds: named, everywhere = false }: Photographs,
) {
  const isChanged = await setTakenDown[type](app, draft.subjectId, true);
  const shown = await findMediaOf(app.db, draft);
  if (named?.some((id) => !shown.includes(id)))
    throw badField('mediaIds', `must be photographs of the ${type}`);
  const mediaIds = [...new Set(named ?? shown)];
  const inForce = isChanged ? [] : await queries.findInForce(app.db, 'takedown', draft);
  const isCovered = (id: string) =>
    inForce.some((action) => (action.mediaIds ?? shown).includes(id) && (action.everywhere || !everywhere));
  if (inForce[0] && mediaIds.every(isCovered)) return { action: inForce[0], isNew: false };
  return { action: await writeTakedown(app, { ...draft, mediaIds, everywhere }), isNew: true };
}

/** Marks the photographs that the takedown names. */
export async function writeTakedown(
  app: App,
  draft: ActionDraft & { mediaIds: string[]; everywhere: boolean },
): Promise<queries.ActionRow> {
  const action = await writeAction(app, 'takedown', draft);
  const ownerId = draft.everywhere ? null : draft.userId;
  await markMedia(app, { actionId: action.id, ownerId, mediaIds: draft.mediaIds });
  return action;
}

/** Undoes every takedown of the subject; does nothing when it is not down. */
export const restore = (
  app: App,
  actor: string,
  { subjectType, subjectId }: Subject & { subjectType: Content },
  reason: string,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType, subjectId };
    const userId = await requireOwnerId(app, subject);
    if (!(await setTakenDown[subjectType](app, subjectId, false))) return;
    const [latest, ...earlier] = await queries.findInForce(app.db, 'takedown', subject);
    const inForce = latest ? [latest, ...earlier] : [];
    const rule = latest?.rule ?? RESTORED;
    await undoActions(
      app,
      inForce.map(({ id }) => id),
    );
    await writeAction(app, 'restore', { ...subject, userId, actor, rule, reason });
    await recordAudit(app, { ...subject, actor, action: `${subjectType}.restore`, rule, reason });
  });

/** Undoes one takedown, and restores the subject if it was the last. Locks the subject before the action, as `restore` does. */
export async function undoTakedown(
  app: App,
  { id, subjectType, subjectId }: queries.ActionRow,
): Promise<void> {
  const subject = { subjectType, subjectId };
  const inForce = await queries.findInForce(app.db, 'takedown', subject);
  const isLast = inForce.every((other) => other.id === id);
  if (subjectType === 'user') await requireUser(app, subjectId);
  // Content that its owner deleted may have been purged by now; the action is undone all the same.
  const isThere = (await findOwnerId(app.db, subjectType, subjectId)) !== null;
  if (isContent(subjectType) && isLast && isThere) await setTakenDown[subjectType](app, subjectId, false);
  await undoActions(app, [id]);
}

/** The rule when no action took the subject down. */
const RESTORED = 'none';

export const warn = (app: App, actor: string, userId: string, verdict: Verdict): Promise<queries.ActionRow> =>
  inTransaction(app, async (app) => {
    const subject = { subjectType: 'user' as const, subjectId: userId };
    const draft = { ...subject, ...verdict, actor, userId };
    await requireUser(app, userId);
    const duplicate = await queries.findDuplicate(app.db, { ...draft, kind: 'warn' });
    if (duplicate) return duplicate;
    const action = await writeAction(app, 'warn', draft);
    const details = { actionId: action.id };
    await recordAudit(app, { ...subject, ...verdict, actor, action: 'user.warn', details });
    return action;
  });

export async function writeAction(
  app: App,
  kind: queries.ActionRow['kind'],
  draft: ActionDraft,
  endsAt: Date | null = null,
): Promise<queries.ActionRow> {
  const action = await queries.insertAction(app.db, { ...draft, kind, endsAt });
  await reconcileAction(app, action);
  return action;
}

/** Marks the actions as undone, and reconciles what followed from each. The caller holds the user of a takedown of a profile. */
export async function undoActions(app: App, ids: string[]): Promise<void> {
  const undone = (await queries.markUndone(app.db, ids)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  await unmarkMedia(
    app,
    undone.map(({ id }) => id),
  );
  for (const action of undone) {
    if (action.kind === 'takedown' && action.subjectType === 'user')
      await putTextsBack(app, action.userId, action.removed);
    await reconcileAction(app, action);
    const reportIds = await findReportsUpheldBy(app.db, action.id);
    await reconcileReports(app, action.userId, reportIds);
  }
}

/** Notifies the owner of the action, or of the decision about it; the source is one of the two. */
export const reconcileActionNotice = (
  app: App,
  { userId: recipientId, subjectId }: queries.ActionRow,
  sourceId: string,
): Promise<void> =>
  enqueue(app, 'notifications.settle', {
    notice: { kind: 'moderationNotice', recipientId, actorId: null, subjectId, sourceId },
  });

/** Once their jobs have run, the notification and the points agree with the action. */
async function reconcileAction(app: App, action: queries.ActionRow): Promise<void> {
  const { id: sourceId, userId, kind } = action;
  await reconcileActionNotice(app, action, sourceId);
  if (kind === 'takedown')
    await enqueue(app, 'trust.settle', { change: { userId, act: 'contentRemoved', sourceId } });
}

/** Reconciles the points of the reported user with the outcome of the reports. */
export async function reconcileReports(app: App, userId: string, reportIds: string[]): Promise<void> {
  for (const sourceId of reportIds)
    await enqueue(app, 'trust.settle', { change: { userId, act: 'flagUpheld', sourceId } });
}
