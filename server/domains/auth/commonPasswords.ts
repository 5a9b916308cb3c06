const SHORTEST_REST = 6;

/** Among the most common passwords, or hardly more than words that anybody would guess of this person. Case does not matter. */
export async function isGuessable(password: string, words: string[]): Promise<boolean> {
  // Of 50,000 words, which a server where nobody signs up need not hold; to look through them costs far less than the hash.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const common = dictionary['passwords-common'];
  const lower = password.toLowerCase();
  if (common.includes(lower)) return true;
  const known = words.map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), lower);
  return rest !== lower && (rest.length < SHORTEST_REST || common.includes(rest));
}
