import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { CielError } from './errors.ts';

/** A position in a list: the sort key as PostgreSQL text, and the id that orders equal keys. */
export interface Position {
  at: string;
  id: string;
}

const MAC_BYTES = 16;

/**
 * Signs the position with the first key. The scope names the list, its subject and its viewer, so the cursor works
 * for no other.
 */
export function sealCursor([key]: KeyObject[], scope: string, position: Position): string {
  const body = Buffer.from(JSON.stringify([position.at, position.id]));
  return Buffer.concat([macOf(key!, scope, body), body]).toString('base64url');
}

/** Throws `invalid_cursor` unless `sealCursor` made the cursor for this scope with one of the keys. */
export function openCursor(keys: KeyObject[], scope: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  const [mac, body] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  const isCanonical = bytes.toString('base64url') === cursor && body.length > 0;
  if (!isCanonical || !keys.some((key) => timingSafeEqual(macOf(key, scope, body), mac))) {
    throw new CielError('invalid_cursor', {
      errors: [{ field: 'cursor', message: 'was not issued by this list' }],
    });
  }
  const [at, id] = JSON.parse(body.toString()) as [string, string];
  return { at, id };
}

const macOf = (key: KeyObject, scope: string, body: Buffer) =>
  createHmac('sha256', key).update(scope).update('\0').update(body).digest().subarray(0, MAC_BYTES);
