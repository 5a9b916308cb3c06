import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { holdUser } from '../../core/locks.ts';
import { recordAct } from '../moderation/service.ts';
import { viewerOf } from '../users/service.ts';
import type { AdminDeletion, AdminExportInput, ExportEntry } from './contract.ts';
import { exportAccount } from './export.ts';
import { removeAccount } from './service.ts';

/** Needs no password. Throws `not_found`; changes nothing for a user who is already deleted. */
export const deleteAccountOf = (app: App, actor: string, { userId, reason }: AdminDeletion): Promise<void> =>
  inTransaction(app, async (app) => {
    const isNew = await removeAccount(app, userId);
    // Locked after the deletion: code that locks a user first must not lock a second one afterwards.
    if (!(await holdUser(app.db, userId))) throw notFound();
    if (isNew)
      await recordAct(app, { actor, action: 'user.delete', subjectType: 'user', subjectId: userId, reason });
  });

/** Throws `not_found`, also for a deleted user. */
export const exportAccountOf = (
  app: App,
  actor: string,
  { userId, ...input }: AdminExportInput,
): Promise<Page<ExportEntry>> =>
  inTransaction(app, async (app) => {
    const viewer = await viewerOf(app, userId);
    const act = { actor, action: 'user.export', subjectType: 'user', subjectId: userId };
    if (input.cursor === undefined) await recordAct(app, act);
    return exportAccount(app, viewer, input);
  });
