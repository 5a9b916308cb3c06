import { dictionary } from '@zxcvbn-ts/language-common';

const common = new Set(dictionary['passwords-common']);
const SHORTEST_REST = 6;

/** Among the most common passwords, or hardly more than words that anybody would guess of this person. Case does not matter. */
export function isGuessable(password: string, words: string[]): boolean {
  const lower = password.toLowerCase();
  if (common.has(lower)) return true;
  const known = words.map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), lower);
  return rest !== lower && (rest.length < SHORTEST_REST || common.has(rest));
}
