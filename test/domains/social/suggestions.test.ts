import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { follows, users } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

type Seven = [Extra, Extra, Extra, Extra, Extra, Extra, Extra];

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const social = (person: Extra) => world.as(person).social;
const follow = async (follower: Extra, ...followees: Extra[]) => {
  for (const { id } of followees) await social(follower).follow({ userId: id });
};
const suggested = async (viewer: Extra) =>
  (await social(viewer).suggestions({})).items.map(({ user }) => user.handle);

test('are whom the followed follow, those of most of them first, with the reason', async () => {
  const [me, one, two, a, b, c, d] = (await crowd(world, 7, 'reason')) as Seven;
  await follow(me, a, b, c, d);
  await follow(a, one, two);
  for (const fan of [b, c, d]) await follow(fan, two);
  const { items } = await social(me).suggestions({});
  expect(items.map(({ user }) => user.handle)).toEqual([two.handle, one.handle]);
  expect(items[0]!.reason).toMatchObject({ kind: 'followedBy', count: 4 });
  expect(items[0]!.reason.users.map(({ handle }) => handle)).toEqual([d.handle, c.handle, b.handle]);
  expect(items[1]!.reason).toMatchObject({ count: 1, users: [{ handle: a.handle }] });
});

describe('leave out', () => {
  let me: Extra;
  let friend: Extra;
  let wanted: Extra;
  let other: Extra;
  let round = 0;
  async function scene() {
    round += 1;
    [me, friend, wanted, other] = (await crowd(world, 4, `scene${round}`)) as [Extra, Extra, Extra, Extra];
    await follow(me, friend);
    await follow(friend, wanted, other, me);
    expect(new Set(await suggested(me))).toEqual(new Set([wanted.handle, other.handle]));
  }
  const set = (person: Extra, change: Partial<typeof users.$inferInsert>) =>
    world.app.db.update(users).set(change).where(eq(users.id, person.id));

  test.each<[string, () => Promise<unknown>]>([
    ['whom the viewer follows', () => follow(me, wanted)],
    [
      'whom the viewer has asked to follow',
      async () => {
        await world.as(wanted).users.updateMe({ isPrivate: true });
        await follow(me, wanted);
      },
    ],
    ['whom the viewer blocks', () => social(me).block({ userId: wanted.id })],
    ['who blocks the viewer', () => social(wanted).block({ userId: me.id })],
    ['whom the viewer mutes', () => social(me).mute({ userId: wanted.id })],
    ['who does not want to be found', () => world.as(wanted).users.updateMe({ discoverable: false })],
    ['who is deleted', () => set(wanted, { deletedAt: new Date() })],
    ['who is banned', () => set(wanted, { bannedUntil: new Date(Date.now() + 60_000) })],
  ])('%s', async (_, hide) => {
    await scene();
    await hide();
    expect(await suggested(me)).toEqual([other.handle]);
  });

  test('what somebody banned follows', async () => {
    await scene();
    await set(friend, { bannedUntil: new Date(Date.now() + 60_000) });
    expect(await suggested(me)).toEqual([]);
  });
});

test('suggest a private account, which publishes nothing by it', async () => {
  const [me, friend, shy] = (await crowd(world, 3, 'shy')) as [Extra, Extra, Extra];
  await world.as(shy).users.updateMe({ isPrivate: true });
  await follow(me, friend);
  await world.app.db.insert(follows).values({ followerId: friend.id, followeeId: shy.id });
  expect(await suggested(me)).toEqual([shy.handle]);
});

test('a walk shows each once, also when all are followed by equally many', async () => {
  const [me, a, b, ...rest] = (await crowd(world, 23, 'walk')) as [Extra, Extra, Extra, ...Extra[]];
  const rows = [a, b].flatMap((fan) => rest.map(({ id }) => ({ followerId: fan.id, followeeId: id })));
  await world.app.db
    .insert(follows)
    .values([...rows, { followerId: me.id, followeeId: a.id }, { followerId: me.id, followeeId: b.id }]);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await social(me).suggestions({ limit: 7, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ user }) => user.id));
    cursor = page.nextCursor ?? undefined;
    if (cursor) expect(page.items).toHaveLength(7);
  } while (cursor);
  expect(seen).toHaveLength(20);
  expect(new Set(seen)).toEqual(new Set(rest.map(({ id }) => id)));
});

test('read only so much of the graph', async () => {
  const [me, ...followed] = (await crowd(world, 260, 'wide')) as [Extra, ...Extra[]];
  const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 1000);
  const mine = followed.map(({ id }, index) => ({ followerId: me.id, followeeId: id, createdAt: at(index) }));
  await world.app.db.insert(follows).values(mine);
  const [early, late] = (await crowd(world, 2, 'asked')) as [Extra, Extra];
  await follow(followed[0]!, early);
  await follow(followed.at(-1)!, late);
  expect(await suggested(me)).toEqual([late.handle]);
});

test('a cursor of somebody else is refused', async () => {
  const [me, friend, x, y, other] = (await crowd(world, 5, 'cursor')) as [Extra, Extra, Extra, Extra, Extra];
  await follow(me, friend);
  await follow(friend, x, y);
  const { nextCursor } = await social(me).suggestions({ limit: 1 });
  expect(await codeOf(social(other).suggestions({ cursor: nextCursor! }))).toBe('invalid_cursor');
  expect(await codeOf(social(me).suggestions({ limit: 201 }))).toBe('invalid_input');
});
