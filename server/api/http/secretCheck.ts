import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares what callers give with the secret, in constant time. Nothing equals a secret that is not set. */
export function createSecretCheck(secret: string | null): (given: string) => boolean {
  if (secret === null) return () => false;
  const expected = sha256(secret);
  return (given) => timingSafeEqual(sha256(given), expected);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
