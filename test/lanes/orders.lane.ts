import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { runJob } from '../../server/jobs/index.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { createConsumers } from '../support/consumers.ts';
import { crowd, type Extra } from '../support/crowd.ts';
import { idsOf, plainFeed, walkFeed } from '../support/feeds.ts';
import { testWith } from '../support/fixtures.ts';
import { orphanObjects } from '../support/objects.ts';
import { makePhotograph } from '../support/photograph.ts';
import { openSqs } from '../support/queues.ts';
import { seededRandom } from '../support/random.ts';
import { codeOf } from '../support/refusal.ts';
import { writePosts } from '../support/trustRows.ts';
import type { Person, World } from '../support/world.ts';

const SEEDS = Number(process.env.SEEDS ?? 100);
const settings = { rateLimitFactor: 1_000_000 };

let world: World;
let peer: World;
let photographer: Person;
const test = testWith({ settings });
test.beforeAll(async ({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  photographer = await world.person('photographer');
});

describe('the jobs of all that people do and undo, a third of them twice, in any order and late', () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'have each effect once (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const people = await crowd(world, 3, `order${seed}`);
      await live(people, random, seed);
      await workOff(seed);
      await expectNotices(people);
      for (const person of people)
        expect(idsOf(await walkFeed(world, person, 50))).toEqual(await plainFeed(world, person));
    },
  );

  test('and leave sound data, and each photograph its own objects', async () => {
    const own = await world.database.sql<{ status: string; folder: string; original_key: string }[]>`
      select status, folder, original_key from media where owner_id = ${photographer.id}`;
    expect(own.map(({ status }) => status)).toEqual(Array(SEEDS).fill('completed'));
    const { orphaned, missing } = await orphanObjects(world);
    const parts = own.flatMap(({ folder, original_key }) => [folder, original_key]);
    const lost = missing.filter((key) => parts.some((part) => key.includes(part)));
    expect({ orphaned, lost }).toEqual({ orphaned: [], lost: [] });
    await expectConsistentData(world);
  });
});

/** Posts, likes, comments and follows, many of them taken back, while no job runs. */
async function live(people: Extra[], random: () => number, seed: number): Promise<void> {
  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!;
  const posts = await writePosts(world, people[0]!, 1);
  const mediaId = await world.upload(photographer, await makePhotograph(seed, { width: 48, height: 32 }));
  const caption = `@${pick(people).handle}`;
  await world.as(photographer).posts.create({ mediaIds: [mediaId], caption, visibility: 'public' });
  for (let n = 0; n < 24; n++) {
    const [on, one, other] = [random() < 0.5 ? world : peer, pick(people), pick(people)];
    const [as, target] = [on.as(one), { postId: pick(posts) }];
    const acts: (() => Promise<unknown>)[] = [
      () => as.engagement.like(target),
      () => as.engagement.like(target),
      () => as.engagement.unlike(target),
      () => as.social.follow({ userId: other.id }),
      () => as.social.follow({ userId: photographer.id }),
      () => as.social.unfollow({ userId: other.id }),
      () => as.engagement.comment({ ...target, body: `Look, ${n}` }),
      async () => posts.push(...(await writePosts(on, one, 1))),
      () => as.posts.delete(target),
    ];
    expect(['ok', 'not_found', 'self_action']).toContain(await codeOf(Promise.resolve(pick(acts)())));
  }
}

/** By two workers over an SQS of that seed; what the jobs themselves enqueue as well. */
async function workOff(seed: number): Promise<void> {
  const { queue, double, name, close } = await openSqs(seededRandom(seed));
  Object.assign(double.faults, { duplicates: 0.3, isReordering: true, maxDelayMs: 100 });
  const workers = createConsumers();
  for (const { app } of [world, peer])
    workers.start(queue, ({ body }, signal) => runJob(app, body, signal), { visibilityMs: 60_000 });
  for (let isDone = false; !isDone; await sleep(10)) {
    const rows = await world.database.sql<{ kind: string; body: object }[]>`
      delete from jobs where visible_at <= now() returning kind, body`;
    for (let at = 0; at < rows.length; at += 10)
      await queue.send(rows.slice(at, at + 10).map(({ kind, body }) => ({ ...body, kind })));
    isDone = rows.length === 0 && double.bodies(name).length === 0 && (await isTableEmpty());
  }
  await workers.stop();
  const failures = workers.outcomes.filter((outcome) => !['done', 'retried'].includes(outcome));
  expect(failures).toEqual([]);
  await close();
}

const isTableEmpty = async () =>
  (await world.database.sql`select 1 from jobs where visible_at <= now()`).length === 0;

/** One for each source that exists, computed independently of the service: from the tables. */
async function expectNotices(people: Extra[]): Promise<void> {
  const { sql } = world.database;
  const ids = people.map(({ id }) => id);
  const [due, told] = await Promise.all([
    sql`
      select * from (
        select author_id as recipient, 'postLiked' as kind, user_id as source from likes
        join posts on posts.id = post_id and posts.deleted_at is null
        union all
        select posts.author_id, 'postCommented', comments.id from comments
        join posts on posts.id = post_id and posts.deleted_at is null
        where comments.deleted_at is null and comments.author_id <> posts.author_id
        union all select followee_id, 'followed', follower_id from follows
      ) acts where recipient in ${sql(ids)} and recipient <> source order by 1, 2, 3`,
    sql`
      select recipient_id as recipient, kind, source_id as source from notifications
      left join posts on posts.id = subject_id
      where recipient_id in ${sql(ids)} and retracted_at is null and posts.deleted_at is null
      and kind in ('postLiked', 'postCommented', 'followed') order by 1, 2, 3`,
  ]);
  expect(due.length).toBeGreaterThan(0);
  expect([...told]).toEqual([...due]);
}
