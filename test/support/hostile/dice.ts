import { seededRandom } from '../random.ts';

export type Dice = ReturnType<typeof diceOf>;

/** Choices that a seed determines. */
export function diceOf(seed: number) {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)]!;
  return { below, pick, chance: (share: number) => random() < share };
}
