import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdDevice, holdReview } from '../../core/locks.ts';
import { recordAudit } from '../audit/public.ts';
import type {
  DeviceBlock,
  DeviceRecord,
  DeviceRecordInput,
  PersonDevicesInput,
  SignupRef,
  SignupReview,
  SignupReviewInput,
  UserDevice,
} from './contract.ts';
import * as queries from './queries.ts';
import { findReviewIds, findReviews, markCleared, updateDevice } from './queries.ts';

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
    await recordAudit(app, { actor, action, subjectType: 'device', subjectId: hash, reason: reason ?? null });
  });

/** Takes the sign-up off the list after a review. Any action against the account is up to moderation. */
export const clearSignup = (app: App, actor: string, { userId }: SignupRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const review = await holdReview(app.db, userId);
    if (!review) throw notFound();
    if (review.clearedAt !== null) return;
    await markCleared(app.db, userId);
    await recordAudit(app, { actor, action: 'signup.clear', subjectType: 'user', subjectId: userId });
  });

/** The devices of any user, for operators. */
export const listDevicesOf = (
  app: App,
  { userId, ...input }: PersonDevicesInput,
): Promise<Page<UserDevice>> =>
  listPage(app, {
    scope: ['devices of', userId],
    input,
    ids: (after, count) => queries.findDevicesOf(app.db, userId, after, count),
    hydrate: async (rows) =>
      new Map(
        rows.map(({ id, hash, risk, blockedAt, name, createdAt, seenAt }) => [
          id,
          { hash, risk, blockedAt, name, firstSeenAt: createdAt, lastSeenAt: seenAt },
        ]),
      ),
  });

export async function readDevice(app: App, { hash, ...input }: DeviceRecordInput): Promise<DeviceRecord> {
  const device = await queries.findDevice(app.db, [hash]);
  if (!device) throw notFound();
  const accounts = await listPage(app, {
    scope: ['device', hash],
    input,
    ids: (after, count) => queries.findAccountsOn(app.db, device.id, after, count),
    hydrate: async (rows) =>
      new Map(
        rows.map(({ id, account, firstSeenAt, lastSeenAt }) => [id, { account, firstSeenAt, lastSeenAt }]),
      ),
  });
  const { risk, blockedAt, createdAt } = device;
  const accountCount = await queries.countAccounts(app.db, device.id);
  return { hash, risk, blockedAt, createdAt, accountCount, accounts };
}

export const listReviews = (app: App, input: SignupReviewInput): Promise<Page<SignupReview>> =>
  listPage(app, {
    scope: ['signups'],
    input,
    ids: (after, count) => findReviewIds(app.db, after, count),
    hydrate: async (rows) => {
      const reviews = await findReviews(
        app.db,
        null,
        rows.map(({ id }) => id),
      );
      return new Map(reviews.map(({ id, ...review }) => [id, review]));
    },
  });
