import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const operator = () => createCaller(world.app)(scriptContext(null, 'Zoe'));

/** Uploads whose jobs were tried in vain, by id. */
async function putAside(count: number): Promise<number[]> {
  const alice = await world.person(`alice_${count}`);
  for (let n = 0; n < count; n++) await world.upload(alice);
  const rows = await world.database.sql<{ id: number }[]>`
    update jobs set dead_at = now(), receive_count = 5, last_error = 'the store is away'
    where kind = 'media.process' and dead_at is null returning id::int`;
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

test('dead jobs are listed page after page, are replayed, and then are done', async () => {
  const ids = await putAside(3);
  const first = await operator().jobs.dead({ limit: 2 });
  const second = await operator().jobs.dead({ limit: 2, cursor: first.nextCursor! });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
  expect(first.items[0]).toMatchObject({ kind: 'media.process', tries: 5, lastError: 'the store is away' });
  expect(await operator().jobs.replay({ ids: [ids[0]!, 9_000_000] })).toEqual({ replayed: 1 });
  expect(await operator().jobs.replay({ ids: [ids[0]!] })).toEqual({ replayed: 0 });
  expect(await operator().jobs.replay({ ids: 'all' })).toEqual({ replayed: 2 });
  expect((await operator().jobs.dead({})).items).toEqual([]);
  await world.drain();
  const [left] = await world.database.sql`select count(*)::int as n from media where status <> 'completed'`;
  expect(left).toEqual({ n: 0 });
  const { items } = await operator().moderation.audit({ action: 'job.replay' });
  expect(items.map(({ actor, subjectId, details }) => [actor, subjectId, details])).toEqual([
    ['Zoe', 'all', { replayed: 2 }],
    ['Zoe', `${ids[0]} 9000000`, { replayed: 1 }],
  ]);
});

test('two operators who replay at once replay each job once', async () => {
  await putAside(4);
  const both = await Promise.all([1, 2].map(() => operator().jobs.replay({ ids: 'all' })));
  expect(both.map(({ replayed }) => replayed).sort()).toEqual([0, 4]);
});

test('an invalid list of jobs is refused', async () => {
  for (const ids of ['none', [], [0], [1.5], ['1'], [2 ** 60], Array.from({ length: 201 }, (_, n) => n + 1)])
    expect([ids, await codeOf(operator().jobs.replay({ ids } as never))]).toEqual([ids, 'invalid_input']);
});
