import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, createHost, type Host, listen, talk } from '../host.ts';

let host: Host;
let listening: number;
beforeAll(async () => {
  host = await createHost();
  listening = await listen(host.server);
});
afterAll(() => host.close());
beforeEach(() => {
  host.seen.inputs.length = 0;
});

const SURFACES = [
  { surface: 'REST', url: '/v1/notes', wrap: (json: string) => json },
  { surface: 'tRPC', url: '/trpc/posts.create', wrap: (json: string) => `{"json":${json}}` },
];

describe.each(SURFACES)('over $surface', ({ surface, url, wrap }) => {
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    host.send(`POST ${url}`, {
      payload,
      headers: { ...as('alice').headers, 'content-type': 'application/json', ...headers },
    });
  const codeOf = (response: Awaited<ReturnType<typeof post>>) => {
    const body = response.json();
    return surface === 'REST' ? body.code : body.error.json.data.code;
  };

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'APPLICATION/JSON',
    ' application/json',
    'application/json ',
    'application/json ; charset=utf-8',
    'application/json\t; charset=utf-8',
    'application/json;',
    'application/json; version=1',
    'text/plain',
    'text/plain; application/json',
    'application/jsonx',
    'application/json garbage',
    'application/json, text/plain',
    'application/vnd.api+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/json; charset=utf-16',
    'json',
    '*/*',
  ])('a bad body sent as %j never reaches a handler', async (type) => {
    const response = await post(wrap('{"text":7,"role":"admin"}'), { 'content-type': type });
    expect([400, 415]).toContain(response.statusCode);
    expect(['invalid_input', 'unsupported_media_type']).toContain(codeOf(response));
    expect(host.seen.inputs).toEqual([]);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ])('a good body sent as %s is a 415', async (type) => {
    const response = await post(wrap('{"text":"Milk"}'), { 'content-type': type });
    expect(response.statusCode).toBe(415);
    expect(codeOf(response)).toBe('unsupported_media_type');
    expect(host.seen.inputs).toEqual([]);
  });

  test('a good body is taken, whatever the case of its type', async () => {
    const response = await post(wrap('{"text":"Milk"}'), {
      'content-type': 'Application/JSON; Charset=UTF-8',
    });
    expect(response.statusCode).toBeLessThan(300);
    expect(host.seen.inputs).toEqual([{ text: 'Milk', tags: [] }]);
  });

  test.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip'])(
    'a body in %s is refused unread',
    async (encoding) => {
      const response = await post(gzipSync(wrap('{"text":"Milk"}')), { 'content-encoding': encoding });
      expect(response.statusCode).toBe(415);
      expect(host.seen.inputs).toEqual([]);
    },
  );

  test('ten megabytes of JSON are too large', async () => {
    const response = await post(wrap(JSON.stringify({ text: 'a'.repeat(10 * 1024 * 1024) })));
    expect(response.statusCode).toBe(413);
    expect(codeOf(response)).toBe('payload_too_large');
  });

  test.each([
    ['a half of an object', '{"text":"Mil'],
    ['a comma too many', '{"text":"Milk",}'],
    ['two objects', '{"text":"Milk"}{"text":"Milk"}'],
    ['NaN', '{"text":NaN}'],
    ['a comment', '{"text":"Milk"/**/}'],
    ['a raw control character', '{"text":"Mi\u0000lk"}'],
    ['a key that reaches the prototype', '{"text":"Milk","__proto__":{"isAdmin":true}}'],
    ['the same in escapes', '{"text":"Milk","\\u005f_proto__":{"isAdmin":true}}'],
    ['the prototype of a constructor', '{"text":"Milk","constructor":{"prototype":{"isAdmin":true}}}'],
    ['lists in lists without end', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects in objects without end', `{"text":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
  ])('%s is a 400 that says nothing of a parser', async (_, json) => {
    const response = await post(wrap(json));
    expect(response.statusCode).toBe(400);
    expect(codeOf(response)).toBe('invalid_input');
    expect(response.body).not.toMatch(/position|token|superjson|stack|node_modules/i);
    expect(host.seen.inputs).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test.each([
    [`{"text":"Milk","due":${'['.repeat(65)}${']'.repeat(65)}}`, 'nested too deep'],
    ['{"text":"Milk","__proto__":{"isAdmin":true}}', 'not valid JSON'],
    ['{"text":"Milk","constructor":{"prototype":{"isAdmin":true}}}', 'not valid JSON'],
  ])('%s is refused by the parser, before any schema sees it', async (json, why) => {
    expect((await post(wrap(json))).body).toContain(why);
  });

  test.each([
    ['NUL', '{"text":"a\\u0000b"}'],
    ['a lone surrogate', '{"text":"a\\ud800b"}'],
    ['a lone low surrogate', '{"text":"\\udc00"}'],
    ['an override of the direction of writing', '{"text":"a\\u202eb"}'],
    ['a letter under 31 marks', `{"text":"a${'\\u0300'.repeat(31)}"}`],
  ])('%s in a text is a bad field', async (_, json) => {
    const response = await post(wrap(json));
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('"field":"text"');
    expect(host.seen.inputs).toEqual([]);
  });

  test('a letter with as many marks as any language has is text', async () => {
    const response = await post(wrap(`{"text":"a${'\\u0316'.repeat(30)}"}`));
    expect(response.statusCode).toBeLessThan(300);
  });

  test.each([
    ['many fields', Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, 0]))],
    ['a field with a long name', { ['k'.repeat(500_000)]: 0 }],
    ['many items', { text: 'Milk', tags: Array(200_000).fill(0) }],
  ])('%s that no request has are answered in few words', async (_, input) => {
    const response = await post(wrap(JSON.stringify(input)));
    expect(response.statusCode).toBe(400);
    expect(response.body.length).toBeLessThan(5_000);
  });

  test('bytes that are not UTF-8 are no text', async () => {
    const [before, after] = wrap('{"text":"Milk?"}').split('?');
    const response = await post(Buffer.concat([Buffer.from(before!), Buffer.of(0xff), Buffer.from(after!)]));
    expect(response.statusCode).toBe(400);
    expect(codeOf(response)).toBe('invalid_input');
    expect(response.body).toContain('not UTF-8');
    expect(host.seen.inputs).toEqual([]);
  });

  test.each(['', wrap('{}')])('a body of %j lacks every field, by name', async (json) => {
    const response = await post(json);
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('"field":"text"');
    expect(host.seen.inputs).toEqual([]);
  });

  test('braces inside of a text do not count as nesting', async () => {
    const text = `"\\"${'{['.repeat(80)}\\\\`;
    const response = await post(wrap(JSON.stringify({ text })));
    expect(response.statusCode).toBeLessThan(300);
    expect(host.seen.inputs).toEqual([{ text, tags: [] }]);
  });

  test('of two fields with the same name, the one that is used is the one that was checked', async () => {
    await post(wrap('{"text":7,"text":"Milk"}'));
    expect(host.seen.inputs).toEqual([{ text: 'Milk', tags: [] }]);
  });
});

test('who reads only after ten megabytes are sent finds the answer there', async () => {
  const size = 10 * 1024 * 1024;
  const head = ['POST /v1/notes HTTP/1.1', 'Host: ciel', 'Content-Type: application/json'];
  const socket = connect(listening, '127.0.0.1');
  const sent = new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.write([...head, `Content-Length: ${size}`, '', ''].join('\r\n'));
    socket.write(Buffer.alloc(size, ' '), resolve);
  });
  await sent;
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('"code":"payload_too_large"');
});

test('a body that is shorter than it says is no request', async () => {
  const head = [
    'POST /v1/notes HTTP/1.1',
    'Host: ciel',
    'Content-Type: application/json',
    'Content-Length: 5',
  ];
  const answer = await talk(listening, `${[...head, 'Content-Length: 6', '', ''].join('\r\n')}{"a":`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('application/problem+json');
});
