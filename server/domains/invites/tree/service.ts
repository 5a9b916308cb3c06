import { type App, inTransaction } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import { listPage } from '../../../core/lists.ts';
import { recordAudit } from '../../audit/public.ts';
import { type InviteTree, type InviteTreeInput, MOST_COUNTED, type TreeFreeze } from '../contract.ts';
import * as queries from './queries.ts';

/** A user's place in the invite tree: who invited them, and whom they invited. Each of those has a place of their own. */
export async function readTree(app: App, { userId, ...input }: InviteTreeInput): Promise<InviteTree> {
  const { db } = app;
  const found = await queries.findAccount(db, userId);
  if (!found) throw notFound();
  return {
    ...found,
    frozenBy: await queries.findFrozenBy(db, userId),
    inviter: await queries.findInviterOf(db, userId),
    invitedCount: await queries.countInvitedBy(db, userId),
    belowCount: await queries.countBelow(db, userId, MOST_COUNTED),
    invited: await listPage(app, {
      scope: ['invite tree', userId],
      input,
      ids: (after, count) => queries.findInvitedBy(db, userId, after, count),
      hydrate: async (rows) => new Map(rows.map(({ id, at: _, ...invited }) => [id, invited])),
    }),
  };
}

/**
 * Neither the user nor anyone below them can invite from now on, and their open invites can't be used. Freezing again
 * changes nothing.
 */
export const freezeTree = (app: App, actor: string, freeze: TreeFreeze): Promise<void> =>
  change(app, actor, 'invites.freeze', freeze, queries.insertFreeze);

/** Users below stay frozen if they, or somebody else above them, are frozen too. */
export const unfreezeTree = (app: App, actor: string, freeze: TreeFreeze): Promise<void> =>
  change(app, actor, 'invites.unfreeze', freeze, queries.deleteFreeze);

const change = (
  app: App,
  actor: string,
  action: string,
  { userId, reason }: TreeFreeze,
  write: typeof queries.insertFreeze,
): Promise<void> =>
  inTransaction(app, async (app) => {
    if (!(await queries.findAccount(app.db, userId))) throw notFound();
    if (!(await write(app.db, userId))) return;
    await recordAudit(app, { actor, action, subjectType: 'user', subjectId: userId, reason: reason ?? null });
  });
