import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jsonReader, textReader } from '../../../server/api/rest/wireValues.ts';
import { as, createHost, type Host } from '../host.ts';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.seen.inputs.length = 0;
});

const read = async (query: string) => {
  const response = await host.send(`GET /v1/asked${query}`, as('alice'));
  return response.statusCode === 200 ? response.json().input : response.json().errors[0].field;
};

describe('values of a query', () => {
  test.each([
    ['?flag=false', { flag: false }],
    ['?flag=true', { flag: true }],
    ['?count=0', { count: 0 }],
    ['?count=-7', { count: -7 }],
    ['?ratio=0.25', { ratio: 0.25 }],
    ['?tags=one', { tags: ['one'] }],
    ['?tags=one&tags=two', { tags: ['one', 'two'] }],
    ['?sizes=3', { sizes: [3] }],
    ['?sizes=3&sizes=4', { sizes: [3, 4] }],
    ['?since=2026-11-23T10:30:00%2B01:00', { since: '2026-11-23T09:30:00.000Z' }],
    ['?order=down', { order: 'down' }],
    ['?text=100%25%20%26%20more', { text: '100% & more' }],
    ['?text=100%', { text: '100%' }],
    ['?text=', { text: '' }],
    ['', {}],
  ])('%s is read as what it says', async (query, expected) => {
    expect(await read(query)).toEqual({ order: 'up', ...expected });
  });

  test.each([
    ['?flag=0', 'flag'],
    ['?flag=TRUE', 'flag'],
    ['?flag=', 'flag'],
    ['?count=abc', 'count'],
    ['?count=', 'count'],
    ['?count=1.5', 'count'],
    ['?count=1e3', 'count'],
    ['?count=0x10', 'count'],
    ['?count=%201', 'count'],
    ['?count=9007199254740993', 'count'],
    ['?count=1&count=2', 'count'],
    ['?flag=true&flag=true', 'flag'],
    ['?order=up&order=up', 'order'],
    ['?order=sideways', 'order'],
    ['?ratio=NaN', 'ratio'],
    ['?ratio=Infinity', 'ratio'],
    ['?sizes=1&sizes=two', 'sizes.1'],
    ['?tags=1&tags=2&tags=3&tags=4', 'tags'],
    ['?since=2026-11-23', 'since'],
    ['?since=yesterday', 'since'],
    ['?since=2026-13-40T00:00:00Z', 'since'],
    ['?text=a%00b', 'text'],
    ['?colour=red', 'colour'],
    ['?__proto__=1', '__proto__'],
    ['?constructor=1', 'constructor'],
    ['?count[]=1', 'count[]'],
  ])('%s is refused, and the field is named', async (query, field) => {
    expect(await read(query)).toBe(field);
    expect(host.seen.inputs).toEqual([]);
  });

  test.each(['?text=%ff%fe', '?text=%ED%A0%80', '?te%ffxt=a'])('%s is no text', async (query) => {
    const response = await host.send(`GET /v1/asked${query}`, as('alice'));
    expect(response.json()).toMatchObject({
      status: 400,
      code: 'invalid_input',
      detail: 'The query is not UTF-8',
    });
  });

  test('reading a query leaves the schemas as strict as they were', async () => {
    await read('?flag=true&count=1');
    const response = await host.send('POST /trpc/posts.create', {
      ...as('alice'),
      payload: { json: { text: 7 } },
    });
    expect(response.statusCode).toBe(400);
  });
});

describe('a schema whose values cannot be sent as text', () => {
  test.each([
    ['an object', z.object({ a: z.string() })],
    ['a union of several types', z.union([z.string(), z.int()])],
    ['literals of several types', z.literal(['a', 1])],
    ['a record', z.record(z.string(), z.string())],
  ])('%s is found when the server starts', (_, schema) => {
    expect(() => textReader(schema)).toThrow(/path or a query/);
  });
});

test('times of a JSON body are read wherever they lie, and the body stays as it was', () => {
  const read = jsonReader(
    z.object({
      at: z.date().nullable(),
      list: z.array(z.object({ at: z.date().optional() })),
      text: z.string(),
    }),
  )!;
  const time = '2026-11-23T09:30:00.000Z';
  const body = { at: time, list: [{ at: time }, {}, 7], text: time, more: time };
  expect(read(body)).toEqual({ ...body, at: new Date(time), list: [{ at: new Date(time) }, {}, 7] });
  expect(body.at).toBe(time);
  expect(jsonReader(z.object({ text: z.string() }))).toBeNull();
});
