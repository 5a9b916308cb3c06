import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect } from 'vitest';
import { setStoryTakenDown } from '../../../server/domains/stories/public.ts';
import { highlightStories, highlights, stories } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { ageStory, befriend, quickStory } from '../../support/stories.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
let named = 0;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `keeper${named}`);
}

const by = (person: Extra) => world.as(person).highlights;
const sees = async (viewer: Extra, storyId: string) =>
  (await codeOf(world.as(viewer).stories.get({ storyId }))) === 'ok';
const add = (owner: Extra, storyId: string, highlightName = 'Snow') =>
  by(owner).add({ storyId, highlightName });
const namesOf = async (viewer: Extra, owner: Extra) =>
  (await by(viewer).byUser({ userId: owner.id })).items.map(({ name }) => name);
const storiesIn = async (viewer: Extra, highlightId: string) =>
  (await by(viewer).get({ highlightId })).stories.map(({ id }) => id);

describe('a highlight', () => {
  test('is made with its first story, and takes others by its name, whatever the case', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [first, second] = [await quickStory(world, alice), await quickStory(world, alice)];
    const made = await add(alice, second.id, ' Snow ');
    expect(made).toEqual({
      id: expect.any(String),
      owner: expect.objectContaining({ id: alice.id }),
      name: 'Snow',
      cover: second.media,
      storyCount: 1,
      createdAt: expect.any(Date),
    });
    const grown = await add(alice, first.id, 'SNOW');
    expect(grown).toEqual({ ...made, cover: first.media, storyCount: 2 });
    expect(await add(alice, first.id)).toEqual(grown);
    expect((await add(alice, first.id, 'Other')).id).not.toBe(made.id);
    expect(await namesOf(bob, alice)).toEqual(['Snow', 'Other']);
    expect(await by(bob).get({ highlightId: made.id })).toMatchObject({
      ...grown,
      stories: [{ id: first.id }, { id: second.id }],
    });
    expect(await world.anonymous.highlights.get({ highlightId: made.id })).toMatchObject({ storyCount: 2 });
    expect((await world.anonymous.highlights.byUser({ userId: alice.id })).items).toHaveLength(2);
  });

  test('is made of own stories only', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    const missing = await refusal(add(bob, randomUUID()));
    expect(missing.code).toBe('not_found');
    expect(await refusal(add(bob, storyId))).toEqual(missing);
    await world.as(alice).stories.delete({ storyId });
    expect(await refusal(add(alice, storyId))).toEqual(missing);
    expect(await namesOf(alice, alice)).toEqual([]);
    const wrong = async (highlightName: unknown) =>
      (await refusal(by(alice).add({ storyId, highlightName: highlightName as string }))).errors[0]?.field;
    for (const name of ['', '  ', 'x'.repeat(51), 'a\u0000b', 'two\nlines', 7, null])
      expect(await wrong(name)).toBe('highlightName');
    expect(await codeOf(add(alice, storyId, '👨‍👩‍👧‍👦'.repeat(50)))).toBe('not_found');
  });

  test('shows a story after its day, to the audience that it had', async () => {
    const [alice, friend, stranger] = (await people(3)) as [Extra, Extra, Extra];
    await befriend(world, alice, friend);
    const forAll = await quickStory(world, alice);
    const forFriends = await quickStory(world, alice, 'friends');
    const { id: highlightId } = await add(alice, forFriends.id);
    await add(alice, forFriends.id, 'Friends only');
    await add(alice, forAll.id);
    for (const { id } of [forAll, forFriends]) await ageStory(world, id);
    expect(await storiesIn(friend, highlightId)).toEqual([forAll.id, forFriends.id]);
    expect(await storiesIn(stranger, highlightId)).toEqual([forAll.id]);
    expect(await namesOf(friend, alice)).toEqual(['Snow', 'Friends only']);
    expect(await namesOf(stranger, alice)).toEqual(['Snow']);
    expect(await codeOf(world.as(friend).stories.seen({ storyId: forFriends.id }))).toBe('ok');
    expect(await codeOf(world.as(stranger).stories.seen({ storyId: forFriends.id }))).toBe('not_found');
    expect((await world.as(friend).stories.byUser({ userId: alice.id })).items).toEqual([]);
    await world.as(alice).social.unfollow({ userId: friend.id });
    expect(await storiesIn(friend, highlightId)).toEqual([forAll.id]);
    await world.as(alice).users.updateMe({ isPrivate: true });
    expect(await codeOf(by(stranger).get({ highlightId }))).toBe('not_found');
    expect(await codeOf(by(stranger).byUser({ userId: alice.id }))).toBe('not_found');
    expect(await codeOf(world.anonymous.highlights.get({ highlightId }))).toBe('not_found');
    expect(await storiesIn(friend, highlightId)).toEqual([forAll.id]);
  });

  test('of which the viewer may see nothing is as if it were not', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice, 'closeFriends');
    const { id: highlightId } = await add(alice, storyId);
    const missing = await refusal(by(bob).get({ highlightId: randomUUID() }));
    const acts = [
      by(bob).get({ highlightId }),
      by(bob).edit({ highlightId, name: 'Mine' }),
      by(bob).delete({ highlightId }),
      by(bob).remove({ highlightId, storyId }),
    ];
    expect(await Promise.all(acts.map(refusal))).toEqual(acts.map(() => missing));
    expect(await namesOf(bob, alice)).toEqual([]);
    expect(await namesOf(alice, alice)).toEqual(['Snow']);
  });

  test('takes a story also when its day is over, and lets it go for good', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [kept, other] = [await quickStory(world, alice), await quickStory(world, alice)];
    for (const { id } of [kept, other]) await ageStory(world, id);
    expect(await sees(bob, kept.id)).toBe(false);
    const { id: highlightId } = await add(alice, kept.id);
    await add(alice, other.id);
    expect(await sees(bob, kept.id)).toBe(true);
    await by(alice).remove({ highlightId, storyId: kept.id });
    await by(alice).remove({ highlightId, storyId: kept.id });
    expect(await sees(bob, kept.id)).toBe(false);
    expect(await storiesIn(bob, highlightId)).toEqual([other.id]);
    await by(alice).remove({ highlightId, storyId: other.id });
    for (const viewer of [alice, bob])
      expect(await codeOf(by(viewer).get({ highlightId }))).toBe('not_found');
    expect(await namesOf(alice, alice)).toEqual([]);
  });

  test('loses deleted stories, is deleted with its last story, and hides stories that are taken down', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [first, second] = [await quickStory(world, alice), await quickStory(world, alice)];
    const { id: highlightId } = await add(alice, first.id);
    await add(alice, second.id);
    await by(alice).edit({ highlightId, coverStoryId: first.id });
    await setStoryTakenDown(world.app, second.id, true);
    expect(await storiesIn(bob, highlightId)).toEqual([first.id]);
    expect(await storiesIn(alice, highlightId)).toEqual([first.id, second.id]);
    await world.as(alice).stories.delete({ storyId: first.id });
    expect(await codeOf(by(bob).get({ highlightId }))).toBe('not_found');
    expect(await by(alice).get({ highlightId })).toMatchObject({ cover: second.media, storyCount: 1 });
    await world.as(alice).stories.delete({ storyId: second.id });
    expect(await codeOf(by(alice).get({ highlightId }))).toBe('not_found');
    const third = await quickStory(world, alice);
    const { id: other } = await add(alice, third.id, 'Other');
    expect(await by(alice).edit({ highlightId: other, name: 'snow' })).toMatchObject({ name: 'snow' });
  });

  test('is renamed and given a cover, which only those see who see that story', async () => {
    const [alice, friend, stranger] = (await people(3)) as [Extra, Extra, Extra];
    await befriend(world, alice, friend);
    const forAll = await quickStory(world, alice);
    const forFriends = await quickStory(world, alice, 'friends');
    const foreign = await quickStory(world, alice);
    const { id: highlightId } = await add(alice, forAll.id);
    await add(alice, forFriends.id);
    await add(alice, foreign.id, 'Other');
    const edit = (change: object) => by(alice).edit({ highlightId, ...change });
    expect(await edit({ name: 'Ice', coverStoryId: forFriends.id })).toMatchObject({
      name: 'Ice',
      cover: { id: forFriends.media.id },
    });
    expect((await by(friend).get({ highlightId })).cover.id).toBe(forFriends.media.id);
    expect((await by(stranger).get({ highlightId })).cover.id).toBe(forAll.media.id);
    expect((await edit({ coverStoryId: null })).cover.id).toBe(forAll.media.id);
    expect(await edit({ name: 'ICE' })).toMatchObject({ name: 'ICE' });
    expect(await refusal(edit({ name: 'other' }))).toMatchObject({
      code: 'conflict',
      errors: [{ field: 'name' }],
    });
    expect(await edit({})).toMatchObject({ name: 'ICE' });
    for (const coverStoryId of [foreign.id, randomUUID()])
      expect((await refusal(edit({ coverStoryId }))).errors[0]?.field).toBe('coverStoryId');
    expect((await refusal(edit({ name: '' }))).errors[0]?.field).toBe('name');
    expect((await refusal(edit({ ownerId: friend.id }))).errors[0]?.field).toBe('ownerId');
  });

  test('is deleted without its stories', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [over, live] = [await quickStory(world, alice), await quickStory(world, alice)];
    const { id: highlightId } = await add(alice, over.id);
    await add(alice, live.id);
    await ageStory(world, over.id);
    await by(alice).delete({ highlightId });
    expect(await codeOf(by(alice).delete({ highlightId }))).toBe('not_found');
    expect([await sees(bob, over.id), await sees(bob, live.id)]).toEqual([false, true]);
    expect(await sees(alice, over.id)).toBe(true);
  });

  test('holds a hundred stories', async () => {
    const [alice] = (await people(1)) as [Extra];
    const { media, id } = await quickStory(world, alice);
    const { id: highlightId } = await add(alice, id);
    const rows = Array.from({ length: 99 }, () => ({
      authorId: alice.id,
      mediaId: media.id,
      visibility: 'public' as const,
      publishedAt: new Date(),
      expiresAt: new Date(Date.now() + 86_400_000),
    }));
    const told = await world.app.db.insert(stories).values(rows).returning({ id: stories.id });
    await world.app.db
      .insert(highlightStories)
      .values(told.slice(0, 98).map(({ id: storyId }) => ({ highlightId, storyId })));
    expect((await add(alice, told[98]!.id)).storyCount).toBe(100);
    const another = await quickStory(world, alice);
    expect(await codeOf(add(alice, another.id))).toBe('conflict');
    expect((await add(alice, id)).storyCount).toBe(100);
  });

  test('is created once when 32 stories are added to its name at once, and holds them all', async () => {
    const [alice] = (await people(1)) as [Extra];
    const told = [];
    for (let n = 0; n < 32; n++) told.push(await quickStory(world, alice));
    await Promise.all(
      told.map(({ id: storyId }, at) =>
        (at % 2 ? world : peer)
          .as(alice)
          .highlights.add({ storyId, highlightName: at % 3 ? 'Snow' : 'snow' }),
      ),
    );
    const { items } = await by(alice).byUser({ userId: alice.id });
    expect(items).toMatchObject([{ storyCount: 32 }]);
    expect(await storiesIn(alice, items[0]!.id)).toEqual(told.map(({ id }) => id));
    await Promise.all(
      told.map(({ id: storyId }, at) =>
        at % 2
          ? world.as(alice).stories.delete({ storyId })
          : peer.as(alice).highlights.remove({ highlightId: items[0]!.id, storyId }),
      ),
    );
    expect(await world.app.db.$count(highlights)).toBe(
      (await world.app.db.selectDistinct({ id: highlightStories.highlightId }).from(highlightStories)).length,
    );
    expect(await namesOf(alice, alice)).toEqual([]);
  });

  test('appears once in the list, oldest first', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: forAll } = await quickStory(world, alice);
    const { id: forNobody } = await quickStory(world, alice, 'closeFriends');
    for (let n = 0; n < 9; n++) await add(alice, n % 3 ? forAll : forNobody, `Part ${n}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await by(bob).byUser({ userId: alice.id, limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.items.length === 2 || page.nextCursor === null).toBe(true);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([1, 2, 4, 5, 7, 8].map((n) => `Part ${n}`));
    const { nextCursor } = await by(bob).byUser({ userId: alice.id, limit: 2 });
    expect(await codeOf(by(alice).byUser({ userId: alice.id, cursor: nextCursor! }))).toBe('invalid_cursor');
  });
});
