import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
let named = 0;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

async function person(): Promise<Extra> {
  named += 1;
  return (await crowd(world, 1, `twice${named}`))[0]!;
}

/** Fifty at once, half of them to another process. */
const fifty = <T>(act: (at: World) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 50 }, (_, n) => act(n % 2 ? world : peer)));

const different = (answers: { id: string }[]) => new Set(answers.map(({ id }) => id)).size;

describe('the same sent fifty times at once, without a key,', () => {
  test('makes one post', async () => {
    const alice = await person();
    const post = {
      mediaIds: await insertMedia(world, alice, 2),
      caption: 'Snow',
      visibility: 'public',
    } as const;
    expect(different(await fifty((at) => at.as(alice).posts.create(post)))).toBe(1);
    expect((await world.as(alice).posts.byUser({ userId: alice.id })).items).toHaveLength(1);
    expect((await world.as(alice).users.get({ userId: alice.id })).postCount).toBe(1);
  });

  test('makes one story', async () => {
    const alice = await person();
    const [mediaId] = await insertMedia(world, alice, 1);
    expect(different(await fifty((at) => at.as(alice).stories.create({ mediaId: mediaId! })))).toBe(1);
    expect((await world.as(alice).stories.byUser({ userId: alice.id })).items).toHaveLength(1);
  });

  test('makes one comment, and one reply', async () => {
    const alice = await person();
    const mediaIds = await insertMedia(world, alice, 1);
    const { id: postId } = await world.as(alice).posts.create({ mediaIds, visibility: 'public' });
    const comments = await fifty((at) => at.as(alice).engagement.comment({ postId, body: 'Cold' }));
    expect(different(comments)).toBe(1);
    const parentId = comments[0]!.id;
    expect(
      different(await fifty((at) => at.as(alice).engagement.comment({ postId, body: 'Cold', parentId }))),
    ).toBe(1);
    expect((await world.as(alice).posts.get({ postId })).commentCount).toBe(2);
  });
});

describe('an operator who presses twice', () => {
  const verdict = { rule: 'No spam', reason: 'Sells watches' };

  test('warns once and bans once, and bans again for another time', async () => {
    const { id: userId } = await person();
    const ban = (at: World, durationHours: number) =>
      at.admin.moderation.ban({ userId, ...verdict, durationHours });
    expect(different(await fifty((at) => at.admin.moderation.warn({ userId, ...verdict })))).toBe(1);
    expect(different(await fifty((at) => ban(at, 24)))).toBe(1);
    const { items } = await world.admin.moderation.audit({ limit: 10 });
    expect(items.map(({ action }) => action)).toEqual(['user.ban', 'user.warn']);
    await ban(world, 25);
    expect((await world.admin.moderation.audit({ limit: 10 })).items).toHaveLength(3);
  });
});

describe('what differs is said', () => {
  test('in other words, in another order, to others, or once more after it was deleted', async () => {
    const alice = await person();
    const [one, two] = (await insertMedia(world, alice, 2)) as [string, string];
    const { posts } = world.as(alice);
    const post = { mediaIds: [one, two], caption: 'Snow', visibility: 'public' as const };
    const first = await posts.create(post);
    const others = [
      await posts.create({ ...post, caption: 'Ice' }),
      await posts.create({ ...post, mediaIds: [two, one] }),
      await posts.create({ ...post, mediaIds: [one] }),
      await posts.create({ ...post, visibility: 'followers' }),
      await posts.create({ ...post, commentPolicy: 'nobody' }),
    ];
    expect(different([first, ...others])).toBe(6);
    await posts.delete({ postId: first.id });
    expect((await posts.create(post)).id).not.toBe(first.id);
  });

  test('by somebody else, under something else, or a minute later', async () => {
    const [alice, bob] = [await person(), await person()];
    const mediaIds = await insertMedia(world, alice, 1);
    const { id: postId } = await world.as(alice).posts.create({ mediaIds, visibility: 'public' });
    const comment = (who: Extra, parentId?: string) =>
      world.as(who).engagement.comment({ postId, body: 'Cold', parentId });
    const first = await comment(alice);
    const others = [await comment(bob), await comment(alice, first.id)];
    await world.app.db.execute(
      sql`update comments set created_at = created_at - interval '61 seconds' where id = ${first.id}`,
    );
    others.push(await comment(alice));
    expect(different([first, ...others])).toBe(4);
  });
});
