import { expect } from 'vitest';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { idsOf, patiently, plainFeed, walkFeed } from '../../support/feeds.ts';
import { testWith } from '../../support/fixtures.ts';
import { seededRandom } from '../../support/random.ts';
import { createActivity, startWorkers, untilJobsDone } from '../../support/randomActivity.ts';
import type { World } from '../../support/world.ts';

/** So low that every path is taken: entries end early, and some people are widely followed. */
const settings = { feedEntriesKept: 12, widelyFollowedAt: 5 };

let world: World;
let peer: World;
const test = testWith({ settings });
test.beforeAll(async ({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  // Many posts of one time, so that only their ids tell them apart.
  await world.database.sql`alter table posts alter column created_at set default date_trunc('second', now())`;
});

const emptyEntries = () => world.database.sql`truncate feed_entries, feed_readers`;

/** Every reader's whole walk, in long and in short pages, on one process and on the other, is the plain feed. */
async function expectPlainFeeds(people: Extra[]) {
  for (const reader of people) {
    const plain = await plainFeed(world, reader);
    const walks = [world, peer].map(async (process, n) => {
      await process.as(reader).feed.refresh({});
      return idsOf(await walkFeed(process, reader, n === 0 ? 30 : 3));
    });
    expect(await Promise.all(walks)).toEqual([plain, plain]);
  }
}

test.each([1, 2])(
  'every feed is the plain one after people lived on two processes (seed %i)',
  async (seed) => {
    const people = await crowd(world, 10, `soul${seed}`);
    const society = createActivity(world, people, seededRandom(seed));
    for (let round = 0; round < 2; round++) {
      const workers = startWorkers(world, peer);
      const wrong = await Promise.all(
        [world, peer, world, peer, world, peer].map((process) => society.live(process, 25)),
      );
      expect(wrong.flat()).toEqual([]);
      await untilJobsDone(world);
      await workers.stop();
      await expectPlainFeeds(people);
      if (round === 0) {
        await emptyEntries();
        await expectPlainFeeds(people.slice(0, 3));
      }
    }
  },
);

test('a walk during writes meets each lasting post once, in order, also while the entries are emptied', async () => {
  const people = await crowd(world, 10, 'busy');
  const readers = await crowd(world, 3, 'quiet');
  for (const reader of readers)
    for (const { id: userId } of people) await world.as(reader).social.follow({ userId });
  const society = createActivity(world, people, seededRandom(4));
  const workers = startWorkers(world, peer);
  await society.live(world, 80);
  for (let round = 0; round < 2; round++) {
    await untilJobsDone(world);
    const before = await Promise.all(readers.map((reader) => plainFeed(world, reader)));
    for (const reader of readers) await world.as(reader).feed.refresh({});
    let isLiving = true;
    const life = Promise.all([society.live(world, 40), society.live(peer, 40)]).finally(() => {
      isLiving = false;
    });
    const emptying = (async () => {
      while (isLiving) await patiently(emptyEntriesGently);
    })();
    const walks = await Promise.all(readers.map((reader) => walkFeed(world, reader, 3)));
    const wrong = (await life).flat();
    await emptying;
    expect(wrong.filter((code) => code !== 'unavailable')).toEqual([]);
    await untilJobsDone(world);
    for (const [n, reader] of readers.entries()) {
      const walked = idsOf(walks[n]!);
      const after = new Set(await plainFeed(world, reader));
      const lasting = before[n]!.filter((id) => after.has(id));
      expect(lasting.length).toBeGreaterThan(5);
      expect(new Set(walked).size).toBe(walked.length);
      expect(walked.filter((id) => lasting.includes(id))).toEqual(lasting);
      expect(walks[n]).toEqual(walks[n]!.toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt)));
    }
  }
  await workers.stop();
  await expectPlainFeeds([...readers, ...people]);
});

test('all of that went by entries, by merging and past the entries', async () => {
  const [paths] = await world.database.sql`
    select (select count(*)::int from follows where merged) as merged,
           (select count(*)::int from feed_entries join follows on follower_id = reader_id and followee_id = author_id
            where not merged) as sent,
           (select count(*)::int from feed_readers where isfinite(complete_after)) as ended`;
  expect(Object.entries(paths!).filter(([, taken]) => taken === 0)).toEqual([]);
});

test('all of that leaves sound data', () => expectConsistentData(world));

/** A transaction that waits for the two tables in the other order is aborted, and tries again. */
async function emptyEntriesGently() {
  await emptyEntries().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 300));
}
