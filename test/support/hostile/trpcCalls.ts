import { bodyOf } from './bodies.ts';
import type { Dice } from './dice.ts';
import type { Operation } from './operations.ts';
import type { Input } from './requests.ts';
import { goodValue, type Stock } from './values.ts';
import type { WireRequest } from './wire.ts';

/** What superjson says beside the JSON. */
const METAS = [
  ...[
    { values: { x: ['Date'] } },
    { values: ['Date'] },
    { values: ['undefined'] },
    { values: { x: ['undefined'] } },
  ],
  ...[
    { values: { x: ['regexp'] } },
    { values: { x: ['Error'] } },
    { values: { x: ['map'] } },
    { values: { x: ['bigint'] } },
  ],
  ...[
    { values: { '__proto__.isAdmin': ['Date'] } },
    { values: { 'constructor.prototype': ['Date'] } },
    { values: { '': ['Date'] } },
  ],
  ...[
    { values: { length: ['Date'] } },
    { values: null },
    { values: 1 },
    { values: [] },
    { values: [['Date']] },
    [],
    null,
    'Date',
  ],
  ...[
    { referentialEqualities: { x: ['y'] } },
    { referentialEqualities: [['a']], values: {} },
    { values: { 'x\\': ['Date'] } },
  ],
];

const NAMES = [
  'constructor',
  '__proto__',
  'toString',
  'a.b',
  '',
  'auth',
  '.',
  'feed.events',
  'posts.create',
  'auth.me',
  '\u0000',
];

/** The operation over tRPC: by itself, or one of several calls of a batch. */
export function callOver(
  operation: Operation,
  all: Operation[],
  input: Input,
  stock: Stock,
  dice: Dice,
): WireRequest {
  const isRead = dice.chance(0.03) !== (operation.type !== 'mutation');
  const first = wrapped(Object.fromEntries(input.map(([{ name }, value]) => [name, value])), operation, dice);
  if (!dice.chance(0.2)) return request(operation.name, '', first, isRead, dice);

  const others = Array.from({ length: dice.pick([0, 1, 1, 2, 4, 20]) }, () =>
    dice.pick(all.filter(({ type }) => type === operation.type)),
  );
  const names = [operation.name, ...others.map(({ name }) => (dice.chance(0.05) ? dice.pick(NAMES) : name))];
  const inputs = others.map(({ fields }) =>
    wrapped(
      Object.fromEntries(fields.map(({ name, schema }) => [name, goodValue(name, schema, stock, dice)])),
      operation,
      dice,
    ),
  );
  const numbered = [first, ...inputs].map((json, index) => `${JSON.stringify(keyOf(index, dice))}:${json}`);
  return request(
    names.join(','),
    dice.pick(['batch=1', 'batch=1', 'batch=true', 'batch=1&batch=1']),
    `{${numbered}}`,
    isRead,
    dice,
  );
}

const keyOf = (index: number, dice: Dice) =>
  dice.chance(0.02) ? dice.pick(['__proto__', '-1', '1.5', 'length', '99']) : String(index);

/** As superjson has it: times are noted beside the JSON. */
function wrapped(input: Record<string, unknown>, { fields }: Operation, dice: Dice): string {
  if (dice.chance(0.04))
    return dice.pick(['null', '[]', '1', '"a"', '{}', '{"json":null}', '{"json":[]}', '{"meta":{}}']);
  const times = fields.filter(({ name, schema }) => schema.format === 'date-time' && name in input);
  const meta = dice.chance(0.08)
    ? dice.pick(METAS)
    : times.length
      ? { values: Object.fromEntries(times.map(({ name }) => [name, ['Date']])) }
      : undefined;
  return JSON.stringify({ json: input, meta });
}

function request(names: string, query: string, json: string, isRead: boolean, dice: Dice): WireRequest {
  const name = dice.chance(0.02) ? dice.pick(NAMES) : names;
  const path = `/trpc/${encodeURIComponent(name).replaceAll('%2C', ',')}`;
  if (!isRead)
    return { method: 'POST', target: withQuery(path, query), headers: [], body: bodyOf(json, dice) };
  const text = bodyOf(json, dice).toString('utf8').slice(0, 5000);
  const input = dice.chance(0.03)
    ? dice.pick(['input', 'input=', 'input=%ff', 'input=%', 'input=1&input=2'])
    : `input=${encodeURIComponent(text.toWellFormed())}`;
  return {
    method: 'GET',
    target: withQuery(path, [query, input].filter(Boolean).join('&')).slice(0, 14_000),
    headers: [],
  };
}

const withQuery = (path: string, query: string) => (query ? `${path}?${query}` : path);
