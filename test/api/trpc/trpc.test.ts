import { setTimeout as pause } from 'node:timers/promises';
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transformer } from '../../../server/core/transformer.ts';
import { as, createHost, type Host, listen } from '../host.ts';
import type { notesRouter } from '../notes.ts';

const ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

let host: Host;
beforeEach(async () => {
  host = await createHost();
});
afterEach(() => host.close());

const inputs = (...list: unknown[]) =>
  encodeURIComponent(JSON.stringify(Object.fromEntries(list.map((json, index) => [index, { json }]))));

describe('a batch', () => {
  test('of twenty calls authenticates once, and each call spends', async () => {
    const paths = Array(20).fill('posts.get').join(',');
    const input = inputs(...Array(20).fill({ noteId: ID }));
    const response = await host.send(`GET /trpc/${paths}?batch=1&input=${input}`, as('alice'));
    expect(response.json()).toHaveLength(20);
    expect(host.gate.authenticated).toEqual(['alice']);
    expect(host.gate.spent).toHaveLength(20);
    expect(response.headers['ratelimit-remaining']).toBe(String(30_000 - 20));
  });

  test('of twenty-one calls is refused as a whole', async () => {
    const paths = Array(21).fill('posts.get').join(',');
    const response = await host.send(`GET /trpc/${paths}?batch=1&input=${inputs()}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(host.gate.spent).toEqual([]);
  });

  test('of five hundred logins carries none', async () => {
    const paths = Array(500).fill('posts.create').join(',');
    const response = await host.send(`POST /trpc/${paths}?batch=1`, { ...as('alice'), payload: {} });
    expect([400, 404, 414]).toContain(response.statusCode);
    expect(host.gate.spent).toEqual([]);
  });

  test('of commas calls nothing', async () => {
    const response = await host.send(`GET /trpc/${','.repeat(15)}?batch=1&input=${inputs()}`);
    expect(response.statusCode).toBe(404);
    expect(host.seen.inputs).toEqual([]);
  });

  test('returns a separate result for each call', async () => {
    const input = inputs({ noteId: ID }, { noteId: 'none' });
    const response = await host.send(`GET /trpc/posts.get,posts.get?batch=1&input=${input}`);
    const [good, bad] = response.json();
    expect(response.statusCode).toBe(207);
    expect(good.result.data.json.id).toBe(ID);
    expect(bad.error.json.data).toMatchObject({
      code: 'invalid_input',
      httpStatus: 400,
      errors: [{ field: 'noteId' }],
    });
  });

  test('cannot have an idempotency key', async () => {
    const response = await host.send('POST /trpc/posts.create,posts.create?batch=1', {
      headers: { ...as('alice').headers, 'idempotency-key': 'key-1' },
      payload: { 0: { json: { text: 'Milk' } }, 1: { json: { text: 'Bread' } } },
    });
    expect(response.json()[0].error.json.data).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'idempotency-key' }],
    });
    expect(host.seen.inputs).toEqual([]);
  });
});

describe('methods', () => {
  test('a query is a GET, a mutation a POST', async () => {
    const query = await host.send('POST /trpc/posts.get', { payload: { json: { noteId: ID } } });
    const input = encodeURIComponent(JSON.stringify({ json: { text: 'Milk' } }));
    const mutation = await host.send(`GET /trpc/posts.create?input=${input}`, as('alice'));
    for (const response of [query, mutation]) {
      expect(response.statusCode).toBe(405);
      expect(response.json().error.json.data.code).toBe('method_not_allowed');
    }
    expect(host.seen.inputs).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is neither', async (method) => {
    const response = await host.send(`${method} /trpc/posts.get`);
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('GET, POST, OPTIONS');
  });
});

describe('errors', () => {
  test('an unknown procedure is a 404 with the request id', async () => {
    const response = await host.send('GET /trpc/posts.nothing', { headers: { 'x-request-id': 'r-1' } });
    expect(response.statusCode).toBe(404);
    expect(response.json().error.json.data).toMatchObject({ code: 'not_found', requestId: 'r-1' });
  });

  test.each(['__proto__', 'constructor', 'posts.__proto__', 'posts.get.call', 'toString'])(
    '%s is no procedure',
    async (path) => {
      const response = await host.send(`GET /trpc/${path}`);
      expect(response.statusCode).toBe(404);
    },
  );

  test('say when to come back', async () => {
    const input = encodeURIComponent(JSON.stringify({ json: { kind: 'wait' } }));
    const response = await host.send(`GET /trpc/moderation.fail?input=${input}`);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('7');
    expect(response.json().error.json.data).toMatchObject({ code: 'unavailable', retryAfterSeconds: 7 });
  });

  test.each(['{', '7', '"text"', '{"json":{"noteId":1},"meta":{"values":{"noteId":["class","x"]}}}', '%ff'])(
    'an input of %s is a 400',
    async (input) => {
      const response = await host.send(
        `GET /trpc/posts.get?input=${input === '%ff' ? input : encodeURIComponent(input)}`,
      );
      expect(response.statusCode).toBe(400);
      expect(response.json().error.json.data.code).toBe('invalid_input');
    },
  );
});

describe('with a client of tRPC', () => {
  const client = (port: number) => {
    const url = `http://127.0.0.1:${port}/trpc`;
    return createTRPCClient<ReturnType<typeof notesRouter>['router']>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({ url, transformer }),
          false: httpBatchStreamLink({ url, transformer, headers: as('alice').headers }),
        }),
      ],
    });
  };

  test('calls in one streamed batch get their results, with times as dates', async () => {
    const api = client(await listen(host.server));
    const [note, slow, failed] = await Promise.allSettled([
      api.posts.get.query({ noteId: ID }),
      api.feed.slow.query({ ms: 50 }),
      api.moderation.fail.query({ kind: 'known' }),
    ]);
    expect(note).toMatchObject({ value: { createdAt: new Date('2026-11-23T09:30:00.123Z') } });
    expect(slow).toMatchObject({ value: { done: true } });
    expect(failed.status === 'rejected' && failed.reason).toBeInstanceOf(TRPCClientError);
    expect(failed).toMatchObject({ reason: { data: { code: 'not_found' } } });
  });

  test('the parts of a streamed batch come as they are ready, compressed or not', async () => {
    const port = await listen(host.server);
    const input = inputs({ ms: 0 }, { ms: 60_000 });
    const response = await fetch(`http://127.0.0.1:${port}/trpc/feed.slow,feed.slow?batch=1&input=${input}`, {
      headers: { 'trpc-accept': 'application/jsonl', 'accept-encoding': 'gzip, br' },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"done":true')) text += (await reader.read()).value;
    await reader.cancel();
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('a stream ends when its client leaves', async () => {
    const port = await listen(host.server);
    const gone = new AbortController();
    const response = await fetch(
      `http://127.0.0.1:${port}/trpc/feed.events?input=${encodeURIComponent('{"json":{}}')}`,
      {
        headers: { accept: 'text/event-stream' },
        signal: gone.signal,
      },
    );
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await response.body!.getReader().read();
    expect(host.seen.openStreams).toBe(1);
    gone.abort();
    await expect.poll(() => host.seen.openStreams).toBe(0);
  });

  test('a stream ends cleanly when the server stops', async () => {
    const port = await listen(host.server);
    const response = await fetch(
      `http://127.0.0.1:${port}/trpc/feed.events?input=${encodeURIComponent('{"json":{}}')}`,
    );
    const text = response.text();
    await expect.poll(() => host.seen.openStreams).toBe(1);
    await pause(30);
    await host.close();
    expect(await text).toContain('"n":0');
    expect(host.seen.openStreams).toBe(0);
  });
});
