import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHost, type Host, listen, talk } from '../host.ts';
import { CANARY } from '../notes.ts';

let host: Host;
let port: number;
beforeAll(async () => {
  host = await createHost();
  port = await listen(host.server);
});
afterAll(() => host.close());
beforeEach(() => {
  host.lines.length = 0;
});

const trpcUrl = (kind: string) =>
  `/trpc/moderation.fail?input=${encodeURIComponent(JSON.stringify({ json: { kind } }))}`;

describe.each(['thrown', 'text', 'answer'])('a failure of ours (%s)', (kind) => {
  test.each([
    ['REST', `/v1/failures/${kind}`],
    ['tRPC', trpcUrl(kind)],
    [
      'a batch of tRPC',
      `/trpc/moderation.fail?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: { json: { kind } } }))}`,
    ],
  ])('says nothing of its cause over %s, and is logged once, with the request id', async (_, url) => {
    const response = await host.send(`GET ${url}`, { headers: { 'x-request-id': 'r-500' } });
    expect(response.statusCode).toBe(500);
    expect(response.body).toContain('"code":"internal"');
    expect(response.body + JSON.stringify(response.headers)).not.toMatch(
      new RegExp(`${CANARY}|postgres|stack|\\.ts:|node_modules|Zod|expected`, 'i'),
    );
    const errors = host.lines.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ requestId: 'r-500', procedure: 'moderation.fail' }]);
    if (kind !== 'answer') expect(JSON.stringify(errors)).toContain(CANARY);
  });
});

test('an error that the client can act on is not logged as a failure', async () => {
  const response = await host.send('GET /v1/failures/known', { headers: { 'x-request-id': 'r-404' } });
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toEqual({
    type: '/docs/errors#not_found',
    title: 'Not found',
    status: 404,
    detail: 'Not found',
    code: 'not_found',
    requestId: 'r-404',
  });
  expect(host.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('the type of a problem leads to where it is explained', async () => {
  const { type } = (await host.send('GET /v1/nothing')).json();
  const [path, anchor] = type.split('#');
  const page = await host.send(`GET ${path}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain(`id="${anchor}"`);
});

test('an unavailable dependency is a 503 with Retry-After', async () => {
  const response = await host.send('GET /v1/failures/wait');
  expect(response.statusCode).toBe(503);
  expect(response.headers['retry-after']).toBe('7');
});

describe('before routing', () => {
  test.each(['/v1/notes/%ff', '/v1/%E0%A4%A', '/trpc/%c0%ae'])(
    '%s is a 400 with all the headers',
    async (url) => {
      const response = await host.send(`GET ${url}`, { headers: { 'x-request-id': 'r-url' } });
      expect(response.statusCode).toBe(400);
      expect(response.headers).toMatchObject({
        'content-type': 'application/problem+json; charset=utf-8',
        'x-request-id': 'r-url',
        'x-content-type-options': 'nosniff',
      });
      expect(response.json()).toMatchObject({ code: 'invalid_input', requestId: 'r-url' });
    },
  );

  test('a parameter without end is refused', async () => {
    const response = await host.send(`GET /v1/notes/${'a'.repeat(5001)}`);
    expect([400, 404]).toContain(response.statusCode);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  test.each([
    ['bytes that are not HTTP', 'hello\r\n\r\n', 400],
    ['a request to no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: ciel\r\nBad Header: 1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: ciel\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', 400],
    [
      'a length and chunks',
      'POST /v1/notes HTTP/1.1\r\nHost: ciel\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: ciel\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s are answered with a problem, and the connection is closed', async (_, bytes, status) => {
    const answer = await talk(port, bytes);
    const [head, body] = answer.split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^connection: close$/im);
    expect(JSON.parse(body)).toMatchObject({ status, requestId: expect.any(String) });
  });
});

test.each([
  ['goes away in the middle of its body', 'Content-Length: 100\r\n\r\n{', true],
  ['sends chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n', false],
])('a client that %s is no failure of ours', async (_, rest, leaves) => {
  const socket = connect(port, '127.0.0.1');
  socket.resume().on('error', () => {});
  const head = 'POST /v1/notes HTTP/1.1\r\nHost: ciel\r\nContent-Type: application/json\r\n';
  const requests = () => host.lines.filter(({ message }) => message === 'request').length;
  socket.write(head + rest);
  if (leaves) setTimeout(() => socket.destroy(), 50);
  await expect.poll(requests, { timeout: 5_000 }).toBe(1);
  expect(host.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what a client expects beside being told to go on is not heard', async () => {
  const answer = await talk(
    port,
    'GET /health HTTP/1.1\r\nHost: ciel\r\nExpect: tea\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/^x-content-type-options: nosniff$/im);
});

describe('a slow client', () => {
  test.each([
    ['its headers', 'GET /health HTTP/1.1\r\nHost: ciel\r\nX-Slow: '],
    [
      'its body',
      'POST /v1/notes HTTP/1.1\r\nHost: ciel\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ],
  ])('that never ends %s is told so and cut', async (_, bytes) => {
    const answer = await talk(port, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('request_timeout');
  });

  test('that sends a byte now and then is cut as well', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /v1/notes HTTP/1.1\r\nHost: ciel\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
    );
    const drip = setInterval(() => socket.write(' '), 500);
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (bytes) => resolve(String(bytes))),
    );
    clearInterval(drip);
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });
});
