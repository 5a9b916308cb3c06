import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import {
  countConnections,
  findUnlikePeers,
  listProcesses,
  purgeDeadProcesses,
  renewProcess,
} from '../../../server/domains/processes/public.ts';
import { test } from '../../support/fixtures.ts';

const self = {
  mode: 'api',
  host: 'ciel-1',
  pid: 7,
  connections: 16,
  version: '1.0.0',
  publicUrl: 'https://ciel.example.org',
  store: 'ciel-media at s3.example.org',
  queue: 'database',
  accessKeys: ['a'],
  refreshKeys: ['r'],
};

test('a peer is one for as long as it renews its row; a process that was only stopped comes back', async ({
  world: { app },
}) => {
  const id = await renewProcess(app, self);
  const other = await renewProcess(app, { ...self, store: 'files' });
  const unlike = async () =>
    (await findUnlikePeers(app, self, id)).map(({ peer, aspects }) => [peer.id, aspects]);
  expect(await unlike()).toEqual([[other, ['store']]]);

  await app.db.execute(sql`update processes set seen_at = now() - interval '1 minute' where id = ${other}`);
  expect(await unlike()).toEqual([]);
  expect(await purgeDeadProcesses(app)).toBe(0);
  expect(await renewProcess(app, { ...self, store: 'files' }, other)).toBe(other);
  expect(await unlike()).toEqual([[other, ['store']]]);

  await app.db.execute(sql`update processes set seen_at = now() - interval '2 hours' where id = ${other}`);
  expect(await purgeDeadProcesses(app)).toBe(1);
  expect((await listProcesses(app)).map((row) => row.id)).toEqual([id]);
  // After an hour without a turn of its own.
  expect(await renewProcess(app, { ...self, store: 'files' }, other)).toBe(other);
  expect(await unlike()).toEqual([[other, ['store']]]);
});

test('the connections of living processes are counted, against those that the role may have', async ({
  world: { app },
}) => {
  await app.db.execute(sql`delete from processes`);
  const before = await countConnections(app);
  expect(before.wanted).toBe(0);
  await renewProcess(app, self);
  const dead = await renewProcess(app, { ...self, connections: 500 });
  await app.db.execute(sql`update processes set seen_at = now() - interval '1 minute' where id = ${dead}`);
  expect(await countConnections(app)).toEqual({ ...before, wanted: 16 });

  const [limit] = await app.db.execute<{ name: string }>(sql`select current_database() as name`);
  await app.db.execute(sql`alter database ${sql.identifier(limit!.name)} connection limit 12`);
  expect(await countConnections(app)).toEqual({ available: 12, wanted: 16 });
});
