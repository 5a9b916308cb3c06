import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createTableQueue } from '../../server/infra/queue/table.ts';
import { runNow } from '../../server/jobs/cleanup.ts';
import { queueTasks } from '../../server/jobs/queueTasks.ts';
import { test } from '../support/fixtures.ts';
import { openSqs, receiveNow, type TestSqs } from '../support/queues.ts';
import type { World } from '../support/world.ts';

let world: World;
let peer: World;
let sqs: TestSqs;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
beforeAll(async () => {
  sqs = await openSqs();
});
afterAll(() => sqs?.close());
beforeEach(async () => void (await world.database.sql`delete from jobs`));

const die = (text: string) => sqs.double.sendRaw(`${sqs.name}-dead`, text);
const job = () => ({ kind: 'media.process', mediaId: randomUUID() });

async function move({ app }: World = world): Promise<void> {
  while ((await runNow(app, 'deadLetters', queueTasks(sqs.queue).deadLetters)) > 0);
}

const listed = async () => (await world.admin.jobs.dead({ limit: 200 })).items;

test('what lies in the dead-letter queue becomes a dead job, which can be replayed by its number', async () => {
  const { kind, ...body } = job();
  await sqs.queue.send([{ kind, ...body }]);
  for (let receives = 1; receives <= 5; receives++) {
    const [delivery] = await receiveNow(sqs.queue);
    await sqs.queue.release(delivery!, 0);
  }
  expect(await receiveNow(sqs.queue)).toEqual([]);
  await move();
  const [dead] = await listed();
  expect(dead).toMatchObject({ queue: 'media', kind, body, tries: 5 });
  expect(sqs.double.bodies(`${sqs.name}-dead`)).toEqual([]);
  expect(await world.admin.jobs.replay({ ids: [dead!.id] })).toEqual({ replayed: 1 });
  const table = createTableQueue({ db: world.database.db, queue: 'media' });
  expect(await receiveNow(table)).toMatchObject([{ body: { kind, ...body }, receiveCount: 1 }]);
});

test.each([
  ['no JSON', '{"kind": "media.pro'],
  ['null', 'null'],
  ['an array', '[{"kind":"media.process"}]'],
  ['an object without a kind', '{"mediaId":"1"}'],
  ['a kind that is too long', JSON.stringify({ kind: 'k'.repeat(101) })],
  ['a character that no jsonb holds', '{"kind":"odd","text":"\\u0000"}'],
  ['half a pair of surrogates', '{"kind":"odd","text":"\\ud800"}'],
  ['too much nesting', `{"kind":"odd","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('%s becomes a dead job of the kind unreadable', async (_, text) => {
  die(text);
  await move();
  expect(await listed()).toMatchObject([
    { queue: 'media', kind: 'unreadable', body: { raw: text.slice(0, 4000) } },
  ]);
});

test('one that was kept but not removed from the queue is kept once', async () => {
  die(JSON.stringify(job()));
  const { step } = queueTasks({
    ...sqs.queue,
    takeDead: (keep) =>
      sqs.queue.takeDead(async (letter) => {
        await keep(letter);
        throw new Error('killed');
      }),
  }).deadLetters;
  await expect(step(world.app)).rejects.toThrow('killed');
  sqs.double.advance(61_000);
  await move();
  expect(await listed()).toHaveLength(1);
});

test('two processes move each of them once', async () => {
  const jobs = Array.from({ length: 25 }, job);
  for (const each of jobs) die(JSON.stringify(each));
  await Promise.all([move(), move(peer), move(), move(peer)]);
  expect((await listed()).map(({ body }) => body.mediaId).sort()).toEqual(
    jobs.map(({ mediaId }) => mediaId).sort(),
  );
});
