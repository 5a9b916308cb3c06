import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import { credentials, handles, sessions, users } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { newcomer, signUpPatiently } from '../../support/newcomer.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const taken = (field: string) => [{ field, message: 'is already taken' }];

describe('sign-up', () => {
  test('returns the user and working tokens', async () => {
    const answer = await world.anonymous.users.register({ ...newcomer('Ragna'), bio: 'Light.\nShade.' });
    expect(answer.user).toMatchObject({
      handle: 'Ragna',
      email: 'Ragna@example.org',
      displayName: 'New Comer',
      bio: 'Light.\nShade.',
      avatar: null,
      isPrivate: false,
      discoverable: true,
      followerCount: 0,
      followingCount: 0,
      postCount: 0,
      trustLevel: 0,
    });
    expect(answer.accessToken).toMatch(/^v4\.public\./);
    expect(answer.refreshToken).toMatch(/^v4\.public\./);
    const login = { identifier: 'ragna', password: 'a bench under snow' };
    expect((await world.anonymous.auth.login(login)).user.id).toBe(answer.user.id);
  });

  test('names the handle when it is taken, in whatever case', async () => {
    await world.people('solveig');
    const again = { ...newcomer('SOLVEIG'), email: 'other@example.org' };
    expect(await refusal(world.anonymous.users.register(again))).toMatchObject({
      code: 'handle_taken',
      errors: taken('handle'),
    });
  });

  test('names the e-mail address when it is taken, in whatever case', async () => {
    await world.people('torunn');
    const again = { ...newcomer('torunn_2'), email: 'TORUNN@example.org' };
    expect(await refusal(world.anonymous.users.register(again))).toMatchObject({
      code: 'email_taken',
      errors: taken('email'),
    });
  });

  test('refuses a handle that somebody had before', async () => {
    const { unnur } = await world.people('unnur');
    await world.as(unnur).users.updateMe({ handle: 'unnur_new' });
    expect(
      await codeOf(world.anonymous.users.register({ ...newcomer('Unnur'), email: 'u@example.org' })),
    ).toBe('handle_taken');
  });

  test.each(['admin', 'Ciel', 'API', 'support'])('refuses the reserved handle %s', async (handle) => {
    expect(await refusal(world.anonymous.users.register(newcomer(handle)))).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'handle', message: 'is reserved' }],
    });
  });

  test.each([
    ['handle', { handle: 'ab' }],
    ['handle', { handle: 'a'.repeat(31) }],
    ['handle', { handle: 'with space' }],
    ['handle', { handle: 'línea' }],
    ['handle', { handle: 'nul\u0000' }],
    ['email', { email: 'not an address' }],
    ['email', { email: `${'a'.repeat(250)}@example.org` }],
    ['displayName', { displayName: '   ' }],
    ['displayName', { displayName: 'x'.repeat(51) }],
    ['displayName', { displayName: 'bell\u0007' }],
    ['displayName', { displayName: 'half \ud83d' }],
    ['password', { password: 'short' }],
    ['password', { password: 'x'.repeat(129) }],
    ['password', { password: 'password' }],
    ['bio', { bio: 'x'.repeat(501) }],
    ['bio', { bio: 12 }],
    ['trustLevel', { trustLevel: 3 }],
    ['inviteCode', { inviteCode: 'x'.repeat(65) }],
  ])('names the field %s when it is wrong, and writes nothing (%#)', async (field, wrong) => {
    const before = await world.app.db.$count(users);
    const refused = await refusal(
      world.anonymous.users.register({ ...newcomer('valborg'), ...wrong } as ReturnType<typeof newcomer>),
    );
    expect(refused.code).toBe('invalid_input');
    expect(refused.errors.map((error) => error.field)).toContain(field);
    expect(await world.app.db.$count(users)).toBe(before);
  });

  test('counts what a person sees: fifty families are fifty characters', async () => {
    const displayName = '👨‍👩‍👧‍👦'.repeat(50);
    const { user } = await world.anonymous.users.register({ ...newcomer('families'), displayName });
    expect(user.displayName).toBe(displayName);
  });

  test('fifty at once with the same handle make one user', async () => {
    const attempts = Array.from({ length: 50 }, (_, index) =>
      signUpPatiently(world, { ...newcomer('one_of_fifty'), email: `fifty${index}@example.org` }),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'handle_taken')).toHaveLength(49);
    const [user] = await world.app.db.select().from(users).where(eq(users.handle, 'one_of_fifty'));
    expect(await world.app.db.$count(handles, eq(handles.handle, 'one_of_fifty'))).toBe(1);
    expect(await world.app.db.$count(credentials, eq(credentials.userId, user!.id))).toBe(1);
    expect(await world.app.db.$count(sessions, eq(sessions.userId, user!.id))).toBe(1);
  });
});

describe('settings', () => {
  let sif: Person;
  beforeAll(async () => {
    ({ sif } = await world.people('sif'));
  });

  test('have defaults, and keep what a change leaves out', async () => {
    const { ran } = await world.people('ran');
    const me = world.as(ran).users;
    const defaults = await me.settings({});
    expect(defaults).toMatchObject({ commentPolicy: 'everyone', storyAudience: 'friends' });
    expect(new Set(Object.values(defaults.notifications))).toEqual(new Set(['everyone']));
    await me.updateSettings({ notifications: { postLiked: 'following' }, commentPolicy: 'followers' });
    const changed = await me.updateSettings({
      notifications: { followed: 'nobody' },
      storyAudience: 'closeFriends',
    });
    expect(changed).toEqual({
      notifications: { ...defaults.notifications, postLiked: 'following', followed: 'nobody' },
      commentPolicy: 'followers',
      storyAudience: 'closeFriends',
    });
    expect(await me.settings({})).toEqual(changed);
    expect((await world.as(ran).auth.me({})).settings).toEqual(changed);
  });

  test.each([
    ['notifications.postLiked', { notifications: { postLiked: 'friends' } }],
    ['notifications.newSignIn', { notifications: { newSignIn: 'nobody' } }],
    ['commentPolicy', { commentPolicy: 'me' }],
    ['storyAudience', { storyAudience: null }],
    ['theme', { theme: 'dark' }],
  ])('refuse a wrong %s', async (field, change) => {
    expect(await refusal(world.as(sif).users.updateSettings(change as object))).toMatchObject({
      code: 'invalid_input',
      errors: [{ field }],
    });
  });

  test('merge when they are changed at once', async () => {
    const { thora } = await world.people('thora');
    const kinds = ['followed', 'postLiked', 'mentioned', 'commentLiked', 'storyReaction'] as const;
    await Promise.all(
      kinds.map((kind) => world.as(thora).users.updateSettings({ notifications: { [kind]: 'nobody' } })),
    );
    const { notifications } = await world.as(thora).users.settings({});
    expect(kinds.map((kind) => notifications[kind])).toEqual(kinds.map(() => 'nobody'));
  });
});
