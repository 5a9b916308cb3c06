/**
 * Shifts every choice that a test makes. Unset, the choices are the same in every run; CI's long job sets and prints a
 * new one, and `SEED=… npx vitest run <file>` repeats what it found.
 */
export const SEED = Number(process.env.SEED ?? 0);

/** Random numbers from 0 to below 1 that a seed determines (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = (seed + SEED) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
