import type { Json, Person } from '../calls.ts';
import type { Pair } from '../pair.ts';

export const has =
  (field: string, value: unknown) =>
  ({ items }: Json) =>
    (items as Json[]).some((item) => at(item, field) === value);

export const lacks = (field: string, value: unknown) => (body: Json) => !has(field, value)(body);

const at = (item: Json, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => (value as Json)[name], item);

const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace'] as const;
/** Carol is private from the start; Erin deletes her account, an operator deletes Frank's and bans Grace. */
export type Cast = Record<(typeof NAMES)[number], Person>;

const deviceOf = (handle: string) => `the device of ${handle}`;

export async function signUpAll({ write, see }: Pair, run: string): Promise<Cast> {
  const invite = await write('POST /admin/invites', 'operator', {}, { daysValid: 30, maxUses: 50 });
  await see('GET /invites/validate/{code}', null, { code: invite.code }, ({ isValid }) => isValid);
  const people: Person[] = [];
  for (const name of NAMES) {
    const handle = `${name}_${run}`;
    const password = `the password of ${handle}`;
    const person = await write(
      'POST /users',
      null,
      {},
      {
        handle,
        email: `${handle}@example.org`,
        displayName: handle,
        password,
        inviteCode: invite.code,
        fingerprint: deviceOf(handle),
      },
    );
    const { id } = person.user as { id: string };
    people.push({ id, handle, password, accessToken: person.accessToken, refreshToken: person.refreshToken });
    await see('GET /users/by-handle/{handle}', null, { handle }, (profile) => profile.id === id);
  }
  return Object.fromEntries(NAMES.map((name, n) => [name, people[n]])) as Cast;
}

/** Sessions, which hold on both sides wherever they began. */
export async function exerciseSessions({ write, see, seeRefused, call, sides }: Pair, { alice, bob }: Cast) {
  const signIn = async ({ handle, password }: Person): Promise<Person> => {
    const signedIn = await write('POST /auth/login', null, {}, { identifier: handle, password });
    return { ...bob, accessToken: signedIn.accessToken, refreshToken: signedIn.refreshToken };
  };
  const phone = await signIn(bob);
  await see('GET /auth/me', phone, {}, ({ id }) => id === bob.id);
  for (let n = 0; n < 3; n++) {
    const tokens = await write('POST /auth/refresh', null, {}, { refreshToken: phone.refreshToken });
    Object.assign(phone, { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken });
    await see('GET /auth/me', phone, {}, ({ id }) => id === bob.id);
  }
  await write('POST /auth/revoke', null, {}, { refreshToken: phone.refreshToken });
  await seeRefused('GET /auth/me', phone, {}, 401);

  const tablet = await signIn(bob);
  const { items } = await see('GET /auth/sessions', tablet, {}, ({ items }) => items.length === 2);
  const session = (items as Json[]).find(({ current }) => current)!;
  await write('DELETE /auth/sessions/{sessionId}', bob, { sessionId: session.id });
  await seeRefused('GET /auth/me', tablet, {}, 401);
  const laptop = await signIn(bob);
  await write('DELETE /auth/sessions', bob);
  await seeRefused('GET /auth/me', laptop, {}, 401);

  const newPassword = `another ${alice.password}`;
  await write('POST /auth/password', alice, {}, { currentPassword: alice.password, newPassword });
  alice.password = newPassword;
  for (const side of sides) {
    const body = { identifier: alice.handle, password: newPassword };
    const reply = await call(side, { name: 'POST /auth/login', caller: null, parameters: {}, body });
    if (reply.status !== 200) throw new Error(`the new password is not known to the ${side.name} version`);
  }
}

export async function editProfiles({ write, see }: Pair, { alice, carol }: Cast): Promise<void> {
  await write('PATCH /users/me', carol, {}, { isPrivate: true });
  await see('GET /users/{userId}', null, { userId: carol.id }, ({ isPrivate }) => isPrivate === true);
  await write('PATCH /users/me', alice, {}, { bio: 'Snow and light', discoverable: true });
  await see('GET /users/{userId}', null, { userId: alice.id }, ({ bio }) => bio === 'Snow and light');
  await write('PATCH /users/me/settings', alice, {}, { storyAudience: 'friends' });
  await see('GET /users/me/settings', alice, {}, ({ storyAudience }) => storyAudience === 'friends');
}

export async function invite({ write, see }: Pair, { alice, bob }: Cast): Promise<void> {
  const { code } = await write('POST /invites', alice);
  await see('GET /invites', alice, {}, has('code', code));
  await write('POST /invites/{code}/revoke', alice, { code });
  await see('GET /invites/validate/{code}', null, { code }, ({ isValid }) => !isValid);
  const tree = { userId: bob.id };
  await write('POST /admin/invites/tree/{userId}/freeze', 'operator', tree, { reason: 'Sold invites' });
  await see('GET /invites/stats', bob, {}, ({ remaining }) => remaining === 0);
  await write('POST /admin/invites/tree/{userId}/unfreeze', 'operator', tree, { reason: 'They did not' });
  await see('GET /invites/stats', bob, {}, ({ remaining }) => remaining > 0);
}

export async function meet(pair: Pair, { alice, bob, carol, dave, erin, frank, grace }: Cast): Promise<void> {
  const { write, see } = pair;
  const follow = 'POST /users/{userId}/follow';
  const relationship = (person: Person, other: Person, field: string, value: boolean) =>
    see('GET /users/{userId}/relationship', person, { userId: other.id }, (body) => body[field] === value);
  for (const person of [bob, dave, erin, frank, grace]) await write(follow, person, { userId: alice.id });
  for (const person of [bob, dave, frank]) await write(follow, alice, { userId: person.id });
  await see('GET /users/{userId}/followers', null, { userId: alice.id }, ({ items }) => items.length === 5);
  await see('GET /users/{userId}', null, { userId: alice.id }, (profile) => profile.followerCount === 5);
  await see('GET /relationships', bob, { userIds: alice.id }, has('relationship.following', true));
  await write('DELETE /users/{userId}/follow', dave, { userId: alice.id });
  await see('GET /users/{userId}/followers', null, { userId: alice.id }, lacks('user.id', dave.id));
  await write(follow, dave, { userId: alice.id });
  await write('POST /users/{userId}/unfollow', dave, { userId: alice.id });
  await relationship(dave, alice, 'following', false);
  await write(follow, dave, { userId: bob.id });
  await write('DELETE /followers/{userId}', bob, { userId: dave.id });
  await relationship(dave, bob, 'following', false);

  for (const person of [alice, bob]) await write(follow, person, { userId: carol.id });
  await see('GET /follow-requests', carol, {}, ({ items }) => items.length === 2);
  await write('POST /follow-requests/{userId}/accept', carol, { userId: alice.id });
  await relationship(alice, carol, 'following', true);
  await write('POST /follow-requests/{userId}/reject', carol, { userId: bob.id });
  await relationship(bob, carol, 'requested', false);

  await write('POST /users/{userId}/block', dave, { userId: erin.id });
  await see('GET /blocks', dave, {}, has('user.id', erin.id));
  await write('DELETE /users/{userId}/block', dave, { userId: erin.id });
  await see('GET /blocks', dave, {}, lacks('user.id', erin.id));
  await write('POST /users/{userId}/block', dave, { userId: erin.id });
  await write('POST /users/{userId}/unblock', dave, { userId: erin.id });
  await relationship(dave, erin, 'blocking', false);
  await write('POST /users/{userId}/block', carol, { userId: frank.id });
  await pair.seeRefused('GET /users/{userId}', frank, { userId: carol.id });

  await write('POST /users/{userId}/mute', bob, { userId: grace.id }, {});
  await see('GET /mutes', bob, {}, has('user.id', grace.id));
  await write('DELETE /users/{userId}/mute', bob, { userId: grace.id });
  await see('GET /mutes', bob, {}, lacks('user.id', grace.id));
  await write('POST /close-friends/{userId}', alice, { userId: bob.id });
  await see('GET /close-friends', alice, {}, has('user.id', bob.id));
  await write('DELETE /close-friends/{userId}', alice, { userId: bob.id });
  await see('GET /close-friends', alice, {}, lacks('user.id', bob.id));
  await write('POST /close-friends/{userId}', alice, { userId: bob.id });
}

/** Sessions that began before the current version was there. */
export async function seeSessions({ write, see }: Pair, cast: Cast): Promise<void> {
  for (const person of Object.values(cast)) {
    await see('GET /auth/me', person, {}, ({ id }) => id === person.id);
    const tokens = await write('POST /auth/refresh', null, {}, { refreshToken: person.refreshToken });
    Object.assign(person, { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken });
    await see('GET /auth/me', person, {}, ({ id }) => id === person.id);
  }
}
