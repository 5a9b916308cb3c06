const SHORTEST_REST = 6;

/**
 * Whether the password is among the most common ones, or little more than words that anybody would guess for this
 * user. Ignores case.
 */
export async function isGuessable(password: string, words: string[]): Promise<boolean> {
  // 50,000 words, loaded only when somebody signs up. Searching them costs far less than the hash.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const common = dictionary['passwords-common'];
  const lower = password.toLowerCase();
  if (common.includes(lower)) return true;
  const known = words.map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), lower);
  return rest !== lower && (rest.length < SHORTEST_REST || common.includes(rest));
}
