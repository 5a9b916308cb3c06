import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { inTransaction } from '../../../server/core/app.ts';
import { holdUser } from '../../../server/core/locks.ts';
import { avatars } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { newcomer } from '../../support/newcomer.ts';
import { codeOf } from '../../support/refusal.ts';
import { untilWaiting } from '../../support/waiting.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

test('a user is banned while they delete their account, without a deadlock', async () => {
  const { leo } = await world.people('leo');
  const outcomes: Promise<string>[] = [];
  await inTransaction(world.app, async ({ db }) => {
    await holdUser(db, leo.id);
    const ban = { userId: leo.id, rule: 'spam', reason: 'sells followers', durationHours: 1 };
    outcomes.push(codeOf(peer.admin.moderation.ban(ban)));
    await untilWaiting(world, 1);
    outcomes.push(codeOf(peer.as(leo).account.delete({ password: leo.password })));
    await untilWaiting(world, 2);
  });
  expect(await Promise.all(outcomes)).toEqual(['ok', 'ok']);
});

test('a handle is changed to one that is being registered, and only one of the two gets it', async () => {
  const { mia } = await world.people('mia');
  const [first, second] = (await insertMedia(world, mia, 2)) as [string, string];
  await world.as(mia).users.updateMe({ avatarMediaId: first });
  const outcomes: Promise<string>[] = [];
  await inTransaction(world.app, async ({ db }) => {
    // The avatar is written between the handle and the rest of the profile.
    await db.update(avatars).set({ mediaId: first }).where(eq(avatars.userId, mia.id));
    outcomes.push(codeOf(peer.as(mia).users.updateMe({ handle: 'wanted', avatarMediaId: second })));
    await untilWaiting(world, 1);
    outcomes.push(codeOf(peer.anonymous.users.register(newcomer('wanted'))));
    await untilWaiting(world, 2);
  });
  expect(await Promise.all(outcomes)).toEqual(['ok', 'handle_taken']);
});
