import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

const operator = ({ app }: World = world) => createCaller(app)(scriptContext(null, 'Zoe'));
const reason = 'Asked for it by mail';
const auditOf = async (subject: string) =>
  (await operator().moderation.audit({ subject })).items.map(({ action }) => action);

test('an operator deletes an account as its owner would, once, and it is written down once', async () => {
  const { alice, bob } = await world.people('alice', 'bob');
  await world.post(alice);
  await world.as(alice).social.follow({ userId: bob.id });
  const userId = alice.id;
  const deletions = [world, peer, world].map((each) =>
    operator(each).account.adminDelete({ userId, reason }),
  );
  await Promise.all(deletions);
  expect(await codeOf(world.anonymous.users.get({ userId }))).toBe('not_found');
  const { refreshToken } = alice.tokens;
  expect(await codeOf(world.anonymous.auth.refresh({ refreshToken }))).toBe('invalid_refresh_token');
  expect(await world.anonymous.users.get({ userId: bob.id })).toMatchObject({ followerCount: 0 });
  expect(await auditOf(userId)).toEqual(['user.delete']);
  expect(await codeOf(operator().account.adminExport({ userId }))).toBe('not_found');
  await expectConsistentData(world);
});

test('nobody is deleted or exported who never was, nor without a reason', async () => {
  const userId = randomUUID();
  expect(await codeOf(operator().account.adminDelete({ userId, reason }))).toBe('not_found');
  expect(await codeOf(operator().account.adminDelete({ userId, reason: ' ' }))).toBe('invalid_input');
  expect(await codeOf(operator().account.adminExport({ userId }))).toBe('not_found');
  expect(await auditOf(userId)).toEqual([]);
});

test('an export by an operator is that of the person, banned or not, and is written down once', async () => {
  const carol = await world.person('carol');
  await world.post(carol, { caption: 'Of carol' });
  await operator().moderation.ban({ userId: carol.id, rule: 'Spam', reason: 'Spam', durationHours: null });
  const own = await world.as(carol).account.export({ limit: 200 });
  const sections: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const input = { userId: carol.id, limit: 2, ...(cursor ? { cursor } : {}) };
    const page = await operator().account.adminExport(input);
    sections.push(...page.items.map(({ section }) => section));
    cursor = page.nextCursor;
  }
  expect(sections).toEqual(own.items.map(({ section }) => section));
  expect(sections).toContain('posts');
  expect(await auditOf(carol.id)).toEqual(['user.export', 'user.ban']);
});

test('a handle leads to the user who has it or had it, hidden or not', async () => {
  const dora = await world.person('dora');
  await world.as(dora).users.updateMe({ handle: 'dora_new' });
  const find = (handle: string) => operator().moderation.account({ handle });
  expect(await find('DORA')).toMatchObject({ id: dora.id, handle: 'dora_new', bannedUntil: null });
  await operator().moderation.ban({ userId: dora.id, rule: 'Spam', reason: 'Spam', durationHours: 5 });
  await operator().account.adminDelete({ userId: dora.id, reason });
  const found = await find('dora_new');
  expect([found.bannedUntil, found.deletedAt]).toEqual([expect.any(Date), expect.any(Date)]);
  expect(await codeOf(find('nobody_at_all'))).toBe('not_found');
});
