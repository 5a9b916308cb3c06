import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Who a URL is for: a user, nobody in particular (null), or an operator. */
export type Reader = string | null | typeof OPERATOR;

export const OPERATOR = 'operator';

/** Permission to ask for one photo, in all its variants. Whether the reader may see it is decided with each request. */
export interface Grant {
  reader: Reader;
  endsAt: Date;
}

const HOUR_MS = 3_600_000;

/** The end is rounded up to a multiple of `step`, so a reader's URLs stay the same for that long, and browsers can cache them. */
const LIFE = { leastMs: 24 * HOUR_MS, stepMs: 6 * HOUR_MS };
/** Operators see what is hidden, whatever becomes of it and of their token. */
const OPERATOR_LIFE = { leastMs: HOUR_MS / 4, stepMs: HOUR_MS / 12 };

/** Not the same moment for all photos, so that a page doesn't have to be loaded again as a whole. */
export function grantFor(mediaId: string, reader: Reader, now = Date.now()): Grant {
  const { leastMs, stepMs } = reader === OPERATOR ? OPERATOR_LIFE : LIFE;
  const offset = Number.parseInt(mediaId.slice(-8), 16) % stepMs;
  const step = Math.ceil((now + leastMs - offset) / stepMs);
  return { reader, endsAt: new Date(Math.floor((step * stepMs + offset) / 1000) * 1000) };
}

/** `<reader>.<end>.<signature>`, signed with the first key. */
export function signGrant([key]: KeyObject[], mediaId: string, { reader, endsAt }: Grant): string {
  const payload = `${codeOf(reader)}.${(endsAt.getTime() / 1000).toString(36)}`;
  return `${payload}.${signature(key!, mediaId, payload)}`;
}

/** Null when none of the keys signed it for the photo. The caller looks whether it has ended. */
export function verifyGrant(keys: KeyObject[], mediaId: string, text: string): Grant | null {
  const dot = text.lastIndexOf('.');
  const payload = text.slice(0, Math.max(dot, 0));
  // Compare the texts, not the decoded bytes: base64url has several spellings of the same bytes.
  const given = Buffer.from(text.slice(dot + 1));
  const isSignedBy = (key: KeyObject) => {
    const expected = Buffer.from(signature(key, mediaId, payload));
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  if (!keys.some(isSignedBy)) return null;
  const [code, end] = payload.split('.') as [string, string];
  return { reader: readerOf(code), endsAt: new Date(Number.parseInt(end, 36) * 1000) };
}

const signature = (key: KeyObject, mediaId: string, payload: string) =>
  createHmac('sha256', key).update(`${mediaId}.${payload}`).digest('base64url');

const NOBODY_CODE = '0';
const OPERATOR_CODE = 'op';

function codeOf(reader: Reader): string {
  if (reader === null) return NOBODY_CODE;
  if (reader === OPERATOR) return OPERATOR_CODE;
  return Buffer.from(reader.replaceAll('-', ''), 'hex').toString('base64url');
}

function readerOf(code: string): Reader {
  if (code === NOBODY_CODE) return null;
  if (code === OPERATOR_CODE) return OPERATOR;
  const hex = Buffer.from(code, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
