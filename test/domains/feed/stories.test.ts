import { describe, expect } from 'vitest';
import { setStoryTakenDown } from '../../../server/domains/stories/public.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf } from '../../support/refusal.ts';
import { ageStory, quickStory } from '../../support/stories.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

/** A reader, and the users they follow. */
async function circle(count: number): Promise<[Extra, ...Extra[]]> {
  named += 1;
  const [reader, ...tellers] = (await crowd(world, count + 1, `circle${named}`)) as [Extra, ...Extra[]];
  for (const { id } of tellers) await world.as(reader).social.follow({ userId: id });
  return [reader, ...tellers];
}

const feed = (reader: Extra, limit = 30) => world.as(reader).feed.stories({ limit });
const shown = async (reader: Extra) => (await feed(reader)).items.map(({ user }) => user.handle);
const see = (viewer: Extra, storyId: string) => world.as(viewer).stories.seen({ storyId });
const handlesOf = (people: Extra[]) => people.map(({ handle }) => handle);

/** Every page in turn; between two of them something may happen. */
async function walk(reader: Extra, limit: number, between: (page: string[]) => Promise<unknown>) {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.as(reader).feed.stories({ limit, ...(cursor ? { cursor } : {}) });
    const handles = page.items.map(({ user }) => user.handle);
    seen.push(...handles);
    cursor = page.nextCursor ?? undefined;
    if (cursor) await between(handles);
  } while (cursor);
  return seen;
}

describe('the feed of stories', () => {
  test('has one entry for each author: yourself, then those with unseen stories, then the newest', async () => {
    const [reader, ann, ben, cat] = (await circle(3)) as [Extra, Extra, Extra, Extra];
    expect(await feed(reader)).toEqual({ items: [], nextCursor: null });
    const own = await quickStory(world, reader);
    const first = await quickStory(world, ann);
    const second = await quickStory(world, ben);
    const third = await quickStory(world, ann);
    await quickStory(world, cat);
    expect(await shown(reader)).toEqual(handlesOf([reader, cat, ann, ben]));
    const { items } = await feed(reader);
    expect(items[0]).toMatchObject({ storyCount: 1, hasUnseen: false, latestAt: own.createdAt });
    expect(items[2]).toEqual({
      user: expect.objectContaining({ id: ann.id }),
      storyCount: 2,
      latestAt: third.createdAt,
      hasUnseen: true,
      stories: [first, third].map(({ id, createdAt }) => ({ id, createdAt, seenByViewer: false })),
    });
    await see(reader, first.id);
    expect(await shown(reader)).toEqual(handlesOf([reader, cat, ann, ben]));
    await see(reader, third.id);
    expect(await shown(reader)).toEqual(handlesOf([reader, cat, ben, ann]));
    await see(reader, second.id);
    expect(await shown(reader)).toEqual(handlesOf([reader, cat, ann, ben]));
  });

  test('leaves out stories that are muted, unfollowed, blocked, expired, taken down, deleted, unpublished or for others', async () => {
    const [reader, ...tellers] = (await circle(8)) as [Extra, ...Extra[]];
    const [muted, unfollowed, blocked, over, down, deleted, waiting, others] = tellers as Extra[];
    const story = new Map<Extra, string>();
    for (const teller of tellers.filter((teller) => teller !== waiting && teller !== others))
      story.set(teller, (await quickStory(world, teller)).id);
    await quickStory(world, others!, 'closeFriends');
    const [mediaId] = (await insertMedia(world, waiting!, 1, 'processing')) as [string];
    await world.as(waiting!).stories.create({ mediaId, visibility: 'public' });
    expect(await shown(reader)).toHaveLength(6);
    await world.as(reader).social.mute({ userId: muted!.id });
    await world.as(reader).social.unfollow({ userId: unfollowed!.id });
    await world.as(blocked!).social.block({ userId: reader.id });
    await ageStory(world, story.get(over!)!);
    await setStoryTakenDown(world.app, story.get(down!)!, true);
    await world.as(deleted!).stories.delete({ storyId: story.get(deleted!)! });
    expect(await shown(reader)).toEqual([]);
    await world.as(reader).social.unmute({ userId: muted!.id });
    expect(await shown(reader)).toEqual([muted!.handle]);
    await world.as(over!).highlights.add({ storyId: story.get(over!)!, highlightName: 'Kept' });
    expect(await shown(reader)).toEqual([muted!.handle]);
    const live = await quickStory(world, over!);
    expect((await feed(reader)).items[0]).toMatchObject({ storyCount: 1, stories: [{ id: live.id }] });
  });

  test('shows your own story before it is published, and never as unseen', async () => {
    const [reader] = await circle(0);
    const [mediaId] = (await insertMedia(world, reader, 1, 'processing')) as [string];
    await world.as(reader).stories.create({ mediaId });
    expect((await feed(reader)).items).toMatchObject([{ hasUnseen: false, storyCount: 1 }]);
  });

  test.each([1, 3])(
    'is walked once through while it is seen, told and deleted, %i on a page',
    async (limit) => {
      const [reader, ...tellers] = (await circle(12)) as [Extra, ...Extra[]];
      const [leaving, ...staying] = tellers as [Extra, ...Extra[]];
      const told = new Map<string, { teller: Extra; ids: string[] }>();
      for (const teller of [...tellers, ...tellers]) {
        const ids = told.get(teller.handle)?.ids ?? [];
        told.set(teller.handle, { teller, ids: [...ids, (await quickStory(world, teller)).id] });
      }
      for (const { handle } of staying.slice(0, 4))
        for (const id of told.get(handle)!.ids) await see(reader, id);
      const seen = await walk(reader, limit, async (page) => {
        for (const handle of page) {
          const { teller, ids } = told.get(handle)!;
          for (const id of ids) await see(reader, id);
          // Their newest story, by which they have their place.
          await world.as(teller).stories.delete({ storyId: ids.at(-1)! });
        }
        const next = staying.find(({ handle }) => !seenBefore.has(handle) && !page.includes(handle));
        for (const handle of page) seenBefore.add(handle);
        if (next) await quickStory(world, next);
        await world.as(reader).social.unfollow({ userId: leaving.id });
      });
      expect(seen.filter((handle) => handle !== leaving.handle).sort()).toEqual(handlesOf(staying).sort());
      expect(new Set(seen).size).toBe(seen.length);
      seenBefore.clear();
    },
  );
  const seenBefore = new Set<string>();

  test('takes no forged cursor, and none of somebody else', async () => {
    const [reader, ann, ben] = (await circle(2)) as [Extra, Extra, Extra];
    for (const teller of [ann, ben]) await quickStory(world, teller);
    const { nextCursor } = await feed(reader, 1);
    expect((await world.as(reader).feed.stories({ cursor: nextCursor! })).items).toHaveLength(1);
    expect(await codeOf(world.as(ann).feed.stories({ cursor: nextCursor! }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(reader).feed.home({ cursor: nextCursor! }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(reader).feed.stories({ cursor: 'forged' }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(reader).feed.stories({ limit: 0 }))).toBe('invalid_input');
    expect(await codeOf(world.anonymous.feed.stories({}))).toBe('unauthenticated');
  });
});
