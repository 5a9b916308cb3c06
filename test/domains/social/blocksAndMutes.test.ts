import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { mutes, users } from '../../../server/schema/index.ts';
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

describe('muting', () => {
  test('is known to the muter alone, and ends when it is undone', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await social(alice).mute({ userId: bob.id });
    expect(await social(alice).relationship({ userId: bob.id })).toEqual({ ...strangers, muting: true });
    expect(await social(bob).relationship({ userId: alice.id })).toEqual(strangers);
    expect((await social(alice).mutes({})).items).toMatchObject([{ user: { id: bob.id }, expiresAt: null }]);
    await social(alice).unmute({ userId: bob.id });
    await social(alice).unmute({ userId: bob.id });
    expect((await social(alice).mutes({})).items).toEqual([]);
  });

  test('ends by itself at its time, which muting again changes', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await social(alice).mute({ userId: bob.id });
    const expiresAt = new Date(Date.now() + 3_600_000);
    await social(alice).mute({ userId: bob.id, expiresAt });
    expect((await social(alice).mutes({})).items).toMatchObject([{ expiresAt }]);
    await world.app.db
      .update(mutes)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(mutes.muterId, alice.id));
    expect(await social(alice).relationship({ userId: bob.id })).toEqual(strangers);
    expect((await social(alice).mutes({})).items).toEqual([]);
  });

  test.each([
    ['a time that is over', new Date(Date.now() - 1000)],
    ['a time out of reach', new Date(8.64e15)],
    ['no time at all', new Date(Number.NaN)],
    ['a text', 'tomorrow'],
  ])('refuses %s', async (_, expiresAt) => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    expect(await refusal(social(alice).mute({ userId: bob.id, expiresAt: expiresAt as Date }))).toMatchObject(
      {
        code: 'invalid_input',
        errors: [{ field: 'expiresAt' }],
      },
    );
  });
});

test('close friends are put on and taken off a list that only its owner sees', async () => {
  const [alice, bob] = (await people(2)) as [Extra, Extra];
  await social(alice).addCloseFriend({ userId: bob.id });
  await social(alice).addCloseFriend({ userId: bob.id });
  const { items } = await social(alice).closeFriends({});
  expect(items).toMatchObject([{ user: { id: bob.id }, addedAt: expect.any(Date) }]);
  expect(await social(alice).relationship({ userId: bob.id })).toEqual({ ...strangers, closeFriend: true });
  expect(await social(bob).relationship({ userId: alice.id })).toEqual(strangers);
  await social(alice).removeCloseFriend({ userId: bob.id });
  await social(alice).removeCloseFriend({ userId: bob.id });
  expect((await social(alice).closeFriends({})).items).toEqual([]);
});

const acts = [
  'follow',
  'unfollow',
  'removeFollower',
  'acceptRequest',
  'rejectRequest',
  'block',
  'unblock',
  'mute',
  'unmute',
  'addCloseFriend',
  'removeCloseFriend',
] as const;

describe.each(acts)('%s', (act) => {
  test('of yourself is refused', async () => {
    const [alice] = (await people(1)) as [Extra];
    expect(await refusal(social(alice)[act]({ userId: alice.id }))).toMatchObject({
      code: 'self_action',
      errors: [{ field: 'userId', message: 'must not be you' }],
    });
  });

  test('finds neither those who never were nor those who are gone', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const missing = { code: 'not_found', message: 'Not found', errors: [] };
    expect(await refusal(social(alice)[act]({ userId: randomUUID() }))).toEqual(missing);
    await world.app.db.update(users).set({ deletedAt: sql`now()` }).where(eq(users.id, bob.id));
    expect(await refusal(social(alice)[act]({ userId: bob.id }))).toEqual(missing);
  });

  test('needs somebody signed in, an id, and nothing else', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    expect((await refusal(world.anonymous.social[act]({ userId: bob.id }))).code).toBe('unauthenticated');
    for (const input of [{}, { userId: 'bob' }, { userId: bob.id, times: 2 }])
      expect((await refusal(social(alice)[act](input as { userId: string }))).code).toBe('invalid_input');
  });
});
