import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import { handleChanges, users } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

describe('profiles', () => {
  test('are found by id and by handle in any case, with the relationship for a viewer', async () => {
    const { alma, birna } = await world.people('alma', 'birna');
    await world.as(birna).social.follow({ userId: alma.id });
    const seen = await world.as(birna).users.get({ userId: alma.id.toUpperCase() });
    expect(seen).toMatchObject({
      id: alma.id,
      handle: 'alma',
      followerCount: 1,
      followingCount: 0,
      postCount: 0,
    });
    expect(seen.relationship).toMatchObject({ following: true, followedBy: false, mutual: false });
    expect(await world.as(birna).users.byHandle({ handle: 'ALMA' })).toEqual(seen);
    expect((await world.anonymous.users.get({ userId: alma.id })).relationship).toBeNull();
  });

  test('never carry the e-mail address', async () => {
    const { dagny, edda } = await world.people('dagny', 'edda');
    for (const caller of [world.anonymous, world.as(edda), world.as(dagny)])
      expect(JSON.stringify(await caller.users.get({ userId: dagny.id }))).not.toContain('@');
  });

  test('of private accounts keep their counts for approved followers', async () => {
    const { freyja, gudrun, hekla } = await world.people('freyja', 'gudrun', 'hekla');
    await world.as(gudrun).social.follow({ userId: freyja.id });
    await world.as(freyja).users.updateMe({ isPrivate: true });
    const hidden = { isPrivate: true, followerCount: null, followingCount: null, postCount: null };
    expect(await world.anonymous.users.get({ userId: freyja.id })).toMatchObject(hidden);
    expect(await world.as(hekla).users.get({ userId: freyja.id })).toMatchObject(hidden);
    expect(await world.as(gudrun).users.get({ userId: freyja.id })).toMatchObject({ followerCount: 1 });
    expect(await world.as(freyja).users.get({ userId: freyja.id })).toMatchObject({ followerCount: 1 });
  });

  test('of the deleted and the banned are missing, until the ban is over', async () => {
    const { idunn, jona } = await world.people('idunn', 'jona');
    const missing = await refusal(world.anonymous.users.get({ userId: randomUUID() }));
    expect(missing).toEqual({ code: 'not_found', message: 'Not found', errors: [] });
    await world.app.db.update(users).set({ deletedAt: sql`now()` }).where(eq(users.id, idunn.id));
    await world.app.db
      .update(users)
      .set({ bannedUntil: sql`now() + interval '1 day'` })
      .where(eq(users.id, jona.id));
    for (const { id, handle } of [idunn, jona]) {
      expect(await refusal(world.anonymous.users.get({ userId: id }))).toEqual(missing);
      expect(await refusal(world.anonymous.users.byHandle({ handle }))).toEqual(missing);
    }
    await world.app.db
      .update(users)
      .set({ bannedUntil: sql`now() - interval '1 second'` })
      .where(eq(users.id, jona.id));
    expect((await world.anonymous.users.get({ userId: jona.id })).id).toBe(jona.id);
  });

  test.each(['1', 'not-a-uuid', '', `${randomUUID()}0`])('with the id %j are bad input', async (userId) => {
    expect(await refusal(world.anonymous.users.get({ userId }))).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'userId' }],
    });
  });
});

describe('changing the own profile', () => {
  let lara: Person;
  beforeAll(async () => {
    ({ lara } = await world.people('lara'));
  });

  test('changes the given fields and keeps the rest', async () => {
    const { katla } = await world.people('katla');
    const changed = await world.as(katla).users.updateMe({ displayName: '  Katla Karls  ', bio: 'Ash.' });
    expect(changed).toMatchObject({
      displayName: 'Katla Karls',
      bio: 'Ash.',
      handle: 'katla',
      email: katla.email,
    });
    expect(await world.as(katla).users.updateMe({ discoverable: false })).toEqual({
      ...changed,
      discoverable: false,
    });
    expect(await world.as(katla).users.updateMe({ bio: '' })).toMatchObject({
      bio: '',
      displayName: 'Katla Karls',
    });
    expect(await world.as(katla).users.updateMe({})).toMatchObject({ displayName: 'Katla Karls' });
  });

  test('needs somebody signed in', async () => {
    expect((await refusal(world.anonymous.users.updateMe({ bio: 'x' }))).code).toBe('unauthenticated');
  });

  test.each([
    { displayName: '' },
    { displayName: null },
    { bio: 'x'.repeat(501) },
    { isPrivate: 'yes' },
    { handle: 'a b' },
    { avatarMediaId: 'mine' },
    { trustLevel: 3 },
    { email: 'new@example.org' },
    { followerCount: 9 },
  ])('refuses %j', async (change) => {
    expect(await refusal(world.as(lara).users.updateMe(change as { bio: string }))).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: Object.keys(change)[0] }],
    });
  });

  test('lets the handle change twice in 30 days, back and forth included', async () => {
    const { maria } = await world.people('maria');
    const me = world.as(maria).users;
    expect((await me.updateMe({ handle: 'maria_b' })).handle).toBe('maria_b');
    expect((await me.updateMe({ handle: 'maria' })).handle).toBe('maria');
    expect(await refusal(me.updateMe({ handle: 'maria_b', bio: 'lost' }))).toMatchObject({
      code: 'handle_change_limit',
      errors: [{ field: 'handle' }],
    });
    expect(await me.updateMe({ handle: 'maria' })).toMatchObject({ handle: 'maria', bio: '' });
    await world.app.db
      .update(handleChanges)
      .set({ changedAt: sql`now() - interval '31 days'` })
      .where(eq(handleChanges.userId, maria.id));
    expect((await me.updateMe({ handle: 'Maria_B' })).handle).toBe('Maria_B');
    expect((await world.anonymous.users.byHandle({ handle: 'maria_b' })).id).toBe(maria.id);
    expect((await refusal(world.anonymous.users.byHandle({ handle: 'maria' }))).code).toBe('not_found');
  });

  test('gives nobody the handle of somebody else, now or before', async () => {
    const { nanna, oddny } = await world.people('nanna', 'oddny');
    await world.as(nanna).users.updateMe({ handle: 'nanna_b' });
    for (const handle of ['nanna', 'NANNA_B'])
      expect(await refusal(world.as(oddny).users.updateMe({ handle }))).toMatchObject({
        code: 'handle_taken',
        errors: [{ field: 'handle', message: 'is already taken' }],
      });
    expect((await refusal(world.as(oddny).users.updateMe({ handle: 'root' }))).code).toBe('invalid_input');
  });

  test('counts simultaneous handle changes one after another', async () => {
    const { petra } = await world.people('petra');
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) =>
        codeOf(world.as(petra).users.updateMe({ handle: `petra_${letter}` })),
      ),
    );
    expect(outcomes.sort()).toEqual([...Array(4).fill('handle_change_limit'), 'ok', 'ok']);
  });
});
