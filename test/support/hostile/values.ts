import type { Dice } from './dice.ts';
import type { Schema } from './operations.ts';

/** What is really there, by the name of the field that it fits: `postId` has ids of posts, `cursor` cursors of other lists. */
export type Stock = Record<string, string[]>;

const NOBODY = '01993a4e-0000-7000-8000-000000000000';

export const TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    'a\r\nset-cookie: a=b',
    '() { :; }',
    "' or 1=1 --",
    "'; drop table users; --",
    "a' <-> b",
    '& | !',
  ],
  ...'\0|a\0b|a\ud800b|\udc00|\ufeff|\u202e|\u200b|\u2028|\uffff|\r\n|\x1b[31m|\x7f|#\0|#\u0301|e\u0301'.split(
    '|',
  ),
  ...'İ ﬀ ß ١٢ ９ é 👩‍👩‍👧‍👦 🇦🇶 \' $1 $$ \\ \\x00 % %% _ %00 %ff * :* ((( "a <-> # ## @ @@a ../../etc/passwd ..%2f'.split(
    ' ',
  ),
  ...'__proto__ constructor prototype toString null undefined NaN true false me all admin root {{7*7}}'.split(
    ' ',
  ),
  ...'0 -1 1e3 0x10 1.5 01 +1 1_000 9223372036854775807 9223372036854775808 1e309 99999999999999999999.1'.split(
    ' ',
  ),
  ...'<script>alert(1)</script> javascript:alert(1) file:///etc/passwd http://127.0.0.1/'.split(' '),
  ...[NOBODY, NOBODY.toUpperCase(), `{${NOBODY}}`, NOBODY.replaceAll('-', ''), `${NOBODY} `],
  ...[
    'a'.repeat(255),
    'a'.repeat(256),
    'a'.repeat(4096),
    '\u{1f468}'.repeat(3000),
    '\u0300\u0316'.repeat(500),
  ],
  ...[' '.repeat(3000), '#a'.repeat(2000), '@alice '.repeat(1000), 'a\n'.repeat(1000)],
];

/** A UUID of version 4, which no id of ours has. */
const strangeId = (dice: Dice) =>
  '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => dice.below(16).toString(16));

const TIMES = [
  ...'0000-01-01T00:00:00Z 0001-01-01T00:00:00Z 9999-12-31T23:59:59.999Z 10000-01-01T00:00:00Z now infinity 2026'.split(
    ' ',
  ),
  ...'-000001-01-01T00:00:00Z +275760-09-13T00:00:00.000Z 2026-02-30T00:00:00Z 2026-01-01T24:00:00Z'.split(
    ' ',
  ),
  ...'2026-01-01T23:59:60Z 2026-01-01 1970-01-01T00:00:00Z 2026-01-01T00:00:00 2026-13-01T00:00:00Z'.split(
    ' ',
  ),
  ...'0001-01-01T00:00:00+14:00 9999-12-31T23:59:59-14:00 2026-01-01T00:00:00+99:99'.split(' '),
];

const NUMBERS = [
  -1,
  0,
  1,
  2,
  30,
  200,
  201,
  0.5,
  -0,
  1e21,
  1e308,
  5e-324,
  2147483647,
  2147483648,
  -2147483649,
  4294967296,
  9007199254740991,
  9007199254740992,
  -9007199254740992,
  2 ** 63,
  2 ** 64,
  0.1 + 0.2,
];

const OTHERS: unknown[] = [
  ...'null true false [] {} [[]] [null] [{}] {"length":3} {"then":1} {"toString":1,"valueOf":2} {"toJSON":"a"}'.split(
    ' ',
  ),
  ...'{"$ref":"#"} {"$gt":""} {"constructor":1} {"0":"a"} {"":""} {"a.b":1} {"_def":{}}'.split(' '),
  '['.repeat(40) + ']'.repeat(40),
  `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
  JSON.stringify(Array(300).fill('a')),
  JSON.stringify(Array(300).fill(NOBODY)),
].map((json) => JSON.parse(json));

/** A value that the schema accepts, mostly one that refers to something. */
export function goodValue(name: string, schema: Schema, stock: Stock, dice: Dice): unknown {
  const known = stock[name] ?? (name.endsWith('Ids') ? stock[name.slice(0, -1)] : undefined);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return dice.pick(schema.enum);
  if (schema.anyOf) return goodValue(name, dice.pick(schema.anyOf), stock, dice);
  switch (schema.type) {
    case 'null':
      return null;
    case 'boolean':
      return dice.chance(0.5);
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 2 ** 53 - 1 } = schema;
      return dice.pick([minimum, minimum + 1, maximum, Math.min(maximum, minimum + dice.below(40))]);
    }
    case 'array': {
      const { minItems = 0, maxItems = 10, items = {} } = schema;
      const count = dice.pick([minItems, minItems, minItems + 1, dice.below(maxItems + 1), maxItems]);
      return Array.from({ length: count }, () =>
        goodValue(known ? name.replace(/s$/, '') : name, items, stock, dice),
      );
    }
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key) || dice.chance(0.5))
          .map(([key, inner]) => [key, goodValue(key, inner, stock, dice)]),
      );
    default:
      return known?.length && dice.chance(0.9) ? dice.pick(known) : goodText(name, schema, dice);
  }
}

function goodText(
  name: string,
  { format, pattern, minLength = 0, maxLength = 100 }: Schema,
  dice: Dice,
): string {
  if (format === 'uuid') return dice.chance(0.5) ? NOBODY : strangeId(dice);
  if (format === 'date-time')
    return dice.pick(['2030-01-01T00:00:00.000Z', '2026-11-30T00:00:00Z', TIMES[2]!]);
  if (name === 'handle') return `h${dice.below(1e9)}`;
  if (pattern) return (name === 'sha256' ? '0' : 'a').repeat(name === 'sha256' ? 64 : 43);
  if (name === 'email') return `h${dice.below(1e9)}@example.org`;
  if (dice.chance(0.3)) return dice.pick(TEXTS);
  if (dice.chance(0.2)) return 'x'.repeat(dice.pick([minLength, maxLength]));
  return dice.pick(['snow', 'A red bench #winter @alice', 'image/jpeg', '❤️', 'alice', 'Wörter, viele']);
}

/** Any value, mostly one that the schema refuses. */
export function badValue(name: string, schema: Schema, stock: Stock, dice: Dice): unknown {
  const { minimum, maximum, maxLength, minLength } = schema;
  const edges = [minimum, maximum].flatMap((edge) =>
    edge === undefined ? [] : [edge - 1, edge + 1, edge + 0.5],
  );
  const lengths = [minLength, maxLength].flatMap((edge) =>
    edge === undefined ? [] : [Math.max(0, edge - 1), edge + 1],
  );
  const choices = [
    () => dice.pick(TEXTS),
    () => dice.pick(TEXTS),
    () => dice.pick(NUMBERS),
    () => dice.pick(TIMES),
    () => dice.pick(OTHERS),
    () => (edges.length ? dice.pick(edges) : dice.pick(NUMBERS)),
    () =>
      lengths.length
        ? dice.pick(['a', 'é', '\u{1f468}', '\u0301']).repeat(dice.pick(lengths))
        : dice.pick(TEXTS),
    // A value of another type.
    () => dice.pick(stock[dice.pick(Object.keys(stock))] ?? TEXTS),
    () => damaged(String(goodValue(name, schema, stock, dice)), dice),
    () => [goodValue(name, schema, stock, dice)],
  ];
  return dice.pick(choices)();
}

/** A character changed, lost or added; cursors and tokens are to notice. */
export function damaged(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const other = dice.pick(['A', '=', '.', '\0', '-', '%', 'é', '']);
  return text.slice(0, at) + other + text.slice(at + dice.below(2));
}
