import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../../server/config/config.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const UNITS: Record<string, number> = {
  second: SECOND,
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: 1440 * MINUTE,
};

/** The constant in the file; times in ms. */
function numberIn(path: string, name: string): number {
  const [, value] = new RegExp(`\\bconst ${name} = ([^;]+);`).exec(readFileSync(path, 'utf8')) ?? [];
  const [, count, unit] = /interval '(\d+) (\w+?)s?'/.exec(value ?? '') ?? [];
  if (unit) return Number(count) * UNITS[unit]!;
  const factors = (value ?? '').split('*').map((factor) => Number(factor.replaceAll('_', '')));
  expect(factors.every(Number.isFinite), `${name} in ${path} is a number`).toBe(true);
  return factors.reduce((product, factor) => product * factor, 1);
}

const inModes = (name: string) => numberIn('server/bootstrap/modes.ts', name);
const databaseOf = (APP_MODE: string) =>
  parseConfig({
    DATABASE_URL: 'postgres://localhost/ciel',
    APP_MODE,
    S3_BUCKET: 'photos',
    PASETO_ACCESS_KEY: Buffer.alloc(32, 1).toString('base64'),
    PASETO_REFRESH_KEY: Buffer.alloc(32, 2).toString('base64'),
  }).database;
const database = databaseOf('worker');
const STATEMENT = database.statementTimeoutSeconds * SECOND;
const STOP_WITHIN = numberIn('server/bootstrap/program.ts', 'STOP_WITHIN_MS');

test('the parts of a process stop in the time that the whole has', () => {
  const http = 'server/api/http/gracefulShutdown.ts';
  const requests = numberIn(http, 'CLOSE_WITHIN_MS');
  const [, jobs] = /stopMs = (\d+)/.exec(readFileSync('server/infra/queue/consumer.ts', 'utf8'))!;
  const connections = numberIn('server/infra/db/connect.ts', 'CLOSE_TIMEOUT_SECONDS') * SECOND;
  expect(Math.max(requests, Number(jobs)) + connections).toBeLessThan(STOP_WITHIN);
});

test.each(['api', 'combined'])('jobs leave half of the connections of %s to requests', (mode) => {
  const [relay, cleanup] = [1, 1];
  const media = mode === 'combined' ? inModes('MEDIA_AT_ONCE') : 0;
  const jobs = media + inModes('EFFECTS_AT_ONCE') + relay + cleanup;
  expect(jobs).toBeLessThanOrEqual(databaseOf(mode).maxConnections / 2);
});

test.each(['worker', 'serverless-worker'])(
  'a %s has a connection for each picture and its heartbeat',
  (mode) => {
    expect(databaseOf(mode).maxConnections).toBeGreaterThanOrEqual(2 * inModes('MEDIA_AT_ONCE'));
  },
);

test('two APIs and two workers fit into a PostgreSQL with its defaults, also twice, during a rollout', () => {
  const [all, reserved] = [100, 3];
  const wanted = 2 * databaseOf('api').maxConnections + 2 * databaseOf('worker').maxConnections;
  expect(2 * wanted).toBeLessThan(all - reserved);
});

test('who waits for a lock is refused before their statement or request runs out of time', () => {
  const lock = numberIn('server/infra/db/connect.ts', 'LOCK_TIMEOUT_MS');
  expect(lock).toBeLessThan(STATEMENT);
});

test('what is left of a deleted account is looked for only after every earlier transaction has ended', () => {
  const idle = 2 * STATEMENT;
  expect(numberIn('server/domains/account/deletion/service.ts', 'STRAGGLERS_MS')).toBeGreaterThan(idle);
});

test('a turn of a cleanup task ends before another process takes the task over', () => {
  const lease = numberIn('server/jobs/cleanupLeases.ts', 'LEASE');
  expect(lease).toBeGreaterThan(numberIn('server/jobs/cleanup.ts', 'RUN_MS') + 2 * STATEMENT);
});

test('a stream is renewed before it counts as ended, and its position is good for as long as events are kept', () => {
  const renew = numberIn('server/domains/events/public.ts', 'RENEW_EVERY_MS');
  expect(2 * renew).toBeLessThan(numberIn('server/domains/events/queries.ts', 'LISTENS'));
  const kept = numberIn('server/domains/events/queries.ts', 'KEPT');
  expect(numberIn('server/domains/events/positions.ts', 'GOOD_FOR_MS')).toBeLessThan(kept);
});

test('a process is taken for dead only after several heartbeats', () => {
  const beat = numberIn('server/bootstrap/peers.ts', 'BEAT_MS');
  expect(3 * beat).toBeLessThan(numberIn('server/domains/processes/queries.ts', 'LIVES'));
});
