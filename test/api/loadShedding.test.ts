import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHost } from './host.ts';

/** Keeps the event loop busy in long turns, as too many requests would. */
async function standStill(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1300);
    await pause(0);
  }
}

test('while the event loop can not keep up, requests are turned away, probes are answered, and then all is as before', async () => {
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
