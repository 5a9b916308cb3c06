import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadFor } from '../../../server/api/http/loadShedding.ts';
import { createHost, listen } from '../host.ts';

/** Keeps the event loop busy in long turns, as too many requests would. */
async function standStill(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1300);
    await pause(0);
  }
}

test.each([
  [1, 8],
  [5, 20],
  [16, 64],
  [50, 200],
  [1000, 256],
])('with %d connections to the database, %d requests run at once', (connections, maxRunning) => {
  expect(loadFor(connections)).toEqual({ maxRunning, maxQueued: 256 });
});

test('while the event loop is overloaded, requests are shed and probes respond; afterwards everything works again', async () => {
  const host = await createHost();
  await standStill(1);
  expect((await host.send('GET /v1/notes?limit=1')).statusCode).toBe(200);
  await standStill(5);
  const refused = await host.send('GET /v1/notes?limit=1');
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['retry-after']).toBe('1');
  expect(refused.json().code).toBe('overloaded');
  expect((await host.send('GET /health')).statusCode).toBe(200);
  await expect
    .poll(async () => (await host.send('GET /v1/notes?limit=1')).statusCode, { timeout: 20_000 })
    .toBe(200);
  await host.close();
});

test('requests beyond the capacity are shed at once, on both surfaces, until another finishes', async () => {
  const host = await createHost({ load: { maxRunning: 2, maxQueued: 0 } });
  const url = `http://127.0.0.1:${await listen(host.server)}`;
  const clients = [new AbortController(), new AbortController()];
  const taken = clients.map(({ signal }) => fetch(`${url}/v1/slow?ms=60000`, { signal }).catch(() => {}));
  await expect.poll(() => host.seen.inputs.length).toBe(2);

  const refused = await Promise.all([
    fetch(`${url}/v1/notes?limit=1`),
    fetch(`${url}/v1/notes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    fetch(`${url}/trpc/feed.slow?input=${encodeURIComponent('{"json":{"ms":1}}')}`),
  ]);
  expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
    refused.map(() => [503, '1']),
  );
  expect(await refused[0]!.json()).toMatchObject({ code: 'overloaded' });
  expect((await fetch(`${url}/health`)).status).toBe(200);

  clients[0]!.abort();
  await expect.poll(async () => (await fetch(`${url}/v1/notes?limit=1`)).status).toBe(200);
  clients[1]!.abort();
  await Promise.all(taken);
  await host.close();
});

test('a burst waits and is answered in turn; who leaves meanwhile is not begun', async () => {
  const host = await createHost({ load: { maxRunning: 1, maxQueued: 3 } });
  const url = `http://127.0.0.1:${await listen(host.server)}`;
  const inHand = fetch(`${url}/v1/slow?ms=1500`);
  await expect.poll(() => host.seen.inputs.length).toBe(1);
  const gone = new AbortController();
  const left = fetch(`${url}/v1/slow?ms=1`, { signal: gone.signal }).catch(() => 'left');
  const burst = [1, 2, 3, 4].map(() => fetch(`${url}/v1/notes?limit=1`));
  const statusesOf = async () => (await Promise.all(burst)).map(({ status }) => status).toSorted();
  setTimeout(() => gone.abort(), 200);
  expect(await statusesOf()).toEqual([200, 200, 503, 503]);
  expect(await left).toBe('left');
  expect((await inHand).status).toBe(200);
  expect(host.seen.inputs).toHaveLength(3);
  await host.close();
});

test('a request that waits too long in the queue is shed', async () => {
  const host = await createHost({ load: { maxRunning: 1, maxQueued: 3 } });
  const url = `http://127.0.0.1:${await listen(host.server)}`;
  const gone = new AbortController();
  const inHand = fetch(`${url}/v1/slow?ms=60000`, { signal: gone.signal }).catch(() => {});
  await expect.poll(() => host.seen.inputs.length).toBe(1);
  expect((await fetch(`${url}/v1/notes?limit=1`)).status).toBe(503);
  gone.abort();
  await inHand;
  await host.close();
});

test('open streams take no place of a request', async () => {
  const host = await createHost({ load: { maxRunning: 1, maxQueued: 0 } });
  const url = `http://127.0.0.1:${await listen(host.server)}`;
  const gone = new AbortController();
  for (let n = 1; n <= 3; n++) {
    const { status } = await fetch(`${url}/v1/events`, { signal: gone.signal });
    expect([status, host.seen.openStreams]).toEqual([200, n]);
  }
  expect((await fetch(`${url}/v1/notes?limit=1`)).status).toBe(200);
  gone.abort();
  await host.close();
});
