import type { Dice } from './dice.ts';
import { damaged } from './values.ts';

type Header = [name: string, value: string];

const ODD = [
  '',
  ' ',
  'é\xff',
  '\t',
  ...', ,,, ; " * 0 -1 null __proto__ ../.. %00 <a>'.split(' '),
  'a'.repeat(4000),
];

const JSON_TYPES = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'];
const OTHER_TYPES = [
  ...'text/plain application/x-www-form-urlencoded multipart/form-data application/octet-stream text/xml json /'.split(
    ' ',
  ),
  ...'application/jsonx application/vnd.api+json application/trpc+json application/json;;;= a/b;c="'.split(
    ' ',
  ),
  ...'text/plain; application/json|application/json, text/plain|application/json; charset=utf-16'.split('|'),
  ...'application/json; charset|multipart/form-data; boundary=x|application/json\t|application/json; boundary=x'.split(
    '|',
  ),
];

/** One header each, the known ones with what is not known of them. */
const OTHERS: ((dice: Dice) => Header)[] = [
  (dice) => [
    'content-encoding',
    dice.pick(['gzip', 'br', 'identity', 'GZIP', 'identity, gzip', 'chunked', '']),
  ],
  (dice) => ['accept', dice.pick(['text/event-stream', 'application/jsonl', 'text/html', '*/*;q=0', ...ODD])],
  (dice) => [
    'accept-encoding',
    dice.pick(['gzip', 'br;q=1.0, gzip', 'identity;q=0, *;q=0', 'zstd', '*', 'gzip;q=2', ...ODD]),
  ],
  (dice) => ['trpc-accept', dice.pick(['application/jsonl', 'application/json', ...ODD])],
  (dice) => [
    'idempotency-key',
    dice.pick(['one', 'two', 'three', 'x'.repeat(128), 'x'.repeat(129), 'a b', ...ODD]),
  ],
  (dice) => ['x-request-id', dice.pick(['r-1', 'x'.repeat(129), 'a\tb', ...ODD])],
  (dice) => [
    'x-forwarded-for',
    dice.pick(['127.0.0.1', '::1', '1.2.3.4, 5.6.7.8', '[::1]:80', '999.1.1.1', ...ODD]),
  ],
  (dice) => ['last-event-id', dice.pick(['0', '1.2.3', '80123.4711.1798000000000', '9'.repeat(30), ...ODD])],
  (dice) => ['x-http-method-override', dice.pick(['DELETE', 'PATCH'])],
  (dice) => [
    'range',
    dice.pick(['bytes=0-1', 'bytes=5-1', 'bytes=-0', 'bytes=9999999-', 'bytes=0-1,3-4', 'lines=1-2', ...ODD]),
  ],
  (dice) => ['if-none-match', dice.pick(['*', 'W/"a"', '"', ...ODD])],
  (dice) => ['if-match', dice.pick(['*', '"a"', ...ODD])],
  (dice) => ['if-modified-since', dice.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday', ...ODD])],
  (dice) => ['if-unmodified-since', dice.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday'])],
  (dice) => ['origin', dice.pick(['null', 'https://evil.example', 'http://localhost:8080', ...ODD])],
  (dice) => ['access-control-request-method', dice.pick(['POST', ...ODD])],
  (dice) => ['cookie', dice.pick(['a=b', 'authorization=Bearer x', ...ODD])],
  (dice) => ['user-agent', dice.pick(['Mozilla/5.0 (X11; Linux) Firefox/1', ...ODD])],
  (dice) => [
    'x-ciel-client',
    dice.pick(['sdk/0.0.1', 'sdk/99.0.0', 'sdk/999999999999999999999.0.0', 'sdk/', ...ODD]),
  ],
  (dice) => ['x-admin-actor', dice.pick(['Zoe', 'z'.repeat(65), ...ODD])],
  (dice) => ['x-admin-token', dice.pick(ODD)],
  (dice) => [
    'authorization',
    dice.pick(['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'bearer v4.public.AAAA', ...ODD]),
  ],
  (dice) => ['upgrade', dice.pick(['websocket', 'h2c'])],
  (dice) => ['expect', dice.pick(['100-continue'])],
  (dice) => ['forwarded', dice.pick(['for=1.2.3.4', ...ODD])],
  (dice) => ['host', dice.pick(['evil.example', 'a:b:c', ...ODD])],
  (dice) => ['content-type', dice.pick(OTHER_TYPES)],
  (dice) => [dice.pick(['__proto__', 'constructor', 'x-method', 'prototype']), dice.pick(ODD)],
];

/** Who asks, of what type the body is, and seldom something that does not belong there. */
export function headersFor(caller: Header[], hasBody: boolean, dice: Dice): Header[] {
  const type = dice.chance(0.1) ? dice.pick(OTHER_TYPES) : dice.pick(JSON_TYPES);
  const headers: Header[] = [...caller, ...(hasBody ? [['content-type', type] as Header] : [])];
  for (let more = dice.chance(0.25) ? 1 + dice.below(4) : 0; more > 0; more--)
    headers.push(dice.pick(OTHERS)(dice));
  if (dice.chance(0.03)) headers.push(dice.pick(headers) ?? ['a', 'b']);
  return headers.map(([name, value]) => [
    dice.chance(0.02) ? name.toUpperCase() : name,
    lineOf(dice.chance(0.02) ? damaged(value, dice) : value),
  ]);
}

/** Only what a line can carry reaches the program as a header. */
const lineOf = (value: string) => value.replace(/[^\t\x20-\x7e\xa0-\xff]/g, '?');
