import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { enqueueJob } from '../../server/infra/queue/enqueueJob.ts';
import { createTableQueue } from '../../server/infra/queue/table.ts';
import { runNow } from '../../server/jobs/cleanup.ts';
import { cleanupTasks } from '../../server/jobs/cleanupTasks.ts';
import { checks } from '../../server/scripts/checks/findBroken.ts';
import { examineWaiting, states } from '../../server/scripts/doctor/waiting.ts';
import { test } from '../support/fixtures.ts';
import { receiveNow } from '../support/queues.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);

test('every kind of job has a line of doctor, a way out and a rule', () => {
  const [declared] = read('server/core/outbox.ts').split('export type JobKind');
  const kinds = [...declared!.matchAll(/^ {2}'([\w.]+)':/gm)].map(([, kind]) => kind!);
  expect(kinds.length).toBeGreaterThan(5);
  expect(states.flatMap((state) => state.kinds).sort()).toEqual(kinds.sort());
  const [, section] = read('docs/operations/monitoring.md').split('## What waits for jobs');
  const rows = section!.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.map((row) => row.split('|').slice(1, 5).map(quoted));
  expect(documented.map(([line, jobs]) => [line![0], jobs])).toEqual(
    states.map(({ name, kinds }) => [name, kinds]),
  );
  const rules = new Set(checks.map(({ name }) => name));
  const tasks = new Set([...Object.keys(cleanupTasks), 'lostMedia']);
  for (const [, , ways, names] of documented) {
    expect(ways!.filter((task) => !tasks.has(task))).toEqual([]);
    expect(names!.filter((rule) => !rules.has(rule))).toEqual([]);
    expect([ways!.length > 0, names!.length > 0]).toEqual([true, true]);
  }
});

test('a dead job of effects gets one more attempt every hour, and doctor says what waits', async ({
  world,
}) => {
  const { db } = world.app;
  await db.execute('delete from jobs');
  await enqueueJob(db, { queue: 'effects', kind: 'media.place', body: { mediaIds: [] } });
  await enqueueJob(db, { queue: 'media', kind: 'media.process', body: { mediaId: 'x' } });
  await db.execute("update jobs set dead_at = now() - interval '59 minutes', receive_count = 5");
  const retry = () => runNow(world.app, 'deadEffects', cleanupTasks.deadEffects!);
  expect(await retry()).toBe(0);
  await db.execute("update jobs set dead_at = now() - interval '61 minutes'");
  const found = await Promise.all(examineWaiting(world.database).map((look) => look()));
  expect(found.map(({ name, state }) => [name, state])).toEqual([
    ['photographs', 'ok'],
    ['placement', 'warning'],
    ['feeds', 'ok'],
    ['deletions', 'ok'],
    ['notices', 'ok'],
  ]);
  expect(await retry()).toBe(1);
  const effects = createTableQueue({ db, queue: 'effects' });
  const [delivery] = await receiveNow(effects);
  expect(delivery).toMatchObject({ body: { kind: 'media.place' }, receiveCount: 5 });
  await effects.release(delivery!, 0, 'The store is unavailable');
  expect(await receiveNow(effects)).toEqual([]);
  expect(await effects.depth()).toEqual({ ready: 0, inFlight: 0, dead: 1 });
  await db.execute('delete from jobs');
});
