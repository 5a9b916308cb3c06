import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { CielError } from './errors.ts';

/** Where a list stands: the sort time as PostgreSQL text, and the id that tells equal times apart. */
export interface Position {
  at: string;
  id: string;
}

const MAC_BYTES = 16;

/** The position, signed for one list by the first key: its name, its subject and its viewer are all part of the scope. */
export function sealCursor([key]: KeyObject[], scope: string, position: Position): string {
  const body = Buffer.from(JSON.stringify([position.at, position.id]));
  return Buffer.concat([macOf(key!, scope, body), body]).toString('base64url');
}

/** Throws `invalid_cursor` for anything that `sealCursor` did not make for this scope, by any of the keys. */
export function openCursor(keys: KeyObject[], scope: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  const [mac, body] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  const isCanonical = bytes.toString('base64url') === cursor && body.length > 0;
  if (!isCanonical || !keys.some((key) => timingSafeEqual(macOf(key, scope, body), mac))) {
    throw new CielError('invalid_cursor', {
      errors: [{ field: 'cursor', message: 'is not one that this list gave' }],
    });
  }
  const [at, id] = JSON.parse(body.toString()) as [string, string];
  return { at, id };
}

const macOf = (key: KeyObject, scope: string, body: Buffer) =>
  createHmac('sha256', key).update(scope).update('\0').update(body).digest().subarray(0, MAC_BYTES);
