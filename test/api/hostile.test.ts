import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../server/infra/log/log.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { attack } from '../support/hostile/attack.ts';
import { faultsOfLog } from '../support/hostile/judge.ts';
import { serverFor } from '../support/server.ts';
import { takeUndocumented } from '../support/undocumented.ts';
import { createWorld, type World } from '../support/world.ts';
import { listen } from './host.ts';

/** Some of the requests of `test/lanes/hostile.ts`. */
const REQUESTS = 1500;

/** Responses that every request can get are not listed for each, nor the one to an unknown procedure. */
const GENERAL = /method_not_allowed|unsupported_media_type|client_too_old|is not documented$/;

const lines: string[] = [];
let world: World;
let server: FastifyInstance;
beforeAll(async () => {
  const log = createLog('info', { write: (line) => void lines.push(line) });
  world = await createWorld({
    log,
    settings: { signupMode: 'invite', rateLimitFactor: 1_000_000, signupsPerAddressPerDay: 1_000_000 },
  });
  server = await serverFor(world.app);
});
afterAll(async () => {
  await server.close();
  await world.close();
});

test('whatever is sent, nothing fails, nothing leaks, nothing breaks', { timeout: 300_000 }, async () => {
  const target = {
    port: await listen(server),
    adminToken: world.app.secrets.adminToken!,
    drain: world.drain,
  };
  const { faults, statuses, names, unreached, secrets } = await attack(target, {
    count: REQUESTS,
    atOnce: 1,
  });
  expect(faults).toEqual([]);
  expect(takeUndocumented().filter((fault) => !GENERAL.test(fault))).toEqual([]);
  expect(faultsOfLog(lines, secrets)).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  await expectConsistentData(world);
  // Most requests come as far as they can: neither all of them are refused, nor is any kind of refusal missing.
  expect(unreached.length).toBeLessThan(names.length / 3);
  for (const status of [200, 201, 204, 400, 401, 403, 404, 405, 415])
    expect(statuses.get(status) ?? 0, `answers of ${status}`).toBeGreaterThan(5);
});
