import { PUBLIC_PREFIX } from './storage.ts';

/** Names of letters, digits, `_`, `-` and inner dots, joined by `/`: safe as a path, in a URL and in every store. */
const KEY = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
const MAX_LENGTH = 250;

export const isKey = (key: string) => key.length <= MAX_LENGTH && KEY.test(key);

/** Keys are made by the server, so a bad one is a bug, not a client's mistake. */
export function requireKey(key: string): string {
  if (!isKey(key)) throw new Error(`not an object key: ${JSON.stringify(key.slice(0, MAX_LENGTH))}`);
  return key;
}

/** Uploads are not readable by anybody until they have been verified. */
export function requireUploadKey(key: string): string {
  if (key.startsWith(PUBLIC_PREFIX)) throw new Error(`an upload cannot go to the public key ${key}`);
  return requireKey(key);
}

export function requirePublicKey(key: string): string {
  if (!key.startsWith(PUBLIC_PREFIX)) throw new Error(`the key ${key} is not public`);
  return requireKey(key);
}
