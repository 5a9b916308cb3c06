import { afterAll, describe, expect } from 'vitest';
import { storyReactions, storyViews } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { takeNotices } from '../../support/outbox.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { quickStory } from '../../support/stories.ts';
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
  return crowd(world, count, `watcher${named}`);
}

const by = (person: Extra) => world.as(person).stories;
const viewersOf = async (author: Extra, storyId: string) =>
  (await by(author).viewers({ storyId })).items.map(({ user }) => user.id);

describe('seeing a story', () => {
  test('counts once for each person, and never for the author', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    expect(await by(bob).get({ storyId })).toMatchObject({ seenByViewer: false, viewCount: null });
    for (const viewer of [bob, bob, carol, alice]) await by(viewer).seen({ storyId });
    expect(await by(bob).get({ storyId })).toMatchObject({ seenByViewer: true, viewCount: null });
    expect(await by(alice).get({ storyId })).toMatchObject({ viewCount: 2 });
    expect(await by(alice).metrics({ storyId })).toMatchObject({ viewCount: 2 });
    const { items } = await by(alice).viewers({ storyId });
    expect(items).toEqual([
      { user: expect.objectContaining({ id: carol.id }), seenAt: expect.any(Date) },
      { user: expect.objectContaining({ id: bob.id }), seenAt: expect.any(Date) },
    ]);
  });

  test('shows viewers who exist for the author, and counts all', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    for (const viewer of [bob, carol]) await by(viewer).seen({ storyId });
    await world.as(bob).social.block({ userId: alice.id });
    expect(await viewersOf(alice, storyId)).toEqual([carol.id]);
    expect(await by(alice).metrics({ storyId })).toMatchObject({ viewCount: 2 });
  });

  test('is for the author alone to know', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    await by(bob).seen({ storyId });
    for (const call of ['viewers', 'metrics', 'reactions'] as const) {
      expect(await codeOf(by(bob)[call]({ storyId }) as Promise<unknown>)).toBe('not_found');
      expect(await codeOf(world.anonymous.stories[call]({ storyId }) as Promise<unknown>)).toBe(
        'unauthenticated',
      );
    }
    expect(await codeOf(by(alice).viewers({ storyId, limit: 0 }))).toBe('invalid_input');
    expect(await codeOf(by(alice).viewers({ storyId, cursor: 'forged' }))).toBe('invalid_cursor');
  });

  test('is one row for each of 32 viewers who look 3 times at once, and the list has each viewer once', async () => {
    const [alice, ...crowd] = (await people(33)) as [Extra, ...Extra[]];
    const { id: storyId } = await quickStory(world, alice);
    const looks = [...crowd, ...crowd, ...crowd].map((person, at) =>
      (at % 2 ? world : peer).as(person).stories.seen({ storyId }),
    );
    await Promise.all(looks);
    expect(await by(alice).metrics({ storyId })).toMatchObject({ viewCount: 32 });
    await world.app.db.update(storyViews).set({ createdAt: new Date() });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await by(alice).viewers({ storyId, limit: 5, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ user }) => user.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(
      crowd
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  test('is one row for a user who looks 32 times at once', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    await Promise.all(
      Array.from({ length: 32 }, (_, at) => (at % 2 ? world : peer).as(bob).stories.seen({ storyId })),
    );
    expect(await viewersOf(alice, storyId)).toEqual([bob.id]);
    expect(await by(alice).metrics({ storyId })).toMatchObject({ viewCount: 1 });
  });

  test('of a story that is deleted meanwhile leaves nothing wrong', async () => {
    const [alice, ...crowd] = (await people(17)) as [Extra, ...Extra[]];
    const { id: storyId } = await quickStory(world, alice);
    const codes = await Promise.all([
      ...crowd.map((person) => codeOf(by(person).seen({ storyId }))),
      codeOf(peer.as(alice).stories.delete({ storyId })),
      ...crowd.map((person) => codeOf(peer.as(person).stories.react({ storyId, emoji: '🔥' }))),
    ]);
    expect(codes.filter((code) => code !== 'ok' && code !== 'not_found')).toEqual([]);
  });
});

describe('reacting to a story', () => {
  test('is one emoji for each user, which can be replaced and removed; the author is notified of each change', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    await takeNotices(world);
    expect(await by(bob).react({ storyId, emoji: '❤️' })).toEqual({ emoji: '❤️' });
    await by(bob).react({ storyId, emoji: '❤️' });
    expect(await by(bob).get({ storyId })).toMatchObject({ reactionByViewer: '❤️' });
    expect(await by(carol).get({ storyId })).toMatchObject({ reactionByViewer: null });
    await by(bob).react({ storyId, emoji: '🔥' });
    await by(carol).react({ storyId, emoji: '🔥' });
    await by(alice).react({ storyId, emoji: '😂' });
    expect(await by(alice).metrics({ storyId })).toMatchObject({
      reactionCount: 3,
      reactions: [
        { emoji: '🔥', count: 2 },
        { emoji: '😂', count: 1 },
      ],
    });
    const { items } = await by(alice).reactions({ storyId });
    expect(items.map(({ user, emoji }) => [user.id, emoji])).toEqual([
      [alice.id, '😂'],
      [carol.id, '🔥'],
      [bob.id, '🔥'],
    ]);
    expect(await by(bob).unreact({ storyId })).toEqual({ emoji: null });
    expect(await by(bob).unreact({ storyId })).toEqual({ emoji: null });
    expect(await by(bob).get({ storyId })).toMatchObject({ reactionByViewer: null });
    const notice = (person: Extra) => ({
      kind: 'storyReaction',
      recipientId: alice.id,
      actorId: person.id,
      subjectId: storyId,
      sourceId: person.id,
    });
    expect(await takeNotices(world)).toEqual([bob, bob, carol, bob].map(notice));
  });

  test('is one row for a user who reacts 32 times at once', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    const emojis = ['❤️', '🔥', '😂', '👏'];
    await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        (at % 2 ? world : peer).as(bob).stories.react({ storyId, emoji: emojis[at % 4]! }),
      ),
    );
    const { reactionCount, reactions } = await by(alice).metrics({ storyId });
    expect([reactionCount, reactions.length]).toEqual([1, 1]);
    expect(await by(bob).get({ storyId })).toMatchObject({ reactionByViewer: reactions[0]!.emoji });
  });

  test('is for those who see the story, and shows the author those who exist for them', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const { id: storyId } = await quickStory(world, alice, 'closeFriends');
    expect(await codeOf(by(bob).react({ storyId, emoji: '❤️' }))).toBe('not_found');
    for (const { id } of [bob, carol]) await world.as(alice).social.addCloseFriend({ userId: id });
    for (const friend of [bob, carol]) await by(friend).react({ storyId, emoji: '❤️' });
    await world.as(carol).social.block({ userId: alice.id });
    const { items } = await by(alice).reactions({ storyId });
    expect(items.map(({ user }) => user.id)).toEqual([bob.id]);
    expect(await world.app.db.$count(storyReactions)).toBeGreaterThan(0);
  });

  test.each([
    ['a heart', '❤️'],
    ['a face', '😀'],
    ['a family of four', '👨‍👩‍👧‍👦'],
    ['a couple of two skin tones', '🧑🏻‍❤️‍💋‍🧑🏿'],
    ['a flag', '🇨🇭'],
    ['a flag of tags', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['a keycap', '1️⃣'],
    ['a skin tone', '👍🏽'],
    ['a profession with a skin tone', '👩🏾‍🚀'],
  ])('can be done with %s', async (_name, emoji) => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    expect(await by(bob).react({ storyId, emoji })).toEqual({ emoji });
    expect((await by(alice).metrics({ storyId })).reactions).toEqual([{ emoji, count: 1 }]);
  });

  test.each([
    ['nothing', ''],
    ['a letter', 'a'],
    ['a digit', '1'],
    ['a word', 'love'],
    ['a text heart', '❤'],
    ['two emoji', '❤️🔥'],
    ['an emoji and a space', '🔥 '],
    ['an emoji and text', '🔥a'],
    ['a lone skin tone', '🏽'],
    ['a lone half of a flag', '🇨'],
    ['a flag of nowhere', '🇽🇽'],
    ['a lone joiner', '\u200d'],
    ['a lone selector', '\ufe0f'],
    ['an emoji and a joiner', '👩\u200d'],
    ['a heart with a skin tone', '❤️🏽'],
    ['a lone surrogate', '\ud83d'],
    ['markup', '<b>'],
    ['very many', '🔥'.repeat(5000)],
    ['a number', 1],
    ['null', null],
  ])('can not be done with %s', async (_name, emoji) => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    const { code, errors } = await refusal(by(bob).react({ storyId, emoji: emoji as string }));
    expect([code, errors[0]?.field]).toEqual(['invalid_input', 'emoji']);
    expect((await by(alice).metrics({ storyId })).reactionCount).toBe(0);
  });
});
