import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

/** People of this test alone. */
async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `test${named}`);
}

const social = (person: Extra) => world.as(person).social;

async function makePrivate(person: Extra) {
  await world.as(person).users.updateMe({ isPrivate: true });
}

async function counts(person: Extra) {
  const { followerCount, followingCount } = await world.as(person).users.get({ userId: person.id });
  return [followerCount, followingCount];
}

const strangers = {
  following: false,
  followedBy: false,
  requested: false,
  blocking: false,
  blockedBy: false,
  muting: false,
  mutual: false,
  closeFriend: false,
};

describe('following', () => {
  test('begins once however often it is asked for, and ends once', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const userId = bob.id;
    expect(await social(alice).follow({ userId })).toEqual({ state: 'following' });
    expect(await social(alice).follow({ userId })).toEqual({ state: 'following' });
    expect([await counts(alice), await counts(bob)]).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(await social(alice).unfollow({ userId })).toEqual({ state: 'none' });
    expect(await social(alice).unfollow({ userId })).toEqual({ state: 'none' });
    expect([await counts(alice), await counts(bob)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('shows in the relationship from both sides, and is mutual when both do', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    expect(await social(alice).relationship({ userId: bob.id })).toEqual(strangers);
    await social(alice).follow({ userId: bob.id });
    expect(await social(alice).relationship({ userId: bob.id })).toEqual({ ...strangers, following: true });
    expect(await social(bob).relationship({ userId: alice.id })).toEqual({ ...strangers, followedBy: true });
    await social(bob).follow({ userId: alice.id });
    const both = { ...strangers, following: true, followedBy: true, mutual: true };
    expect(await social(alice).relationship({ userId: bob.id })).toEqual(both);
    expect(await social(alice).relationship({ userId: alice.id })).toEqual(strangers);
  });

  test('can be read for many users at once, for those the viewer may see, in the requested order', async () => {
    const [alice, bob, carol, dan, erin] = (await people(5)) as [Extra, Extra, Extra, Extra, Extra];
    await social(alice).follow({ userId: bob.id });
    await social(alice).block({ userId: carol.id });
    await social(dan).block({ userId: alice.id });
    const missing = '01993a4e-0000-7000-8000-000000000000';
    const userIds = [erin, carol, dan, bob, alice, bob].map(({ id }) => id);
    expect(await social(alice).relationships({ userIds: [...userIds, missing] })).toEqual({
      items: [
        { userId: erin.id, relationship: strangers },
        { userId: carol.id, relationship: { ...strangers, blocking: true } },
        { userId: bob.id, relationship: { ...strangers, following: true } },
        { userId: alice.id, relationship: strangers },
      ],
    });
    for (const userIds of [[], ['bob'], Array(101).fill(bob.id)])
      await expect(social(alice).relationships({ userIds })).rejects.toThrow();
  });

  test('can be ended by the followed user', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await social(alice).follow({ userId: bob.id });
    await social(bob).removeFollower({ userId: alice.id });
    await social(bob).removeFollower({ userId: alice.id });
    expect([await counts(alice), await counts(bob)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('a private account', () => {
  test('is asked, and lets follow whom it accepts', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await makePrivate(bob);
    expect(await social(alice).follow({ userId: bob.id })).toEqual({ state: 'requested' });
    expect(await social(alice).follow({ userId: bob.id })).toEqual({ state: 'requested' });
    expect(await social(alice).relationship({ userId: bob.id })).toEqual({ ...strangers, requested: true });
    expect(await counts(bob)).toEqual([0, 0]);
    const { items } = await social(bob).requests({});
    expect(items).toMatchObject([{ user: { id: alice.id }, requestedAt: expect.any(Date) }]);
    await social(bob).acceptRequest({ userId: alice.id });
    await social(bob).acceptRequest({ userId: alice.id });
    expect((await social(bob).requests({})).items).toEqual([]);
    expect(await counts(bob)).toEqual([1, 0]);
    expect(await social(alice).follow({ userId: bob.id })).toEqual({ state: 'following' });
  });

  test('may reject, and may be asked again', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await makePrivate(bob);
    await social(alice).follow({ userId: bob.id });
    await social(bob).rejectRequest({ userId: alice.id });
    await social(bob).rejectRequest({ userId: alice.id });
    expect(await social(alice).relationship({ userId: bob.id })).toEqual(strangers);
    expect((await refusal(social(bob).acceptRequest({ userId: alice.id }))).code).toBe('not_found');
    expect(await social(alice).follow({ userId: bob.id })).toEqual({ state: 'requested' });
  });

  test('no longer sees a request that was taken back', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await makePrivate(bob);
    await social(alice).follow({ userId: bob.id });
    expect(await social(alice).unfollow({ userId: bob.id })).toEqual({ state: 'none' });
    expect((await social(bob).requests({})).items).toEqual([]);
  });

  test('that goes public accepts nobody silently', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await makePrivate(bob);
    await social(alice).follow({ userId: bob.id });
    await world.as(bob).users.updateMe({ isPrivate: false });
    expect((await social(bob).requests({})).items).toHaveLength(1);
    expect(await counts(bob)).toEqual([0, 0]);
    expect(await social(alice).follow({ userId: bob.id })).toEqual({ state: 'following' });
    expect((await social(bob).requests({})).items).toEqual([]);
  });

  test('keeps its followers when it goes private, and its lists for them', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await social(alice).follow({ userId: bob.id });
    await social(bob).follow({ userId: carol.id });
    await makePrivate(bob);
    const missing = await refusal(world.anonymous.social.followers({ userId: randomUUID() }));
    for (const list of ['followers', 'following'] as const) {
      expect((await social(alice)[list]({ userId: bob.id })).items).toHaveLength(1);
      expect((await social(bob)[list]({ userId: bob.id })).items).toHaveLength(1);
      expect(await refusal(social(carol)[list]({ userId: bob.id }))).toEqual(missing);
      expect(await refusal(world.anonymous.social[list]({ userId: bob.id }))).toEqual(missing);
    }
    await social(bob).removeFollower({ userId: alice.id });
    expect(await refusal(social(alice).followers({ userId: bob.id }))).toEqual(missing);
  });
});

describe('blocking', () => {
  test('ends follows, requests and close friendship both ways', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await makePrivate(carol);
    await social(alice).follow({ userId: bob.id });
    await social(bob).follow({ userId: alice.id });
    await social(bob).follow({ userId: carol.id });
    await social(alice).addCloseFriend({ userId: bob.id });
    await social(bob).addCloseFriend({ userId: alice.id });
    await social(alice).block({ userId: bob.id });
    await social(alice).block({ userId: bob.id });
    await social(carol).block({ userId: bob.id });
    expect([await counts(alice), await counts(bob)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    await social(alice).unblock({ userId: bob.id });
    await social(carol).unblock({ userId: bob.id });
    expect(await social(alice).relationship({ userId: bob.id })).toEqual(strangers);
    expect((await social(bob).closeFriends({})).items).toEqual([]);
    expect((await social(carol).requests({})).items).toEqual([]);
  });

  test('is listed only for the user who blocks', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await social(alice).block({ userId: bob.id });
    const { items } = await social(alice).blocks({});
    expect(items).toMatchObject([{ user: { id: bob.id }, blockedAt: expect.any(Date) }]);
    expect(await social(alice).relationship({ userId: bob.id })).toEqual({ ...strangers, blocking: true });
    expect((await social(bob).blocks({})).items).toEqual([]);
    await social(alice).unblock({ userId: bob.id });
    await social(alice).unblock({ userId: bob.id });
    expect((await social(alice).blocks({})).items).toEqual([]);
  });

  test('makes each look to the other as if they had never been', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await social(alice).follow({ userId: carol.id });
    await social(bob).follow({ userId: carol.id });
    await social(alice).block({ userId: bob.id });
    const acts = ['follow', 'unfollow', 'mute', 'unmute', 'addCloseFriend', 'removeCloseFriend'] as const;
    const others = ['acceptRequest', 'rejectRequest', 'removeFollower', 'followers', 'following'] as const;
    for (const act of [...acts, ...others]) {
      const missing = await refusal(social(bob)[act]({ userId: randomUUID() }));
      expect(missing.code).toBe('not_found');
      expect(await refusal(social(bob)[act]({ userId: alice.id }))).toEqual(missing);
      expect(await refusal(social(alice)[act]({ userId: bob.id }))).toEqual(missing);
    }
    for (const act of ['relationship', 'block', 'unblock'] as const) {
      const missing = await refusal(social(bob)[act]({ userId: randomUUID() }));
      expect(await refusal(social(bob)[act]({ userId: alice.id }))).toEqual(missing);
    }
    for (const [viewer, other] of [[alice, bob] as const, [bob, alice] as const]) {
      const missing = await refusal(world.as(viewer).users.get({ userId: randomUUID() }));
      expect(await refusal(world.as(viewer).users.get({ userId: other.id }))).toEqual(missing);
      expect(await refusal(world.as(viewer).users.byHandle({ handle: other.handle }))).toEqual(missing);
      const { items } = await social(viewer).followers({ userId: carol.id });
      expect(items.map(({ user }) => user.id)).toEqual([viewer.id]);
    }
  });
});
