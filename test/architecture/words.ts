/** A pattern that sounds foreign, and what a native writer would say instead. */
export interface Word {
  pattern: RegExp;
  better: string;
}

/** Spaces in these patterns match any white space, so a phrase may cross a line break. */
const phrases: [pattern: string, better: string][] = [
  ['so many', 'this many, or a name for the number'],
  ['lives so long', 'this long'],
  ['can not', "can't or cannot"],
  ['anew', 'again'],
  ['for ever', 'permanently, without an end'],
  ['(?:is|are) none of', 'must be one of'],
  ["one's|oneself", 'your, yourself'],
  ['(?:if|where|when|how|whom) one(?! (?:is|was|of))', 'you'],
  ['(?:what|how much|than|that) one (?:may|can|has|does|wants|needs|must|should)', 'you'],
  ['(?:of|to|from) who', 'of users who'],
  ['(?<!to )whom|whoever|whomever', 'a user who'],
  ['at the (?:most|least)', 'at most, at least'],
  ['the own', 'your own'],
  ['the (?:latest|newest|oldest|nearest) first', 'newest first'],
  ['answer(?:s|ed|ing)(?! (?:one |the |these |this )?questions?)', 'returns, response'],
  ['in hand', 'open, running'],
  ['(?:is|are|was|were) away', 'unavailable'],
  ['stands?(?! for\\b)', 'is, exists, is active'],
  ['standing', 'active'],
  ['besides', 'also, apart from'],
  ['(?:is|are|was|were|be) told(?! apart)', 'notified'],
  ['told of', 'notified about'],
  ['tak(?:e|es|en|ing) (?:it |them |a like )?back', 'undo, remove, retract'],
  ['go(?:es)? with (?:it|them|him|her)', 'is deleted as well'],
  ['(?:is|are) good for', 'valid for, works for'],
  ['a while', 'a stated time'],
  ['no such thing|such thing', 'not found'],
  ['nothing (?:more )?is changed', 'changes nothing'],
  ['is no (?!longer|more|later|less)\\w+', 'is not a'],
  ['without regard to', 'regardless of'],
  ['work(?:s|ed)? off', 'run, process'],
  ['mend(?:s|ed|ing)?', 'fix, repair'],
  ['as it must be', 'valid'],
  ['as it (?:was|is) before', 'unchanged'],
  ['as (?:they|it) (?:is|are|was|were) made', 'when it is created'],
  ['left out:', 'default:'],
  ['settle[sd]?', 'reconcile'],
  ['twins?', 'duplicate'],
  ['strays?', 'orphan'],
  ['neighbours?', 'peer'],
  ['e-mails?', 'email'],
  ['an? \\w+ of (?:yours|theirs|mine)', 'one of your …'],
  ['you may (?:not )?see', 'you can see'],
  ['(?:error|field|kind|words|detail),? for people', 'human-readable'],
  ['(?:is|are) left out', 'is omitted'],
  ['read(?:ing)? the pages', 'page through the list'],
  ['(?:do not|does not|exists?) (?:exist )?for (?:you|them|the other)', 'can see'],
  ['for example[.:;)]', 'for example before the example'],
];

export const words: Word[] = [
  ...phrases.map(([phrase, better]) => ({
    pattern: new RegExp(`(?<![\\w-])(?<!there )(?:${phrase.replaceAll(' ', '\\s+')})(?![\\w-])`, 'gi'),
    better,
  })),
  // A sentence does not open with "Of"; case tells it from the word inside one.
  { pattern: /(?<![\w-])Of(?=\s)/g, better: 'name the thing first: the time of …' },
];

/** Quoted names, which stay as they are in code, paths and stored values. */
const withoutNames = (text: string): string =>
  text.replace(/`[^`\n]*`|https?:\/\/\S+/g, (name) => ' '.repeat(name.length));

/** Every foreign word of a text, as `path:line: word (better: …)`. */
export function foreignWords(path: string, text: string): string[] {
  const plain = withoutNames(text);
  return words.flatMap(({ pattern, better }) =>
    [...plain.matchAll(pattern)].map(({ index, 0: word }) => {
      const line = plain.slice(0, index).split('\n').length;
      return `${path}:${line}: ${word.replace(/\s+/g, ' ').trim()} (better: ${better})`;
    }),
  );
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The doc comments of a TypeScript file in their lines, everything else blank. */
export function docComments(text: string): string {
  let end = 0;
  let plain = '';
  for (const { index, 0: comment } of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    plain += blank(text.slice(end, index)) + comment.replace(/^[ \t]*\*(?!\/)|\/\*\*|\*\//gm, blank);
    end = index + comment.length;
  }
  return plain + blank(text.slice(end));
}

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const LITERAL = /'(?:[^'\\\n]|\\.)*'|"[^"\n]*"|\b(?:detail|message): `[^`]*`/g;

/** The string literals of a server file, everything else blank: details of errors and messages at fields are among them. */
export function literals(text: string): string {
  const code = text.replace(COMMENT, blank);
  let end = 0;
  let plain = '';
  for (const { index, 0: said } of code.matchAll(LITERAL)) {
    plain += blank(code.slice(end, index)) + (said.includes(' ') ? said.replaceAll('`', ' ') : blank(said));
    end = index + said.length;
  }
  return plain + blank(code.slice(end));
}

/** The texts of an OpenAPI document in their lines, the rest blank: a document has one string a line. */
export const openApiTexts = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const [, key, quoted] = /^\s*(?:"([^"]+)": )?("(?:[^"\\]|\\.)*"),?$/.exec(line) ?? [];
      if (!quoted || UNREAD.has(key ?? '')) return '';
      return (JSON.parse(quoted) as string).replaceAll('\n', ' ');
    })
    .join('\n');

/** Keys whose strings are names and patterns. */
const UNREAD = new Set(['$ref', 'pattern', 'operationId', 'format', 'type', 'source']);
