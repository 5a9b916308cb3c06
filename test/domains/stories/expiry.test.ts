import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { placeExpiredStories, purgeExpiredStories } from '../../../server/domains/stories/expiry/service.ts';
import { setStoryTakenDown } from '../../../server/domains/stories/public.ts';
import { cleanUp } from '../../../server/jobs/cleanup.ts';
import { cleanupTasks } from '../../../server/jobs/cleanupTasks.ts';
import { media, stories, storyReactions, storyViews } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects } from '../../support/objects.ts';
import { codeOf } from '../../support/refusal.ts';
import { ageStory, quickStory } from '../../support/stories.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
let alice: Person;
let bob: Person;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile, alice: aliceOfFile, bob: bobOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
});
beforeEach(async () => {
  await world.app.db.execute(sql`delete from highlights`);
  await world.app.db.execute(sql`delete from stories`);
});
afterEach(() => expectConsistentData(world));

/** A published story with objects. */
async function tell(visibility: 'public' | 'friends' | 'closeFriends' = 'public') {
  const mediaId = await world.upload(alice);
  const { id } = await world.as(alice).stories.create({ mediaId, visibility });
  await world.drain();
  return { id, mediaId };
}

const urlsOf = async (viewer: Person, storyId: string) =>
  (await world.as(viewer).stories.get({ storyId })).media.variants.map(({ url }) => url);
const placeOf = async (mediaId: string) =>
  (await world.database.sql`select area || '/' || folder as place from media where id = ${mediaId}`)[0]!
    .place;
const answersOf = async (urls: string[]) => [
  ...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status))),
];
const storyIds = async () =>
  (await world.app.db.select({ id: stories.id }).from(stories)).map(({ id }) => id);
const highlight = (storyId: string, highlightName = 'Kept') =>
  world.as(alice).highlights.add({ storyId, highlightName });

async function sweep(): Promise<number> {
  let swept = 0;
  for (let part = 1; part > 0; swept += part) part = await purgeExpiredStories(world.app);
  return swept;
}

describe('the photograph of a story', () => {
  test('is readable only by signed URLs, even if it was public', async () => {
    const { id, mediaId } = await tell();
    const [row] = await world.app.db.select().from(media).where(sql`id = ${mediaId}`);
    expect(row!.area).toBe('priv');
    expect(await answersOf(await urlsOf(bob, id))).toEqual([200]);
  });

  test('has no URL any more that others had, once the day is over', async () => {
    const { id } = await tell();
    const urls = await urlsOf(bob, id);
    const turn = { progress: null };
    await placeExpiredStories(world.app, turn);
    await world.drain();
    expect(await answersOf(urls)).toEqual([200]);
    await ageStory(world, id);
    expect(await placeExpiredStories(world.app, turn)).toBe(1);
    expect(await placeExpiredStories(world.app, turn)).toBe(0);
    await world.drain();
    expect(await answersOf(urls)).toEqual([404]);
    expect(await answersOf(await urlsOf(alice, id))).toEqual([200]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('keeps its URLs in a highlight, and loses them with it', async () => {
    const [one, two] = [await tell(), await tell()];
    for (const { id } of [one, two]) {
      await highlight(id);
      await ageStory(world, id);
    }
    const { id: highlightId } = await highlight(one.id);
    await placeExpiredStories(world.app, { progress: null });
    await world.drain();
    const urls = [await urlsOf(bob, one.id), await urlsOf(bob, two.id)];
    expect(await answersOf(urls.flat())).toEqual([200]);
    await world.as(alice).highlights.remove({ highlightId, storyId: one.id });
    await world.drain();
    expect([await answersOf(urls[0]!), await answersOf(urls[1]!)]).toEqual([[404], [200]]);
    await world.as(alice).highlights.delete({ highlightId });
    await world.drain();
    expect(await answersOf(urls[1]!)).toEqual([404]);
  });

  test('has dead URLs when the story is taken down or deleted, and no objects are left then', async () => {
    const [down, deleted] = [await tell(), await tell()];
    const urls = [await urlsOf(bob, down.id), await urlsOf(bob, deleted.id)];
    await setStoryTakenDown(world.app, down.id, true);
    await world.as(alice).stories.delete({ storyId: deleted.id });
    await world.drain();
    expect(await answersOf(urls.flat())).toEqual([404]);
    expect(await world.app.db.$count(media, sql`id = ${deleted.mediaId}`)).toBe(0);
    await setStoryTakenDown(world.app, down.id, false);
    await world.drain();
    expect(await answersOf(await urlsOf(bob, down.id))).toEqual([200]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('publishes the story when the worker is done with it', async () => {
    const mediaId = await world.upload(alice);
    const { id, status } = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
    expect([status, await codeOf(urlsOf(bob, id))]).toEqual(['processing', 'not_found']);
    await world.drain();
    expect(await answersOf(await urlsOf(bob, id))).toEqual([200]);
  });
});

describe('the sweep', () => {
  test('takes stories a week after their day, with photographs, views and reactions, and no others', async () => {
    const [old, recent, live] = [await tell(), await tell(), await tell()];
    await world.as(bob).stories.seen({ storyId: old.id });
    await world.as(bob).stories.react({ storyId: old.id, emoji: '❄️' });
    await ageStory(world, old.id, '8 days 1 hour');
    await ageStory(world, recent.id, '7 days 23 hours');
    expect(await sweep()).toBeGreaterThan(0);
    expect(await sweep()).toBe(0);
    expect((await storyIds()).sort()).toEqual([recent.id, live.id].sort());
    expect(await world.app.db.$count(storyViews)).toBe(0);
    expect(await world.app.db.$count(storyReactions)).toBe(0);
    expect(await codeOf(world.as(alice).media.get({ mediaId: old.mediaId }))).toBe('not_found');
    expect(await codeOf(highlight(recent.id))).toBe('ok');
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('keeps stories in a highlight, and purges them once they are removed from it', async () => {
    const { id } = await tell();
    const { id: highlightId } = await highlight(id);
    await ageStory(world, id, '1000 days');
    expect(await sweep()).toBe(0);
    expect(await answersOf(await urlsOf(bob, id))).toEqual([200]);
    await world.as(alice).highlights.delete({ highlightId });
    await sweep();
    expect(await storyIds()).toEqual([]);
  });

  test('is not held up by many that highlights keep', async () => {
    const [keeper] = await crowd(world, 1, 'keeper');
    const old = await quickStory(world, keeper!);
    await ageStory(world, old.id, '10 days');
    for (let n = 0; n < 21; n++) {
      const { id: storyId } = await quickStory(world, keeper!);
      await world.as(keeper!).highlights.add({ storyId, highlightName: 'Kept' });
      await ageStory(world, storyId, '9 days');
    }
    expect(await sweep()).toBe(1);
    expect(await storyIds()).toHaveLength(21);
    expect(await storyIds()).not.toContain(old.id);
  });

  test('leaves the photograph that something else shows', async () => {
    const { id, mediaId } = await tell();
    const post = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await ageStory(world, id, '9 days');
    await sweep();
    await world.drain();
    expect(await storyIds()).toEqual([]);
    expect((await world.as(bob).posts.get({ postId: post.id })).media[0]!.id).toBe(mediaId);
  });

  test('keeps a story that was taken down for as long as its author can appeal, and deleted ones for a week', async () => {
    const [down, deleted] = [await tell(), await tell()];
    await setStoryTakenDown(world.app, down.id, true);
    await world.as(alice).stories.delete({ storyId: deleted.id });
    await ageStory(world, down.id, '29 days');
    expect(await sweep()).toBe(0);
    await world.app.db.execute(
      sql`update stories set deleted_at = now() - interval '8 days' where id = ${deleted.id}`,
    );
    expect(await sweep()).toBe(1);
    expect(await storyIds()).toEqual([down.id]);
    await ageStory(world, down.id, '2 days');
    expect(await sweep()).toBe(1);
  });

  test('of several instances at once takes each story once, and none that is highlighted at the same moment', async () => {
    const people = await crowd(world, 4, 'swept');
    const told = [];
    for (let n = 0; n < 60; n++) told.push(await quickStory(world, people[n % 4]!));
    for (const { id } of told) await ageStory(world, id, '9 days');
    for (const { id } of told.slice(0, 30))
      await world.app.db.execute(sql`
        insert into story_views (story_id, viewer_id) select stories.id, users.id from stories, users
        where stories.id = ${id} and handle like 'swept%' and users.id <> author_id`);
    await world.app.db.execute(sql`
      update stories set view_count = (select count(*) from story_views where story_id = stories.id)`);
    const kept = new Set<string>();
    await Promise.all([
      sweep(),
      ...Array.from({ length: 4 }, async () => {
        while ((await purgeExpiredStories(peer.app)) > 0);
      }),
      ...told.map(async ({ id, author }, at) => {
        if (at % 3) return;
        const owner = people.find((person) => person.id === author.id)!;
        const code = await codeOf(
          peer.as(owner).highlights.add({ storyId: id, highlightName: `Kept ${at % 5}` }),
        );
        if (code === 'ok') kept.add(id);
        else expect(code).toBe('not_found');
      }),
    ]);
    await sweep();
    expect(new Set(await storyIds())).toEqual(kept);
  });

  test('and the moving of photographs are among the tasks of the cleanup', async () => {
    const [over, old] = [await tell(), await tell()];
    const urls = { bob: await urlsOf(bob, over.id), alice: await urlsOf(alice, over.id) };
    const place = await placeOf(over.mediaId);
    await ageStory(world, over.id);
    await ageStory(world, old.id, '9 days');
    const told: unknown[] = [];
    const { storyMedia, stories } = cleanupTasks;
    await cleanUp(
      world.app,
      {
        tasks: { stories: stories!, storyMedia: storyMedia! },
        onOutcome: (...outcome) => told.push(outcome),
      },
      new AbortController().signal,
    );
    await world.drain();
    expect(told).toEqual([
      ['stories', 'ok', 1],
      ['storyMedia', 'ok', 1],
    ]);
    expect(await storyIds()).toEqual([over.id]);
    expect(await placeOf(over.mediaId)).not.toBe(place);
    expect([await answersOf(urls.bob), await answersOf(urls.alice)]).toEqual([[404], [200]]);
  });
});
