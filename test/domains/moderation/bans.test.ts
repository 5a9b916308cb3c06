import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const operator = () => createCaller(world.app)(scriptContext(null, 'Zoe')).moderation;
const verdict = { rule: 'No spam', reason: 'Sells watches' };

test('somebody banned is gone with all they have and signed out, until the ban is undone', async () => {
  const { alice, bob } = await world.people('alice', 'bob');
  const { id: postId } = await world.post(alice);
  const seen = async () => [
    await codeOf(world.as(bob).users.get({ userId: alice.id })),
    await codeOf(world.as(bob).posts.get({ postId })),
  ];
  const url = (await world.as(bob).posts.get({ postId })).media[0]!.variants[0]!.url;
  await operator().ban({ userId: alice.id, ...verdict, durationHours: null });
  const { refreshToken } = alice.tokens;
  expect(await codeOf(world.anonymous.auth.refresh({ refreshToken }))).toBe('invalid_refresh_token');
  expect(await seen()).toEqual(['not_found', 'not_found']);
  await world.drain();
  expect((await fetch(url)).status).toBe(404);
  await operator().unban({ userId: alice.id, reason: 'It was somebody else' });
  await operator().unban({ userId: alice.id, reason: 'It was somebody else' });
  expect(await seen()).toEqual(['ok', 'ok']);
  const { items } = await operator().audit({ subject: alice.id });
  expect(items.map(({ action }) => action)).toEqual(['user.unban', 'user.ban']);
});

test('a shorter ban does not shorten a longer one, even at the same time', async () => {
  const carol = await world.person('carol');
  await Promise.all(
    [1, 1000, 2].map((durationHours) => operator().ban({ userId: carol.id, ...verdict, durationHours })),
  );
  const [row] = await world.database.sql<{ hours: number }[]>`
    select round(extract(epoch from banned_until - now()) / 3600)::int as hours from users where id = ${carol.id}`;
  expect(row!.hours).toBe(1000);
  expect(await codeOf(operator().ban({ userId: randomUUID(), ...verdict, durationHours: 1 }))).toBe(
    'not_found',
  );
});

test('a case resolved with a ban takes down the reported content too, and only a ban has a duration', async () => {
  const [dora, erik] = [await world.person('dora'), await world.person('erik')];
  const { id: postId } = await world.post(dora);
  await world.as(erik).moderation.flagPost({ postId, category: 'spam' });
  const { id: caseId } = (await operator().cases({})).items.find(({ subjectId }) => subjectId === postId)!;
  const resolution = { caseId, ...verdict, durationHours: 5 };
  expect(await codeOf(operator().resolveCase({ ...resolution, action: 'warn' }))).toBe('invalid_input');
  await operator().resolveCase({ ...resolution, action: 'ban' });
  expect(await codeOf(world.as(erik).users.get({ userId: dora.id }))).toBe('not_found');
  await operator().unban({ userId: dora.id, reason: 'It was somebody else' });
  expect(await codeOf(world.as(erik).users.get({ userId: dora.id }))).toBe('ok');
  expect(await codeOf(world.as(erik).posts.get({ postId }))).toBe('not_found');
  expect((await world.as(erik).moderation.myReports({})).items).toMatchObject([{ outcome: 'dismissed' }]);
});
