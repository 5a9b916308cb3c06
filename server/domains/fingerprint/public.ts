import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdDevice } from '../../core/locks.ts';
import type { Device, DeviceListInput, DeviceRegistration } from './contract.ts';
import { hashesOf } from './hash.ts';
import * as queries from './queries.ts';
import { insertReview } from './queries.ts';
import { REVIEW_ABOVE, riskWithOneMore } from './risk.ts';

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

/** Records that the viewer was seen on the device; stores nothing without a viewer. Throws `device_blocked` after recording. */
export async function registerDevice(
  app: App,
  viewer: Viewer | null,
  name: string,
  { fingerprint }: DeviceRegistration,
): Promise<void> {
  if (viewer)
    await inTransaction(app, async (app) => {
      await see(app, viewer.id, name, fingerprint);
    });
  await requireUnblockedDevice(app, fingerprint);
}

/** Throws `device_blocked`. */
export async function requireUnblockedDevice(app: App, fingerprint: string): Promise<void> {
  const device = await queries.findDevice(app.db, hashesOf(app, fingerprint));
  if (device?.blockedAt) throw new CielError('device_blocked');
}

/** Runs in the transaction of the sign-up and makes other sign-ups on the device wait for it. Throws `device_blocked`. */
export async function recordSignup(
  app: App,
  userId: string,
  name: string,
  fingerprint: string,
): Promise<void> {
  const device = await see(app, userId, name, fingerprint);
  if (device.blockedAt) throw new CielError('device_blocked');
  if (device.risk > REVIEW_ABOVE)
    await insertReview(app.db, { userId, deviceId: device.id, risk: device.risk });
}

async function see(app: App, userId: string, name: string, fingerprint: string): Promise<queries.DeviceRow> {
  const device = await holdOrInsert(app, hashesOf(app, fingerprint));
  const accountsThere = await queries.countAccounts(app.db, device.id);
  if (!(await queries.insertAccount(app.db, { deviceId: device.id, userId, name }))) {
    await queries.markSeen(app.db, device.id, userId, name);
    return device;
  }
  const risk = riskWithOneMore(device.risk, accountsThere);
  await queries.updateDevice(app.db, device.id, { risk });
  return { ...device, risk };
}

async function holdOrInsert(app: App, hashes: string[]): Promise<queries.DeviceRow> {
  const known = await holdDevice(app.db, hashes);
  if (known) return known;
  await queries.insertDevice(app.db, hashes[0]!);
  return (await holdDevice(app.db, hashes))!;
}
