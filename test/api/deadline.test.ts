import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, type Host, listen } from './host.ts';

let host: Host;
let url: string;
beforeAll(async () => {
  host = await createHost({ handlerTimeoutMs: 300 });
  url = `http://127.0.0.1:${await listen(host.server)}`;
});
afterAll(() => host.close());

const input = (value: object) => encodeURIComponent(JSON.stringify({ json: value }));

test('a request to a dependency that never responds fails as unavailable after the deadline, on both surfaces', async () => {
  const [rest, trpc] = await Promise.all([
    fetch(`${url}/v1/slow?ms=60000`),
    fetch(`${url}/trpc/feed.slow?input=${input({ ms: 60_000 })}`),
  ]);
  expect([rest.status, rest.headers.get('retry-after'), rest.headers.get('content-type')]).toEqual([
    503,
    '1',
    'application/problem+json; charset=utf-8',
  ]);
  expect(await rest.json()).toMatchObject({ code: 'unavailable', status: 503 });
  expect([trpc.status, trpc.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await trpc.json()).toMatchObject({ error: { json: { data: { code: 'unavailable' } } } });
  expect((await fetch(`${url}/v1/slow?ms=1`)).status).toBe(200);
});

test('a stream lasts, on both surfaces', async () => {
  for (const path of ['/v1/events', `/trpc/feed.events?input=${input({})}`]) {
    const gone = new AbortController();
    const response = await fetch(url + path, {
      headers: { accept: 'text/event-stream' },
      signal: gone.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const began = Date.now();
    while (Date.now() < began + 900) expect((await reader.read()).done).toBe(false);
    gone.abort();
    await reader.cancel().catch(() => {});
  }
});
