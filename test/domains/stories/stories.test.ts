import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect } from 'vitest';
import { setStoryTakenDown } from '../../../server/domains/stories/public.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { failMedium, finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { ageStory, befriend, quickStory, type StoryAudience } from '../../support/stories.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `teller${named}`);
}

const by = (person: Extra) => world.as(person).stories;
const sees = async (viewer: Extra, storyId: string) => (await codeOf(by(viewer).get({ storyId }))) === 'ok';
const told = async (viewer: Extra, author: Extra) =>
  (await by(viewer).byUser({ userId: author.id })).items.map(({ id }) => id);

describe('telling a story', () => {
  test('shows it for a day, to whom the author chose, as the settings say when it says nothing', async () => {
    const [alice] = (await people(1)) as [Extra];
    const [mediaId] = (await insertMedia(world, alice, 1)) as [string];
    const story = await by(alice).create({ mediaId, caption: ' First  snow ' });
    expect(story).toMatchObject({
      author: { id: alice.id },
      media: { id: mediaId },
      caption: 'First  snow',
      visibility: 'friends',
      status: 'published',
      viewCount: 0,
      seenByViewer: true,
      reactionByViewer: null,
    });
    expect(story.expiresAt.getTime() - story.createdAt.getTime()).toBe(24 * 3_600_000);
    await world.as(alice).users.updateSettings({ storyAudience: 'public' });
    expect(await by(alice).create({ mediaId })).toMatchObject({ visibility: 'public', caption: '' });
    expect(await by(alice).get({ storyId: story.id })).toEqual(story);
  });

  test('waits for its photograph', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const story = await by(alice).create({ mediaId, visibility: 'public' });
    expect(story.status).toBe('processing');
    expect(await sees(bob, story.id)).toBe(false);
    expect(await told(bob, alice)).toEqual([]);
    expect(await told(alice, alice)).toEqual([story.id]);
    await finishMedium(world, mediaId);
    expect(await by(bob).get({ storyId: story.id })).toMatchObject({ status: 'published', viewCount: null });
    expect(await told(bob, alice)).toEqual([story.id]);
  });

  test('fails with its photograph, for its author alone', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const story = await by(alice).create({ mediaId, visibility: 'public' });
    await failMedium(world, mediaId);
    expect(await by(alice).get({ storyId: story.id })).toMatchObject({ status: 'failed' });
    expect(await sees(bob, story.id)).toBe(false);
  });

  test('refuses a photograph that is not there, not sent, failed or of somebody else', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [foreign] = (await insertMedia(world, bob, 1)) as [string];
    const [pending] = (await insertMedia(world, alice, 1, 'pending')) as [string];
    const [failed] = (await insertMedia(world, alice, 1, 'failed')) as [string];
    for (const mediaId of [foreign, pending, failed, randomUUID()])
      expect(await refusal(by(alice).create({ mediaId }))).toMatchObject({
        code: 'media_unusable',
        errors: [{ field: 'mediaId' }],
      });
  });

  test('refuses invalid input', async () => {
    const [alice] = (await people(1)) as [Extra];
    const [mediaId] = (await insertMedia(world, alice, 1)) as [string];
    const wrong = async (input: object) =>
      (await refusal(by(alice).create(input as { mediaId: string }))).errors[0]?.field;
    expect(await wrong({})).toBe('mediaId');
    expect(await wrong({ mediaId: 'x' })).toBe('mediaId');
    expect(await wrong({ mediaId, caption: 'x'.repeat(2201) })).toBe('caption');
    expect(await wrong({ mediaId, visibility: 'followers' })).toBe('visibility');
    expect(await wrong({ mediaId, expiresAt: new Date() })).toBe('expiresAt');
    expect(await codeOf(world.anonymous.stories.create({ mediaId }))).toBe('unauthenticated');
  });
});

describe('who sees a story', () => {
  const viewers = ['stranger', 'follower', 'followed', 'mutual', 'closeFriend', 'closeFollower'] as const;
  const expected: Record<'open' | 'private', Record<StoryAudience, readonly string[]>> = {
    open: {
      public: viewers,
      friends: ['mutual'],
      closeFriends: ['closeFriend', 'closeFollower'],
    },
    private: {
      public: ['follower', 'mutual', 'closeFollower'],
      friends: ['mutual'],
      closeFriends: ['closeFollower'],
    },
  };

  test.each(['open', 'private'] as const)('of an account that is %s', async (account) => {
    const [author, ...others] = (await people(1 + viewers.length)) as [Extra, ...Extra[]];
    const named = Object.fromEntries(viewers.map((name, at) => [name, others[at]!])) as Record<
      (typeof viewers)[number],
      Extra
    >;
    const follow = (one: Extra, other: Extra) => world.as(one).social.follow({ userId: other.id });
    await follow(named.follower, author);
    await follow(named.closeFollower, author);
    await follow(author, named.followed);
    await befriend(world, named.mutual, author);
    for (const { id } of [named.closeFriend, named.closeFollower])
      await world.as(author).social.addCloseFriend({ userId: id });
    if (account === 'private') await world.as(author).users.updateMe({ isPrivate: true });
    for (const audience of ['public', 'friends', 'closeFriends'] as const) {
      const { id } = await quickStory(world, author, audience);
      const seeing = [];
      for (const name of viewers) if (await sees(named[name], id)) seeing.push(name);
      expect(seeing, audience).toEqual(expected[account][audience]);
      const listing = [];
      for (const name of viewers) {
        const { items } = await by(named[name])
          .byUser({ userId: author.id })
          .catch(() => ({ items: [] }));
        if (items.some((story) => story.id === id)) listing.push(name);
      }
      expect(listing, audience).toEqual(expected[account][audience]);
      expect(await sees(author, id)).toBe(true);
    }
  });

  test('is checked at each read: unfollowed, blocked, removed from close friends, made private', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await befriend(world, alice, bob);
    const forFriends = await quickStory(world, alice, 'friends');
    const forAll = await quickStory(world, alice);
    expect(await told(bob, alice)).toEqual([forFriends.id, forAll.id]);
    await world.as(alice).social.unfollow({ userId: bob.id });
    expect(await told(bob, alice)).toEqual([forAll.id]);
    await world.as(alice).users.updateMe({ isPrivate: true });
    expect(await sees(carol, forAll.id)).toBe(false);
    expect(await codeOf(by(carol).byUser({ userId: alice.id }))).toBe('not_found');
    await world.as(alice).social.block({ userId: bob.id });
    expect(await sees(bob, forAll.id)).toBe(false);
  });

  test('hidden looks like missing', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice, 'closeFriends');
    const missing = await refusal(by(bob).get({ storyId: randomUUID() }));
    expect(missing.code).toBe('not_found');
    for (const call of ['get', 'delete', 'seen', 'viewers', 'metrics', 'unreact', 'reactions'] as const)
      expect(await refusal(by(bob)[call]({ storyId }) as Promise<unknown>), call).toEqual(missing);
    expect(await refusal(by(bob).react({ storyId, emoji: '❤️' }))).toEqual(missing);
    expect(
      await codeOf(world.as(bob).media.get({ mediaId: (await by(alice).get({ storyId })).media.id })),
    ).toBe('not_found');
  });
});

describe('a day later', () => {
  test('only the author sees it', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId, media } = await quickStory(world, alice);
    const later = await quickStory(world, alice);
    expect(await told(bob, alice)).toEqual([storyId, later.id]);
    expect(await codeOf(world.as(bob).media.get({ mediaId: media.id }))).toBe('ok');
    await ageStory(world, storyId);
    expect(await told(bob, alice)).toEqual([later.id]);
    expect(await told(alice, alice)).toEqual([later.id]);
    expect(await sees(bob, storyId)).toBe(false);
    expect(await codeOf(by(bob).seen({ storyId }))).toBe('not_found');
    expect(await codeOf(by(bob).react({ storyId, emoji: '❤️' }))).toBe('not_found');
    expect(await codeOf(world.as(bob).media.get({ mediaId: media.id }))).toBe('not_found');
    expect(await sees(alice, storyId)).toBe(true);
    expect(await by(alice).metrics({ storyId })).toEqual({ viewCount: 0, reactionCount: 0, reactions: [] });
  });
});

describe('deleting a story', () => {
  test('takes its photograph along, and can be said twice', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId, media } = await quickStory(world, alice);
    expect(await codeOf(by(bob).delete({ storyId }))).toBe('not_found');
    expect(await codeOf(world.as(alice).media.delete({ mediaId: media.id }))).toBe('media_in_use');
    await by(alice).delete({ storyId });
    await by(alice).delete({ storyId });
    for (const viewer of [alice, bob]) expect(await sees(viewer, storyId)).toBe(false);
    expect(await told(alice, alice)).toEqual([]);
    expect(await codeOf(by(alice).metrics({ storyId }))).toBe('not_found');
    expect(await codeOf(world.as(alice).media.get({ mediaId: media.id }))).toBe('not_found');
  });

  test('leaves a photograph that a post or another story shows', async () => {
    const [alice] = (await people(1)) as [Extra];
    const { id: storyId, media } = await quickStory(world, alice);
    const other = await by(alice).create({ mediaId: media.id });
    const post = await world.as(alice).posts.create({ mediaIds: [media.id], visibility: 'public' });
    const { items } = await world.as(alice).media.list({});
    expect(items[0]!.usedIn).toEqual({
      postIds: [post.id],
      storyIds: expect.arrayContaining([storyId, other.id]),
      isAvatar: false,
    });
    await by(alice).delete({ storyId });
    await world.as(alice).posts.delete({ postId: post.id });
    expect(await sees(alice, other.id)).toBe(true);
    await by(alice).delete({ storyId: other.id });
    expect((await world.as(alice).media.list({})).items).toEqual([]);
  });
});

test('a story that is deleted while its photograph becomes ready is gone, and neither blocks the other', async () => {
  const [alice] = (await people(1)) as [Extra];
  const peer = await createWorld({ peerOf: world });
  for (let round = 0; round < 16; round++) {
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const told = await Promise.all([by(alice).create({ mediaId }), by(alice).create({ mediaId })]);
    const outcomes = await Promise.all([
      finishMedium(peer, mediaId).then(() => 'ok'),
      ...told.map(({ id: storyId }) => codeOf(by(alice).delete({ storyId }))),
    ]);
    expect(outcomes).toEqual(['ok', 'ok', 'ok']);
  }
  await peer.close();
  expect(await told(alice, alice)).toEqual([]);
  expect((await world.as(alice).media.list({})).items).toEqual([]);
});

describe('a story that is taken down', () => {
  test('is hidden from all but its author, until it is restored', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: storyId } = await quickStory(world, alice);
    expect(await setStoryTakenDown(world.app, storyId, true)).toBe(true);
    expect(await setStoryTakenDown(world.app, storyId, true)).toBe(false);
    expect([await sees(alice, storyId), await sees(bob, storyId)]).toEqual([true, false]);
    expect(await told(bob, alice)).toEqual([]);
    expect(await setStoryTakenDown(world.app, storyId, false)).toBe(true);
    expect(await sees(bob, storyId)).toBe(true);
    expect(await setStoryTakenDown(world.app, randomUUID(), true)).toBe(false);
  });
});

describe('a walk through the stories of a person', () => {
  test('shows each once, oldest first, also at equal times', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push((await quickStory(world, alice)).id);
    expect(await told(bob, alice)).toEqual(ids);
    await world.app.db.execute(sql`
      update stories set expires_at = now() + interval '1 hour' where author_id = ${alice.id}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await by(bob).byUser({ userId: alice.id, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...ids].sort());
  });

  test('takes no cursor of another list, person or viewer', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    for (const author of [alice, bob]) for (let n = 0; n < 2; n++) await quickStory(world, author);
    const { nextCursor } = await by(carol).byUser({ userId: alice.id, limit: 1 });
    const cursor = nextCursor!;
    expect(await codeOf(by(carol).byUser({ userId: alice.id, cursor }))).toBe('ok');
    const foreign = [
      by(carol).byUser({ userId: bob.id, cursor }),
      by(bob).byUser({ userId: alice.id, cursor }),
      by(carol).byUser({ userId: alice.id, cursor: 'forged' }),
      world.as(carol).highlights.byUser({ userId: alice.id, cursor }),
    ];
    expect(new Set(await Promise.all(foreign.map(codeOf)))).toEqual(new Set(['invalid_cursor']));
  });
});
