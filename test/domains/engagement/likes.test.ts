import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { likes } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
let named = 0;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `liker${named}`);
}

const by = (person: Extra) => world.as(person).engagement;

async function post(author: Extra, visibility: 'public' | 'followers' = 'public'): Promise<string> {
  const mediaIds = await insertMedia(world, author, 1);
  return (await world.as(author).posts.create({ mediaIds, visibility })).id;
}

const likers = async (viewer: Extra | null, postId: string) => {
  const { items } = await (viewer ? world.as(viewer) : world.anonymous).engagement.likes({ postId });
  return items.map(({ user }) => user.id);
};

describe('liking', () => {
  test('counts once however often it is asked for, and is taken back once', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const postId = await post(alice);
    expect(await by(bob).like({ postId })).toEqual({ liked: true, likeCount: 1 });
    expect(await by(bob).like({ postId })).toEqual({ liked: true, likeCount: 1 });
    expect(await by(carol).like({ postId })).toEqual({ liked: true, likeCount: 2 });
    expect(await world.as(bob).posts.get({ postId })).toMatchObject({ likeCount: 2, likedByViewer: true });
    expect(await world.as(alice).posts.get({ postId })).toMatchObject({ likeCount: 2, likedByViewer: false });
    expect(await by(bob).unlike({ postId })).toEqual({ liked: false, likeCount: 1 });
    expect(await by(bob).unlike({ postId })).toEqual({ liked: false, likeCount: 1 });
    expect(await world.as(bob).posts.get({ postId })).toMatchObject({ likeCount: 1, likedByViewer: false });
  });

  test('needs a post that the viewer may see', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const postId = await post(alice, 'followers');
    const missing = await refusal(by(bob).like({ postId: randomUUID() }));
    expect(missing.code).toBe('not_found');
    expect(await refusal(by(bob).like({ postId }))).toEqual(missing);
    expect(await refusal(by(bob).unlike({ postId }))).toEqual(missing);
    expect(await refusal(by(bob).likes({ postId }))).toEqual(missing);
    expect(await codeOf(world.anonymous.engagement.likes({ postId }))).toBe('not_found');
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await codeOf(by(bob).like({ postId }))).toBe('ok');
    await world.as(alice).posts.delete({ postId });
    expect(await codeOf(by(bob).unlike({ postId }))).toBe('not_found');
  });

  test('refuses an invalid id, an unknown field, and anonymous callers', async () => {
    const [alice] = (await people(1)) as [Extra];
    const postId = await post(alice);
    expect((await refusal(by(alice).like({ postId: 'x' }))).errors[0]?.field).toBe('postId');
    const extended = { postId, userId: randomUUID() };
    expect((await refusal(by(alice).like(extended))).errors[0]?.field).toBe('userId');
    expect(await codeOf(world.anonymous.engagement.like({ postId }))).toBe('unauthenticated');
    expect(await codeOf(world.anonymous.engagement.unlike({ postId }))).toBe('unauthenticated');
    expect(await codeOf(by(alice).likes({ postId, limit: 201 }))).toBe('invalid_input');
    expect(await codeOf(by(alice).likes({ postId, cursor: 'forged' }))).toBe('invalid_cursor');
  });
});

describe('the list of who liked', () => {
  test('is newest first and says when', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const postId = await post(alice);
    await by(bob).like({ postId });
    await by(carol).like({ postId });
    const { items, nextCursor } = await world.anonymous.engagement.likes({ postId });
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      { user: expect.objectContaining({ id: carol.id, handle: carol.handle }), likedAt: expect.any(Date) },
      { user: expect.objectContaining({ id: bob.id, handle: bob.handle }), likedAt: expect.any(Date) },
    ]);
  });

  test('leaves out those who do not exist for the viewer', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    const postId = await post(alice);
    await by(bob).like({ postId });
    await by(carol).like({ postId });
    await world.as(bob).social.block({ userId: carol.id });
    expect(await likers(bob, postId)).toEqual([bob.id]);
    expect(await likers(carol, postId)).toEqual([carol.id]);
    expect(await likers(alice, postId)).toEqual([carol.id, bob.id]);
    await world.database.sql`update users set banned_until = 'infinity' where id = ${carol.id}`;
    expect(await likers(null, postId)).toEqual([bob.id]);
  });

  test('gives each lasting like once while others come and go, equal times included', async () => {
    const [alice, ...crowd] = (await people(41)) as [Extra, ...Extra[]];
    const postId = await post(alice);
    const [first, late] = [crowd.slice(0, 20), crowd.slice(20)];
    for (const person of first) await by(person).like({ postId });
    await world.database.sql`update likes set created_at = '2026-01-01' where post_id = ${postId}`;
    const leaving = first.filter((_, n) => n % 4 === 0);
    const lasting = first.filter((_, n) => n % 4 !== 0).map(({ id }) => id);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.anonymous.engagement.likes({
        postId,
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      walked.push(...page.items.map(({ user }) => user.id));
      cursor = page.nextCursor ?? undefined;
      const [leaves, comes] = [leaving.pop(), late.pop()];
      if (leaves) await by(leaves).unlike({ postId });
      if (comes) await by(comes).like({ postId });
    } while (cursor);
    expect(new Set(walked).size).toBe(walked.length);
    expect(walked.filter((id) => lasting.includes(id))).toEqual(lasting.sort().reverse());
  });
});

test('fifty requests for the same like make one', async () => {
  const [alice, bob] = (await people(2)) as [Extra, Extra];
  const postId = await post(alice);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 ? world : peer).as(bob).engagement.like({ postId })),
  );
  expect(new Set(answers.map(({ likeCount }) => likeCount))).toEqual(new Set([1]));
  expect(await likers(alice, postId)).toEqual([bob.id]);
});

test('the count of likes is that of the rows after 32 clients on two processes liked and took back', async () => {
  const [alice, ...crowd] = (await people(9)) as [Extra, ...Extra[]];
  const postIds = [await post(alice), await post(alice), await post(alice)];
  const client = async (number: number) => {
    const random = seededRandom(number);
    const pick = <T>(of: T[]) => of[Math.floor(random() * of.length)]!;
    for (let n = 0; n < 15; n++) {
      const { engagement } = (number % 2 ? world : peer).as(pick(crowd));
      const postId = pick(postIds);
      const { likeCount } = await (random() < 0.6
        ? engagement.like({ postId })
        : engagement.unlike({ postId }));
      expect(likeCount).toBeGreaterThanOrEqual(0);
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, number) => client(number)));
  for (const postId of postIds) {
    const rows = await world.app.db.$count(likes, eq(likes.postId, postId));
    expect(await world.anonymous.posts.get({ postId })).toMatchObject({ likeCount: rows });
    expect(await likers(null, postId)).toHaveLength(rows);
  }
});
