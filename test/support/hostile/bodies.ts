import { gzipSync } from 'node:zlib';
import type { Dice } from './dice.ts';

type Change = (json: string, dice: Dice) => string | Buffer;

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const withField = (json: string, field: string) =>
  json.startsWith('{') ? `{${field}${json.length > 2 ? ',' : ''}${json.slice(1)}` : json;

const CHANGES: Change[] = [
  (json, dice) => json.slice(0, dice.below(json.length + 1)),
  (json) => `\ufeff${json}`,
  (json) => json + json,
  (json) => `[${json}]`,
  (json) => `${json}\0`,
  (json) => ` \n\t${json}\r\n`,
  (json) => json.replace('}', ',}'),
  (json) => json.replace(/"[^"]*"/, 'NaN'),
  (json) => json.replace(':', ':1e999,"x":'),
  (json) => json.replace(/:/, ':-'),
  (json) => Buffer.from(json, 'utf16le'),
  (json) =>
    Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.of(0xff, 0xfe, 0xc0, 0x80), Buffer.from('"}')]),
  (json) => gzipSync(json),
  (json) => json.replaceAll('"', "'"),
  (json) => withField(json, '"__proto__":{"isAdmin":true}'),
  (json) => withField(json, '"constructor":{"prototype":{"isAdmin":true}}'),
  (json) => withField(json, '"\\u005f_proto__":{"isAdmin":true}'),
  (json) => withField(json, '"toString":1,"hasOwnProperty":2,"length":3'),
  (json) => withField(json, `"${'k'.repeat(3000)}\\ud800\\u0000":1`),
  (json) => withField(json, Array.from({ length: 3000 }, (_, n) => `"k${n}":0`).join(',')),
  (json) => withField(json, `"deep":${nested(70, '[', ']')}`),
  (json) => withField(json, `"deep":${nested(50_000, '{"a":', '}')}`),
  (json) => withField(json, '"role":"admin","isAdmin":true,"trustLevel":3,"id":"x","userId":"y"'),
  (json) => json.replace(/"(\w+)":("[^"]*"|\d+)/, '"$1":$2,"$1":null'),
  (json) => json.replace(/"(\w+)":/, '"$1\\u0000":'),
  (json) => json.padEnd(1_100_000),
  ...[
    '',
    ' ',
    'null',
    'true',
    '0',
    '""',
    '"text"',
    '[]',
    '{}',
    '[[]]',
    '{',
    '}',
    'undefined',
    '<a/>',
    'a=b&c=d',
  ].map(
    (text): Change =>
      () =>
        text,
  ),
  () => `"${'a'.repeat(300_000)}"`,
  () => `[${Array(50_000).fill(0)}]`,
];

/** JSON as a body, and one in three times something that is not quite that. */
export const bodyOf = (json: string, dice: Dice): Buffer =>
  Buffer.from(dice.chance(0.3) ? dice.pick(CHANGES)(json, dice) : json);
