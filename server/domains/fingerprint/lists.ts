import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type {
  Device,
  DeviceListInput,
  DeviceRecord,
  DeviceRecordInput,
  PersonDevicesInput,
  SignupReview,
  SignupReviewInput,
  UserDevice,
} from './contract.ts';
import * as queries from './queries.ts';
import { findReviewIds, findReviews } from './reviewQueries.ts';

export const listDevices = (app: App, viewer: Viewer, input: DeviceListInput): Promise<Page<Device>> =>
  listPage(app, {
    scope: ['devices', viewer.id, viewer.id],
    input,
    ids: (after, count) => queries.findDevicesOf(app.db, viewer.id, after, count),
    hydrate: async (rows) =>
      new Map(
        rows.map(({ id, hash, name, createdAt, seenAt }) => [
          id,
          { hash, name, firstSeenAt: createdAt, lastSeenAt: seenAt },
        ]),
      ),
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
