import { eq, inArray, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { follows, users } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const social = (person: Extra) => world.as(person).social;
const idsOf = (people: { id: string }[]) => people.map(({ id }) => id);

type List = 'followers' | 'following';

/** Every page in turn; between two of them something may happen. */
async function walk(
  list: List,
  userId: string,
  limit: number,
  between: (page: string[]) => Promise<unknown> = async () => {},
) {
  const seen: { id: string; at: Date }[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.anonymous.social[list]({ userId, limit, ...(cursor ? { cursor } : {}) });
    const items = page.items.map(({ user, followedAt }) => ({ id: user.id, at: followedAt }));
    expect(items.length === limit || page.nextCursor === null).toBe(true);
    seen.push(...items);
    cursor = page.nextCursor ?? undefined;
    if (cursor) await between(idsOf(items));
  } while (cursor);
  return seen;
}

async function followedBy(author: Extra, followers: Extra[]) {
  const rows = followers.map(({ id }) => ({ followerId: id, followeeId: author.id }));
  await world.app.db.insert(follows).values(rows);
  const counts = { followerCount: followers.length };
  await world.app.db.update(users).set(counts).where(eq(users.id, author.id));
  await world.app.db
    .update(users)
    .set({ followingCount: 1 })
    .where(inArray(users.id, idsOf(followers)));
}

const followAtOneTime = (authorId: string) =>
  world.app.db.update(follows).set({ createdAt: sql`'2026-01-01'` }).where(eq(follows.followeeId, authorId));

describe('a walk through followers', () => {
  test('shows each once, newest first', async () => {
    const [author, ...followers] = (await crowd(world, 12, 'ordered')) as [Extra, ...Extra[]];
    for (const follower of followers) await social(follower).follow({ userId: author.id });
    const seen = await walk('followers', author.id, 4);
    expect(idsOf(seen)).toHaveLength(11);
    expect(new Set(idsOf(seen))).toEqual(new Set(idsOf(followers)));
    const times = seen.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test.each([1, 3, 30])('tells equal times apart, %i on a page', async (limit) => {
    const [author, ...followers] = (await crowd(world, 21, `equal${limit}`)) as [Extra, ...Extra[]];
    await followedBy(author, followers);
    await followAtOneTime(author.id);
    expect(idsOf(await walk('followers', author.id, limit))).toEqual(idsOf(followers).sort().reverse());
  });

  test('misses and repeats nobody who stays while others come, go, and are hidden', async () => {
    const [author, ...rest] = (await crowd(world, 61, 'moving')) as [Extra, ...Extra[]];
    const [staying, leaving, coming] = [rest.slice(0, 20), rest.slice(20, 40), rest.slice(40)];
    await followedBy(author, [...staying, ...leaving]);
    await followAtOneTime(author.id);
    const gone = new Set<string>();
    const seen = await walk('followers', author.id, 3, async (page) => {
      // The row at the cursor, if it is one of those that are deleted.
      const last = leaving.find(({ id }) => id === page.at(-1));
      const next = leaving.find(({ id }) => !gone.has(id) && id !== last?.id);
      const newcomer = coming.pop();
      await Promise.all([
        last && social(last).unfollow({ userId: author.id }),
        next && world.app.db.update(users).set({ deletedAt: sql`now()` }).where(eq(users.id, next.id)),
        newcomer && social(newcomer).follow({ userId: author.id }),
      ]);
      for (const person of [last, next]) if (person) gone.add(person.id);
    });
    const ids = idsOf(seen);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(idsOf(staying)));
    expect(gone.size).toBeGreaterThan(5);
  });

  test('has full pages also where most are hidden', async () => {
    const [author, ...followers] = (await crowd(world, 81, 'thinned')) as [Extra, ...Extra[]];
    await followedBy(author, followers);
    const hidden = idsOf(followers.filter((_, index) => index % 8 !== 0));
    await world.app.db.update(users).set({ deletedAt: sql`now()` }).where(inArray(users.id, hidden));
    expect(idsOf(await walk('followers', author.id, 5))).toHaveLength(10);
  });

  test('gives a cursor that is good for this list alone', async () => {
    const [author, other, ...followers] = (await crowd(world, 6, 'cursor')) as [Extra, Extra, ...Extra[]];
    await followedBy(author, followers);
    const first = await world.anonymous.social.followers({ userId: author.id, limit: 2 });
    const cursor = first.nextCursor!;
    const flipped = `${cursor.slice(0, -2)}${cursor.at(-2) === 'A' ? 'B' : 'A'}${cursor.at(-1)}`;
    const misuses = [
      () => world.anonymous.social.followers({ userId: other.id, cursor }),
      () => world.anonymous.social.following({ userId: author.id, cursor }),
      () => social(other).followers({ userId: author.id, cursor }),
      () => world.anonymous.social.followers({ userId: author.id, cursor: flipped }),
      () => world.anonymous.social.followers({ userId: author.id, cursor: 'x' }),
    ];
    for (const misuse of misuses)
      expect(await refusal(misuse())).toMatchObject({
        code: 'invalid_cursor',
        errors: [{ field: 'cursor' }],
      });
    for (const limit of [0, 201, 1.5, '10'])
      expect(
        await refusal(world.anonymous.social.followers({ userId: author.id, limit: limit as number })),
      ).toMatchObject({ code: 'invalid_input', errors: [{ field: 'limit' }] });
  });
});

test('a walk through those whom somebody follows shows each once, newest first', async () => {
  const [reader, ...authors] = (await crowd(world, 12, 'followee')) as [Extra, ...Extra[]];
  for (const author of authors) await social(reader).follow({ userId: author.id });
  expect(idsOf(await walk('following', reader.id, 5))).toEqual(idsOf(authors).reverse());
});

test('own lists are walked page by page as well', async () => {
  const [owner, ...others] = (await crowd(world, 8, 'owned')) as [Extra, ...Extra[]];
  const me = social(owner);
  for (const { id } of others) {
    await me.mute({ userId: id });
    await me.addCloseFriend({ userId: id });
  }
  const newestFirst = idsOf(others).reverse();
  for (const list of ['mutes', 'closeFriends'] as const) {
    const first = await me[list]({ limit: 4 });
    const second = await me[list]({ limit: 4, cursor: first.nextCursor! });
    expect(idsOf([...first.items, ...second.items].map(({ user }) => user))).toEqual(newestFirst);
    expect(second.nextCursor).toBeNull();
  }
  for (const { id } of others) await me.block({ userId: id });
  const blocked = await me.blocks({ limit: 200 });
  expect(idsOf(blocked.items.map(({ user }) => user))).toEqual(newestFirst);
  for (const list of ['mutes', 'closeFriends'] as const) expect((await me[list]({})).items).toEqual([]);
});
