import { randomBytes } from 'node:crypto';

/** 32 characters, so that five random bits choose one without bias. 0, 1, I and O are left out because they look alike. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

export const newCode = (): string => Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('');

/** The code that was meant: any case, with spaces or hyphens anywhere. Null if it can't be a code. */
export function readCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return CODE.test(code) ? code : null;
}
