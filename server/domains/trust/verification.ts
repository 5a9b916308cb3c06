import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { holdUser } from '../../core/locks.ts';
import { recordAct } from '../moderation/service.ts';
import type { PersonRef } from './contract.ts';
import { earnedLevel, type Standing, VERIFIED } from './levels.ts';
import { changeLevel } from './recompute.ts';
import { findStanding } from './standingQueries.ts';

/** Only an operator gives and removes Verified. Doing it again changes nothing. */
export const verify = (app: App, actor: string, { userId }: PersonRef): Promise<void> =>
  change(app, actor, userId, 'user.verify', () => VERIFIED);

/** Returns the user to the earned level. */
export const unverify = (app: App, actor: string, { userId }: PersonRef): Promise<void> =>
  change(app, actor, userId, 'user.unverify', (standing) =>
    standing.trustLevel === VERIFIED ? earnedLevel(standing) : standing.trustLevel,
  );

const change = (
  app: App,
  actor: string,
  subjectId: string,
  action: string,
  levelOf: (standing: Standing) => number,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const isThere = await holdUser(app.db, subjectId);
    const standing = isThere && (await findStanding(app.db, subjectId));
    if (!standing) throw notFound();
    const [from, to] = [standing.trustLevel, levelOf(standing)];
    if (from === to) return;
    await changeLevel(app, subjectId, from, to);
    await recordAct(app, { actor, action, subjectType: 'user', subjectId, details: { from, to } });
  });
