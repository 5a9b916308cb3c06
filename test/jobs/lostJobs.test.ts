import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { handOutAgain } from '../../server/domains/media/handout/service.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { startRelay } from '../../server/infra/queue/relay.ts';
import { createTableQueue } from '../../server/infra/queue/table.ts';
import { runNow } from '../../server/jobs/cleanup.ts';
import { cleanupTasks } from '../../server/jobs/cleanupTasks.ts';
import { noteJobsHandedOut } from '../../server/jobs/index.ts';
import { queueTasks } from '../../server/jobs/queueTasks.ts';
import { jobs, media } from '../../server/schema/index.ts';
import { test } from '../support/fixtures.ts';
import { openSqs, receiveNow, type TestSqs } from '../support/queues.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
let peer: World;
let alice: Person;
let sqs: TestSqs;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  alice = aliceOfFile;
});
beforeAll(async () => {
  sqs = await openSqs();
});
afterAll(() => sqs?.close());

let mediaId: string;
beforeEach(async () => {
  for (const left of await receiveNow(sqs.queue)) await sqs.queue.ack(left);
  await world.database.sql`delete from jobs`;
  await world.database.sql`delete from cleanup_tasks`;
  await world.database
    .sql`update media set status = 'failed', failure = 'Of another test' where status in ('uploaded', 'processing')`;
  mediaId = await world.upload(alice);
});

const rowOf = async (id: string) => (await world.app.db.select().from(media).where(eq(media.id, id)))[0]!;
const waitingJobs = () => world.app.db.$count(jobs, sql`kind = 'media.process' and dead_at is null`);

/** As the relay of an API does, until the table is empty. */
async function relay(): Promise<void> {
  const from = createTableQueue({ db: world.database.db, queue: 'media' });
  const relay = startRelay({
    from,
    to: sqs.queue,
    log: silentLog,
    beforeSend: (batch) => noteJobsHandedOut(world.app, batch),
  });
  await expect.poll(waitingJobs).toBe(0);
  await relay.stop();
}

/** Loses what the queue has, as a purge does. */
async function lose(): Promise<void> {
  sqs.double.advance(3_600_000);
  for (const lost of await receiveNow(sqs.queue)) await sqs.queue.ack(lost);
}

/** Lets the time pass for the rows that the task looks at. */
async function elapse(time: string): Promise<void> {
  await world.database.sql`
    update media set handed_out_at = handed_out_at - ${time}::interval, status_changed_at = status_changed_at - ${time}::interval`;
  const [row] = await world.database.sql<{ looked: string; ms: number }[]>`
    select progress as looked, extract(epoch from ${time}::interval)::float8 * 1000 as ms
    from cleanup_tasks where task = 'lostMedia' and progress is not null`;
  if (!row) return;
  const looked = row.looked.split(' ').map((at) => Math.max(0, Number(at) - row.ms));
  await world.database.sql`update cleanup_tasks set progress = ${looked.join(' ')} where task = 'lostMedia'`;
}

const look = (queue: TestSqs['queue'] | null = sqs.queue) =>
  runNow(world.app, 'lostMedia', queueTasks(queue).lostMedia);

describe('a photograph whose job another queue has lost', () => {
  test('is handed out again once the queue has been empty for a minute', async () => {
    const { id } = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await relay();
    expect((await rowOf(mediaId)).handedOutAt).not.toBeNull();
    await lose();
    await elapse('1 minute');
    expect(await look()).toBe(0);
    await elapse('1 minute');
    expect(await look()).toBe(1);
    expect(await waitingJobs()).toBe(1);
    await world.drain();
    expect((await world.anonymous.posts.get({ postId: id })).status).toBe('published');
    await elapse('1 hour');
    expect(await look()).toBe(0);
  });

  test('is handed out again after 20 minutes though the queue has others, and that is no loss', async () => {
    await relay();
    await lose();
    await sqs.queue.send([{ kind: 'media.process', mediaId: alice.id }]);
    await elapse('19 minutes');
    expect([await look(), await look()]).toEqual([0, 0]);
    await elapse('2 minutes');
    expect(await look()).toBe(1);
    expect(await rowOf(mediaId)).toMatchObject({ status: 'uploaded', lostJobs: 0 });
    expect(await look()).toBe(0);
  });

  test('is not taken for lost while a worker has it, or while the queue is unavailable', async () => {
    await relay();
    expect(await receiveNow(sqs.queue)).toHaveLength(1);
    await elapse('10 minutes');
    await look();
    await elapse('5 minutes');
    expect(await look()).toBe(0);
    await lose();
    sqs.double.faults.isDown = true;
    expect([await look(), await look()]).toEqual([0, 0]);
    sqs.double.faults.isDown = false;
  });

  test('fails and keeps its file when that happens every time', async () => {
    for (let loss = 1; loss <= 5; loss++) {
      await relay();
      await lose();
      await elapse('2 minutes');
      await look();
      await elapse('2 minutes');
      expect(await look()).toBe(1);
    }
    await relay();
    await lose();
    expect(await runNow(world.app, 'stuckMedia', cleanupTasks.stuckMedia!)).toBe(1);
    const uploadId = mediaId;
    expect(await world.as(alice).media.status({ uploadId })).toMatchObject({
      status: 'failed',
      retryUntil: expect.any(Date),
    });
    expect(await world.as(alice).media.complete({ uploadId })).toMatchObject({ status: 'uploaded' });
    await world.drain();
    expect(await rowOf(mediaId)).toMatchObject({ status: 'completed', lostJobs: 0 });
  });

  test('is handed out once by many processes at once, also when a job of an earlier failure is dead', async () => {
    await world.app.db.insert(jobs).values({
      queue: 'media',
      kind: 'media.process',
      body: { mediaId },
      deadAt: sql`now() - interval '1 day'`,
    });
    await relay();
    await elapse('1 minute');
    const before = new Date();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        handOutAgain((n % 2 ? world : peer).app, { before, isLost: false }),
      ),
    );
    expect(await waitingJobs()).toBe(1);
  });
});

test('without another queue, a photograph without a job gets one after a minute', async () => {
  await world.database.sql`delete from jobs`;
  expect(await look(null)).toBe(0);
  await elapse('2 minutes');
  expect(await look(null)).toBe(1);
  await world.drain();
  expect((await rowOf(mediaId)).status).toBe('completed');
});
