import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { listPage } from '../../core/lists.ts';
import { recordAct } from '../moderation/service.ts';
import type { InviteTree, InviteTreeInput, TreeFreeze } from './contract.ts';
import { MOST_COUNTED } from './contract.ts';
import * as queries from './treeQueries.ts';

/** A person's place in the tree: who is above, and who is right below; these have their own places. */
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

/** From now on neither the person nor anybody below may invite, and their open invites let nobody in. Again it changes nothing. */
export const freezeTree = (app: App, actor: string, freeze: TreeFreeze): Promise<void> =>
  change(app, actor, 'invites.freeze', freeze, queries.insertFreeze);

/** Who is frozen by somebody above, or was frozen themselves below, stays so. */
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
    await recordAct(app, { actor, action, subjectType: 'user', subjectId: userId, reason: reason ?? null });
  });
