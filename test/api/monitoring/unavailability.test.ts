import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, createHost, type Host } from '../host.ts';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());

const countOf = async (cause: string) => {
  const { body } = await host.send('GET /metrics', { headers: { 'x-admin-token': ADMIN_TOKEN } });
  const [, count] =
    new RegExp(`^ciel_http_unavailable_total\\{cause="${cause}"\\} (\\d+)$`, 'm').exec(body) ?? [];
  return Number(count ?? 0);
};

const told = () => host.lines.filter(({ message }) => message === 'requests get 503');

test('requests that get 503 are counted by cause, over REST and tRPC, and few of many are logged', async () => {
  const startedAt = performance.now();
  const input = encodeURIComponent(JSON.stringify({ json: { kind: 'database' } }));
  const both = encodeURIComponent(
    JSON.stringify({ 0: { json: { kind: 'database' } }, 1: { json: { kind: 'known' } } }),
  );
  for (let round = 0; round < 5; round++) {
    expect((await host.send('GET /v1/failures/database')).statusCode).toBe(503);
    expect((await host.send(`GET /trpc/moderation.fail?input=${input}`)).statusCode).toBe(503);
    await host.send(`GET /trpc/moderation.fail,moderation.fail?batch=1&input=${both}`);
  }
  await host.send('GET /v1/failures/wait');
  await host.send('GET /v1/failures/known');
  const seconds = Math.ceil((performance.now() - startedAt) / 1000);
  expect([await countOf('ECONNREFUSED'), await countOf('unavailable')]).toEqual([15, 1]);

  const causes = told().map(({ cause }) => cause);
  expect(new Set(causes)).toEqual(new Set(['ECONNREFUSED', 'unavailable']));
  // Once a second for each cause, however slow the machine.
  expect(causes.filter((cause) => cause === 'ECONNREFUSED').length).toBeLessThanOrEqual(seconds);
  expect(told()[0]).toMatchObject({
    level: 'warn',
    requestId: expect.any(String),
    error: { message: 'Failed query', cause: { code: 'ECONNREFUSED' } },
  });
});

test('what causes a 503 is not told to clients', async () => {
  expect((await host.send('GET /v1/failures/database')).body).not.toMatch(/ECONNREFUSED|Failed query/);
});
