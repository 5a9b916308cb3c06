import { afterAll, describe, expect } from 'vitest';
import { purgeAccounts } from '../../../server/domains/account/purge/service.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { testWith } from '../../support/fixtures.ts';
import { newcomer } from '../../support/newcomer.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
const test = testWith({ peerSettings: { signupMode: 'invite' } });
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

/** Signs up by an invite of the person. */
async function inviteBy(inviter: Person, handle: string): Promise<Person> {
  const { code } = await world.as(inviter).invites.create({});
  return signUpWith(code, handle);
}

async function signUpWith(code: string, handle: string): Promise<Person> {
  const { user, ...tokens } = await peer.anonymous.users.register(newcomer(handle, code));
  const viewer = { id: user.id, handle, trustLevel: 0, isPrivate: false, sessionId: null };
  return { id: user.id, handle, email: user.email, password: 'a bench under snow', viewer, tokens };
}

const treeOf = ({ id }: Person) => world.admin.invites.tree({ userId: id });
const freeze = ({ id }: Person) => world.admin.invites.freeze({ userId: id, reason: 'Sells invites' });
const unfreeze = ({ id }: Person) => world.admin.invites.unfreeze({ userId: id });
const tryToInvite = (person: Person) => codeOf(world.as(person).invites.create({}));

/** A chain of four, the second of which invited one more: root, child, grandchild, leaf; and twig. */
async function grow(name: string) {
  const root = await world.person(`${name}_root`);
  const child = await inviteBy(root, `${name}_child`);
  const grandchild = await inviteBy(child, `${name}_grand`);
  const twig = await inviteBy(child, `${name}_twig`);
  const leaf = await inviteBy(grandchild, `${name}_leaf`);
  return { root, child, grandchild, twig, leaf };
}

describe('the tree of invites', () => {
  test('says who is above and who is below, with counts', async () => {
    const { root, child, grandchild, twig, leaf } = await grow('oak');
    expect(await treeOf(root)).toMatchObject({
      account: { handle: 'oak_root' },
      inviter: null,
      frozenAt: null,
      frozenBy: null,
      invitedCount: 1,
      belowCount: 4,
      invited: { items: [{ account: { id: child.id }, invitedCount: 2 }], nextCursor: null },
    });
    const { inviter, belowCount, invited } = await treeOf(child);
    expect(inviter).toMatchObject({ id: root.id });
    expect(belowCount).toBe(3);
    expect(invited.items.map(({ account, invitedCount }) => [account.id, invitedCount])).toEqual([
      [twig.id, 0],
      [grandchild.id, 1],
    ]);
    expect(await treeOf(leaf)).toMatchObject({ belowCount: 0, invited: { items: [] } });
    const first = await world.admin.invites.tree({ userId: child.id, limit: 1 });
    const cursor = first.invited.nextCursor!;
    const second = await world.admin.invites.tree({ userId: child.id, limit: 1, cursor });
    expect(second.invited).toMatchObject({ items: [{ account: { id: grandchild.id } }], nextCursor: null });
    expect(await codeOf(world.admin.invites.tree({ userId: root.id, cursor }))).toBe('invalid_cursor');
  });

  test('is of people there are', async () => {
    const nobody = { userId: crypto.randomUUID() };
    expect(await codeOf(world.admin.invites.tree(nobody))).toBe('not_found');
    expect(await codeOf(world.admin.invites.freeze(nobody))).toBe('not_found');
    expect(await codeOf(world.admin.invites.unfreeze(nobody))).toBe('not_found');
    expect(await codeOf(world.admin.invites.tree({ userId: 'oak' }))).toBe('invalid_input');
  });
});

describe('freezing a subtree', () => {
  test('keeps everybody in it from inviting, and nobody else, until it is thawed', async () => {
    const { root, child, grandchild, twig, leaf } = await grow('elm');
    for (let n = 0; n < 2; n++) await freeze(child);
    for (const person of [child, grandchild, twig, leaf]) {
      expect(await tryToInvite(person)).toBe('invites_frozen');
      expect(await world.as(person).invites.stats({})).toMatchObject({ remaining: 0 });
      expect(await treeOf(person)).toMatchObject({ frozenBy: child.id });
    }
    expect(await treeOf(child)).toMatchObject({ frozenAt: expect.any(Date) });
    expect((await treeOf(root)).frozenBy).toBeNull();
    expect(await tryToInvite(root)).toBe('ok');
    for (let n = 0; n < 2; n++) await unfreeze(child);
    for (const person of [child, grandchild, leaf]) expect(await tryToInvite(person)).toBe('ok');
    const { items } = await world.admin.moderation.audit({ subject: child.id });
    expect(items.map(({ action, reason }) => [action, reason])).toEqual([
      ['invites.unfreeze', null],
      ['invites.freeze', 'Sells invites'],
    ]);
  });

  test('makes the open invites of all of them worth nothing while it lasts', async () => {
    const { child, leaf } = await grow('ash');
    const { code } = await world.as(leaf).invites.create({});
    await freeze(child);
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: false });
    expect(await codeOf(peer.anonymous.users.register(newcomer('ash_late', code)))).toBe('invalid_invite');
    await unfreeze(child);
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: true });
    await signUpWith(code, 'ash_late');
  });

  test('of a descendant stays when an ancestor is unfrozen', async () => {
    const { root, grandchild, leaf } = await grow('fir');
    await freeze(root);
    await freeze(grandchild);
    await unfreeze(root);
    expect(await tryToInvite(leaf)).toBe('invites_frozen');
    await unfreeze(grandchild);
    expect(await tryToInvite(leaf)).toBe('ok');
  });

  test('holds also when a user in the middle is purged', async () => {
    const { root, child, grandchild, leaf } = await grow('yew');
    await freeze(root);
    await world.as(child).account.delete({ password: child.password });
    await world.database.sql`update users set deleted_at = now() - interval '31 days' where id = ${child.id}`;
    await world.drain();
    await world.database.sql`delete from jobs`;
    while ((await purgeAccounts(world.app)) > 0);
    expect(await codeOf(treeOf(child))).toBe('not_found');
    expect(await treeOf(leaf)).toMatchObject({ frozenBy: grandchild.id });
    expect(await tryToInvite(leaf)).toBe('invites_frozen');
  });
});

test('fifty invites made at once over two processes are no more than the quota', async () => {
  const rowan = await world.person('rowan');
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) => codeOf((n % 2 ? world : peer).as(rowan).invites.create({}))),
  );
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(3);
  expect(outcomes.filter((outcome) => outcome === 'invite_quota')).toHaveLength(47);
  await world.admin.trust.verify({ userId: rowan.id });
  const more = await Promise.all(
    Array.from({ length: 250 }, (_, n) => codeOf((n % 2 ? world : peer).as(rowan).invites.create({}))),
  );
  expect(more.filter((outcome) => outcome === 'ok')).toHaveLength(197);
  expect(await world.as(rowan).invites.stats({})).toEqual({ sent: 200, redeemed: 0, remaining: 0, max: 200 });
});

test('invites made while their maker is being frozen let nobody in', async () => {
  const hazel = await world.person('hazel');
  await world.admin.trust.verify({ userId: hazel.id });
  const made: string[] = [];
  const make = async () => {
    const invite = await world
      .as(hazel)
      .invites.create({})
      .catch(() => null);
    if (invite) made.push(invite.code);
  };
  await Promise.all([...Array.from({ length: 30 }, make), freeze(hazel)]);
  for (const code of made)
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: false });
});
