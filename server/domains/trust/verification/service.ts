import { type App, inTransaction } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import { holdUser } from '../../../core/locks.ts';
import { recordAudit } from '../../audit/public.ts';
import type { PersonRef } from '../contract.ts';
import { findTrustStatus } from '../levels/queries.ts';
import { earnedLevel, type TrustStatus, VERIFIED } from '../levels/rules.ts';
import { changeLevel } from '../levels/service.ts';

/** Only an operator gives and removes Verified. Doing it again changes nothing. */
export const verify = (app: App, actor: string, { userId }: PersonRef): Promise<void> =>
  change(app, actor, userId, 'user.verify', () => VERIFIED);

/** Returns the user to the earned level. */
export const unverify = (app: App, actor: string, { userId }: PersonRef): Promise<void> =>
  change(app, actor, userId, 'user.unverify', (status) =>
    status.trustLevel === VERIFIED ? earnedLevel(status) : status.trustLevel,
  );

const change = (
  app: App,
  actor: string,
  subjectId: string,
  action: string,
  levelOf: (status: TrustStatus) => number,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const isThere = await holdUser(app.db, subjectId);
    const status = isThere && (await findTrustStatus(app.db, subjectId));
    if (!status) throw notFound();
    const [from, to] = [status.trustLevel, levelOf(status)];
    if (from === to) return;
    await changeLevel(app, subjectId, from, to);
    await recordAudit(app, { actor, action, subjectType: 'user', subjectId, details: { from, to } });
  });
