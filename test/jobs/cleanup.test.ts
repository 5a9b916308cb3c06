import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { createMetrics } from '../../server/api/monitoring/metrics.ts';
import { cleanUp, startCleanup } from '../../server/jobs/cleanup.ts';
import { type CleanupTask, cleanupTasks } from '../../server/jobs/cleanupTasks.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { test } from '../support/fixtures.ts';
import { insertMedia } from '../support/mediaRows.ts';
import { storedKeys } from '../support/objects.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
beforeEach(() => world.app.db.execute(sql`delete from cleanup_tasks`));

const { signal } = new AbortController();

/** Outcomes reported for each task. */
async function run(tasks: Record<string, CleanupTask>, { app }: World = world) {
  const told: [task: string, outcome: string, removed: number][] = [];
  await cleanUp(app, { tasks, onOutcome: (...outcome) => told.push(outcome) }, signal);
  return told;
}

const counting = (amounts: number[], everyMinutes = 10) => {
  const taken: number[] = [];
  const task: CleanupTask = {
    everyMinutes,
    step: async () => {
      const amount = amounts[taken.length] ?? 0;
      taken.push(amount);
      return amount;
    },
  };
  return { taken, task };
};

const runOnly = (name: keyof typeof cleanupTasks) => run({ [name]: cleanupTasks[name]! });

describe('a task', () => {
  test('goes on until nothing is left, and is not due again before its time', async () => {
    const { taken, task } = counting([5, 3, 0]);
    expect(await run({ task })).toEqual([['task', 'ok', 8]]);
    expect(taken).toEqual([5, 3, 0]);
    expect(await run({ task })).toEqual([]);
    await world.app.db.execute(sql`update cleanup_tasks set ran_at = now() - interval '11 minutes'`);
    expect(await run({ task })).toEqual([['task', 'ok', 0]]);
  });

  test('runs on only one of several instances that check at once', async () => {
    const { taken, task } = counting([1]);
    const told = await Promise.all(Array.from({ length: 20 }, (_, n) => run({ task }, n % 2 ? world : peer)));
    expect(told.flat()).toEqual([['task', 'ok', 1]]);
    expect(taken).toEqual([1, 0]);
  });

  test('of an instance that died is taken over when its lease has ended', async () => {
    const { task } = counting([]);
    await world.app.db.execute(sql`
      insert into cleanup_tasks (task, leased_until) values ('task', now() + interval '1 minute')`);
    expect(await run({ task })).toEqual([]);
    await world.app.db.execute(sql`update cleanup_tasks set leased_until = now()`);
    expect(await run({ task })).toEqual([['task', 'ok', 0]]);
  });

  test('that fails is reported, waits for its next run, and does not delay the others', async () => {
    const broken: CleanupTask = { everyMinutes: 10, step: () => Promise.reject(new Error('no')) };
    const { task } = counting([2]);
    expect(await run({ broken, task })).toEqual([
      ['broken', 'failed', 0],
      ['task', 'ok', 2],
    ]);
    expect(await run({ broken, task })).toEqual([]);
  });

  test('that is stopped in the middle goes on at the next look', async () => {
    const stopping = new AbortController();
    const task: CleanupTask = {
      everyMinutes: 10,
      step: async (_, lease) => {
        lease.progress = `${lease.progress ?? ''}x`;
        stopping.abort();
        return 1;
      },
    };
    await cleanUp(world.app, { tasks: { task }, onOutcome: () => {} }, stopping.signal);
    const seen: (string | null)[] = [];
    const look: CleanupTask = {
      everyMinutes: 10,
      step: async (_, lease) => {
        seen.push(lease.progress);
        return 0;
      },
    };
    await run({ task: look });
    expect(seen).toEqual(['x']);
  });

  test('is counted in the metrics', async () => {
    const metrics = createMetrics();
    const broken: CleanupTask = { everyMinutes: 10, step: () => Promise.reject(new Error('no')) };
    const tasks = { broken, task: counting([5, 3]).task };
    await cleanUp(world.app, { tasks, onOutcome: metrics.countCleanup }, signal);
    const text = await metrics.text();
    expect(text).toContain('ciel_cleanup_runs_total{task="task",outcome="ok"} 1');
    expect(text).toContain('ciel_cleanup_runs_total{task="broken",outcome="failed"} 1');
    expect(text).toContain('ciel_cleanup_removed_total{task="task"} 8');
  });

  test('that was never begun is not waited for by a stop', async () => {
    await startCleanup(world.app, { onOutcome: () => {} }).stop();
  });
});

describe('cleaning up', () => {
  test('removes objects that no row knows of, and leaves all others', async () => {
    const owner = await world.person('keeper');
    await world.post(owner);
    const needed = await storedKeys(world);
    const options = { contentType: 'image/webp', cacheControl: 'no-store' };
    const orphans = [
      `orig/${randomUUID()}`,
      `priv/${randomUUID()}/thumb.webp`,
      `pub/${randomUUID()}/large.jpeg`,
    ];
    for (const key of [...orphans, 'backup/of-the-operator'])
      await world.app.storage.write(key, Buffer.from('x'), options);
    expect(await runOnly('objects')).toEqual([['objects', 'ok', 3]]);
    expect(await storedKeys(world)).toEqual([...needed, 'backup/of-the-operator'].sort());
    await world.app.storage.remove(['backup/of-the-operator']);
  });

  test('removes no objects when the database is not the one they belong to', async () => {
    const owner = await world.person('collector');
    for (let count = 0; count < 3; count += 1) await world.post(owner);
    const stored = await storedKeys(world);
    const other = await createWorld({ storage: world.app.storage });
    const { objects } = cleanupTasks;
    expect(await run({ objects: objects! }, other)).toEqual([['objects', 'failed', 0]]);
    expect(await storedKeys(world)).toEqual(stored);
    await other.close();
  });

  test('leaves where a photograph is being moved to', async () => {
    const owner = await world.person('mover');
    await insertMedia(world, owner, 1);
    await world.app.db.execute(sql`
      update media set moving_to = 'pub/going-there' where owner_id = ${owner.id}`);
    const options = { contentType: 'image/webp', cacheControl: 'no-store' };
    await world.app.storage.write('pub/going-there/thumb.webp', Buffer.from('x'), options);
    expect(await runOnly('objects')).toEqual([['objects', 'ok', 0]]);
    expect(await storedKeys(world)).toContain('pub/going-there/thumb.webp');
    await world.app.storage.remove(['pub/going-there/thumb.webp']);
  });

  test('leaves where a photograph can still be read, and removes the place when its time is over', async () => {
    const owner = await world.person('retainer');
    const [mediaId] = (await insertMedia(world, owner, 1)) as [string];
    await world.app.db.execute(sql`
      insert into retained_places (place, media_id, until) values
        ('priv/retained', ${mediaId}, now() + interval '1 hour'), ('priv/ended', ${mediaId}, now() - interval '1 second')`);
    const options = { contentType: 'image/webp', cacheControl: 'no-store' };
    for (const place of ['priv/retained', 'priv/ended'])
      await world.app.storage.write(`${place}/thumb.webp`, Buffer.from('x'), options);
    expect(await runOnly('uploads')).toEqual([['uploads', 'ok', 1]]);
    expect(await runOnly('objects')).toEqual([['objects', 'ok', 1]]);
    const stored = await storedKeys(world);
    expect(stored).toContain('priv/retained/thumb.webp');
    expect(stored).not.toContain('priv/ended/thumb.webp');
    await world.app.storage.remove(['priv/retained/thumb.webp']);
  });

  test('removes mutes that have ended, and no others', async () => {
    const { muter, one, two, three } = await world.people('muter', 'one', 'two', 'three');
    for (const { id } of [one, two, three]) await world.as(muter).social.mute({ userId: id });
    await world.app.db.execute(sql`
      update mutes set expires_at = now() - interval '1 second' where muted_id = ${one.id}`);
    await world.app.db.execute(sql`
      update mutes set expires_at = now() + interval '1 hour' where muted_id = ${two.id}`);
    expect(await runOnly('mutes')).toEqual([['mutes', 'ok', 1]]);
    expect((await world.as(muter).social.mutes({})).items).toHaveLength(2);
  });

  test('removes sessions and security events that are long over', async () => {
    const { id } = await world.person('sleeper');
    await world.app.db.execute(sql`
      insert into sessions (user_id, expires_at, revoked_at, revoke_reason) values
        (${id}, now() - interval '31 days', null, null), (${id}, now() - interval '29 days', null, null),
        (${id}, now() + interval '1 day', now() - interval '31 days', 'signOut'),
        (${id}, now() + interval '1 day', now() - interval '29 days', 'signOut')`);
    await world.app.db.execute(sql`
      insert into security_events (user_id, kind, created_at) values
        (${id}, 'signIn', now() - interval '181 days'), (${id}, 'signIn', now() - interval '179 days')`);
    expect(await runOnly('sessions')).toEqual([['sessions', 'ok', 2]]);
    expect(await runOnly('securityEvents')).toEqual([['securityEvents', 'ok', 1]]);
  });

  test('purges posts that were deleted 30 days ago, with their likes, and no others', async () => {
    const { author, fan } = await world.people('author', 'fan');
    const [old, late, live] = [await world.post(author), await world.post(author), await world.post(author)];
    for (const { id } of [old, late, live]) await world.as(fan).engagement.like({ postId: id });
    for (const { id } of [old, late]) await world.as(author).posts.delete({ postId: id });
    await world.app.db.execute(sql`
      update posts set deleted_at = now() - interval '31 days' where id = ${old.id}`);
    expect(await runOnly('posts')).toEqual([['posts', 'ok', 2]]);
    const left = await world.app.db.execute<{ id: string }>(sql`
      select id from posts where author_id = ${author.id} order by id`);
    expect(left.map(({ id }) => id)).toEqual([late.id, live.id].sort());
  });

  test('takes the comments of others along with a post, and what they were worth', async () => {
    const { writer, reader } = await world.people('writer', 'reader');
    const { id: postId } = await world.post(writer);
    const { id: parentId } = await world.as(reader).engagement.comment({ postId, body: 'Snow' });
    for (const body of ['Ice', 'Frost'])
      await world.as(reader).engagement.comment({ postId, body, parentId });
    await world.drain();
    expect((await world.as(reader).trust.score({})).points).toBe(6);
    await world.as(writer).posts.delete({ postId });
    await world.app.db.execute(sql`
      update posts set deleted_at = now() - interval '31 days' where id = ${postId}`);
    expect(await runOnly('posts')).toEqual([['posts', 'ok', 4]]);
    await world.drain();
    expect((await world.as(reader).trust.score({})).points).toBe(0);
    await expectConsistentData(world);
  });

  test('purges comments that were deleted 30 days ago', async () => {
    const { host, guest } = await world.people('host', 'guest');
    const { id: postId } = await world.post(host);
    const old = await world.as(guest).engagement.comment({ postId, body: 'Snow' });
    const late = await world.as(guest).engagement.comment({ postId, body: 'Ice' });
    for (const { id } of [old, late])
      await world.as(guest).engagement.deleteComment({ postId, commentId: id });
    await world.app.db.execute(sql`
      update comments set deleted_at = now() - interval '31 days' where id = ${old.id}`);
    expect(await runOnly('comments')).toEqual([['comments', 'ok', 1]]);
  });
});
