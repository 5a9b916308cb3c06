import { z } from 'zod';
import { Id, Page, pageInput, Reason, Timestamp } from '../../core/fields.ts';
import { Account } from '../users/contract.ts';

/** A string with which the client identifies its device. */
export const Fingerprint = z
  .string()
  .min(1)
  .max(512)
  .meta({
    description:
      "Identifies the client's device, 1 to 512 characters. Only a keyed hash of it is stored. It is a hint, never a credential",
    examples: ['ios-7b1f0c9e-3f0a-4c55-9d0e-8f2f4c1b7a90'],
  });

export const DeviceRegistration = z.strictObject({ fingerprint: Fingerprint });
export type DeviceRegistration = z.infer<typeof DeviceRegistration>;

const Hash = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be the hash of a device')
  .meta({
    description: 'Hash of the fingerprint, keyed per installation',
    examples: ['n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'],
  });

const seen = {
  firstSeenAt: Timestamp,
  lastSeenAt: Timestamp,
};

export const Device = z
  .object({
    hash: Hash,
    name: z
      .string()
      .meta({ description: 'The name that the client last gave itself', examples: ['Ciel for iOS 1.4'] }),
    ...seen,
  })
  .meta({ id: 'Device', description: 'A device that the account was seen on' });
export type Device = z.infer<typeof Device>;
export const DevicePage = Page(Device);
export const DeviceListInput = z.strictObject(pageInput);
export type DeviceListInput = z.infer<typeof DeviceListInput>;

const risk = z
  .int()
  .min(0)
  .max(100)
  .meta({
    description: 'Rises with each new account on the device, by 5, 15, 30 or 50',
    examples: [15],
  });

export const DeviceAccount = z
  .object({ account: Account, ...seen })
  .meta({ id: 'DeviceAccount', description: 'An account that was seen on a device' });
export type DeviceAccount = z.infer<typeof DeviceAccount>;

const deviceState = {
  hash: Hash,
  risk,
  blockedAt: Timestamp.nullable().meta({ description: "When it was blocked; null if it isn't" }),
};

export const DeviceRecord = z
  .object({
    ...deviceState,
    createdAt: Timestamp,
    accountCount: z.int().meta({ description: 'Number of accounts seen on it', examples: [2] }),
    accounts: Page(DeviceAccount).meta({
      description: 'The accounts seen on it, in order of first appearance',
    }),
  })
  .meta({ id: 'DeviceRecord', description: 'A device and the accounts seen on it, for operators' });
export type DeviceRecord = z.infer<typeof DeviceRecord>;

export const DeviceRecordInput = z.strictObject({ hash: Hash, ...pageInput });
export type DeviceRecordInput = z.infer<typeof DeviceRecordInput>;

export const DeviceBlock = z.strictObject({
  hash: Hash,
  reason: Reason.optional().meta({ description: 'For the audit log', examples: ['Sells accounts'] }),
});
export type DeviceBlock = z.infer<typeof DeviceBlock>;

export const UserDevice = Device.extend({ ...deviceState }).meta({
  id: 'UserDevice',
  description: 'A device that a user was seen on, for operators',
});
export type UserDevice = z.infer<typeof UserDevice>;
export const UserDevicePage = Page(UserDevice);
export const PersonDevicesInput = z.strictObject({ userId: Id, ...pageInput });
export type PersonDevicesInput = z.infer<typeof PersonDevicesInput>;

export const SignupReview = z
  .object({ account: Account, deviceHash: Hash, risk, createdAt: Timestamp })
  .meta({
    id: 'SignupReview',
    description: 'A sign-up on a risky device, to be reviewed. The account works in the meantime',
  });
export type SignupReview = z.infer<typeof SignupReview>;
export const SignupReviewPage = Page(SignupReview);
export const SignupReviewInput = z.strictObject(pageInput);
export type SignupReviewInput = z.infer<typeof SignupReviewInput>;

export const SignupRef = z.strictObject({ userId: Id });
export type SignupRef = z.infer<typeof SignupRef>;
