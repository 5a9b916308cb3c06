import { argon2id, hash, verify } from 'argon2';
import { Sema } from 'async-sema';
import { badField, CielError } from '../../core/errors.ts';
import { isGuessable } from './commonPasswords.ts';

/** OWASP's first choice for Argon2id; one hash takes 19 MiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const RUNNING = 2;
const WAITING = 16;

/** A stored hash that costs more than this is not verified: one that asked for 4 TiB got the process killed. */
const BOUNDS = { memory: 131_072, time: 10, parallelism: 4 };
/** The parameters may come in any order. */
const PHC =
  /^\$argon2id\$v=19\$([mtp]=\d{1,7}(?:,[mtp]=\d{1,7}){2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/;

/**
 * The hash of no password. Verifying it costs as much as a real one, so the response time does not reveal whether the
 * account exists.
 */
const DUMMY_HASH = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const semaphore = new Sema(RUNNING);

interface Names {
  handle: string;
  email: string;
}

/** Throws `invalid_input` for a password that is easy to guess. */
export async function refuseGuessable(
  field: string,
  password: string,
  { handle, email }: Names,
): Promise<void> {
  const emailName = email.slice(0, email.lastIndexOf('@'));
  if (await isGuessable(password, ['ciel', emailName, handle])) throw badField(field, 'is too easy to guess');
}

/** The PHC string for the password's bytes, exactly as sent. */
export const hashPassword = (password: string): Promise<string> =>
  bounded(() => hash(password, { ...COST, type: argon2id }));

/** With null, for an unknown account, returns false after the same amount of work. */
export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  const isSound = storedHash !== null && isAffordable(storedHash);
  const matches = await bounded(() => verify(isSound ? storedHash : DUMMY_HASH, password));
  return matches && isSound;
}

/** Whether the hash is weaker than those made today. */
export function isOutdated(storedHash: string): boolean {
  const { m = 0, t = 0 } = costOf(storedHash);
  return m < COST.memoryCost || t < COST.timeCost;
}

function isAffordable(storedHash: string): boolean {
  const { m, t, p } = costOf(storedHash);
  if (!m || !t || !p || m < 8 * p) return false;
  return m <= BOUNDS.memory && t <= BOUNDS.time && p <= BOUNDS.parallelism;
}

function costOf(storedHash: string): Partial<Record<string, number>> {
  const parameters = PHC.exec(storedHash)?.[1]?.split(',') ?? [];
  return Object.fromEntries(parameters.map((text) => [text.charAt(0), Number(text.slice(2))]));
}

/** Throws `overloaded` at once when too many are already waiting. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (semaphore.nrWaiting() >= WAITING) throw new CielError('overloaded', { retryAfterSeconds: 1 });
  await semaphore.acquire();
  try {
    return await work();
  } finally {
    semaphore.release();
  }
}
