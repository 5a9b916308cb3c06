import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { holdDevice, holdReview } from '../../core/locks.ts';
import { recordAct } from '../moderation/service.ts';
import type { DeviceBlock, SignupRef } from './contract.ts';
import { updateDevice } from './queries.ts';
import { markCleared } from './reviewQueries.ts';

/** Nobody can sign up on the device from now on; existing accounts stay. Blocking it again changes nothing. */
export const blockDevice = (app: App, actor: string, input: DeviceBlock): Promise<void> =>
  setBlocked(app, actor, input, true);

export const unblockDevice = (app: App, actor: string, input: DeviceBlock): Promise<void> =>
  setBlocked(app, actor, input, false);

const setBlocked = (
  app: App,
  actor: string,
  { hash, reason }: DeviceBlock,
  isBlocked: boolean,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const device = await holdDevice(app.db, [hash]);
    if (!device) throw notFound();
    if (isBlocked === (device.blockedAt !== null)) return;
    await updateDevice(app.db, device.id, { blockedAt: isBlocked ? new Date() : null });
    const action = isBlocked ? 'device.block' : 'device.unblock';
    await recordAct(app, { actor, action, subjectType: 'device', subjectId: hash, reason: reason ?? null });
  });

/** Takes the sign-up off the list after a review. Any action against the account is up to moderation. */
export const clearSignup = (app: App, actor: string, { userId }: SignupRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const review = await holdReview(app.db, userId);
    if (!review) throw notFound();
    if (review.clearedAt !== null) return;
    await markCleared(app.db, userId);
    await recordAct(app, { actor, action: 'signup.clear', subjectType: 'user', subjectId: userId });
  });
