import { afterAll, describe, expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { newcomer } from '../../support/newcomer.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

const signUp = (handle: string, fingerprint: string, at = world) =>
  at.anonymous.users.register({ ...newcomer(handle), fingerprint });

const see = (person: Person, fingerprint: string) => world.as(person).fingerprint.register({ fingerprint });

const hashOf = async (person: Person): Promise<string> =>
  (await world.as(person).fingerprint.list({})).items[0]!.hash;

describe('a device', () => {
  test('is stored only as a keyed hash, and listed for every user seen on it', async () => {
    const { adam, aida } = await world.people('adam', 'aida');
    const fingerprint = 'a fingerprint that nobody else has';
    const phone = createCaller(world.app)({ ...scriptContext(adam.viewer), deviceName: 'Ciel for iOS' });
    await phone.fingerprint.register({ fingerprint });
    await see(adam, fingerprint);
    const { items } = await world.as(adam).fingerprint.list({});
    expect(items).toEqual([
      { hash: items[0]!.hash, name: 'script', firstSeenAt: expect.any(Date), lastSeenAt: expect.any(Date) },
    ]);
    expect(items[0]!.hash).toMatch(/^[\w-]{43}$/);
    expect(await world.as(aida).fingerprint.list({})).toEqual({ items: [], nextCursor: null });
    const [{ rows }] = (await world.database.sql`
      select coalesce(string_agg(devices::text || device_accounts::text, ' '), '') as rows
      from devices join device_accounts on device_id = devices.id`) as unknown as [{ rows: string }];
    expect(rows).not.toContain('fingerprint');
  });

  test('is not recorded without a sign-in', async () => {
    await world.anonymous.fingerprint.register({ fingerprint: 'only asked about' });
    const { bert } = await world.people('bert');
    await see(bert, 'only asked about');
    const record = await world.admin.fingerprint.record({ hash: await hashOf(bert) });
    expect(record).toMatchObject({ risk: 5, accountCount: 1 });
  });

  test('is recognised by its old key after a newer key was added', async () => {
    const { cleo } = await world.people('cleo');
    await see(cleo, 'from before');
    const secrets = {
      ...world.app.secrets,
      deviceKeys: [Buffer.alloc(32, 9), ...world.app.secrets.deviceKeys],
    };
    const rotated = createCaller({ ...world.app, secrets })(scriptContext(cleo.viewer));
    await rotated.fingerprint.register({ fingerprint: 'from before' });
    expect((await world.as(cleo).fingerprint.list({})).items).toHaveLength(1);
    await rotated.fingerprint.register({ fingerprint: 'from after' });
    expect((await world.as(cleo).fingerprint.list({})).items).toHaveLength(2);
  });

  test.each([
    ['an empty fingerprint', ''],
    ['a fingerprint without end', 'x'.repeat(513)],
  ])('is not told by %s', async (_, fingerprint) => {
    expect(await codeOf(world.anonymous.fingerprint.register({ fingerprint }))).toBe('invalid_input');
    expect(await codeOf(signUp('nobody_here', fingerprint))).toBe('invalid_input');
  });

  test('is identified by up to 512 characters of any kind', async () => {
    const { dina } = await world.people('dina');
    await see(dina, '\0é😀'.padEnd(512, 'x'));
    expect((await world.as(dina).fingerprint.list({})).items).toHaveLength(1);
  });
});

describe('the risk of a device', () => {
  test('grows by 5, 15, 30 and 50 with each account that is new there, to 100; above 80 sign-ups are looked at', async () => {
    const risks: number[] = [];
    for (let n = 0; n < 9; n++) {
      const { user } = await signUp(`risky_${n}`, 'a phone that many use');
      const { items } = await world.admin.fingerprint.ofPerson({ userId: user.id });
      risks.push(items[0]!.risk);
    }
    expect(risks).toEqual([5, 10, 15, 30, 45, 60, 90, 100, 100]);
    const { items } = await world.admin.fingerprint.signups({});
    expect(items.map(({ account, risk }) => [account.handle, risk])).toEqual([
      ['risky_6', 90],
      ['risky_7', 100],
      ['risky_8', 100],
    ]);
    const [first] = items;
    for (let n = 0; n < 2; n++) await world.admin.fingerprint.clearSignup({ userId: first!.account.id });
    expect((await world.admin.fingerprint.signups({})).items).toHaveLength(2);
    const log = await world.admin.moderation.audit({ subject: first!.account.id });
    expect(log.items.map(({ action }) => action)).toEqual(['signup.clear']);
    expect(await codeOf(world.admin.fingerprint.clearSignup({ userId: crypto.randomUUID() }))).toBe(
      'not_found',
    );
  });

  test('grows once for an account, however often and from wherever it is seen at once', async () => {
    const { ella } = await world.people('ella');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? world : peer).as(ella).fingerprint.register({ fingerprint: 'seen again and again' }),
      ),
    );
    const record = await world.admin.fingerprint.record({ hash: await hashOf(ella) });
    expect(record).toMatchObject({ risk: 5, accountCount: 1 });
  });

  test('is exact when accounts come at once', async () => {
    const people = Object.values(await world.people('fa_1', 'fa_2', 'fa_3', 'fa_4', 'fa_5', 'fa_6'));
    await Promise.all(
      people.map((person, n) =>
        (n % 2 ? world : peer).as(person).fingerprint.register({ fingerprint: 'a shared computer' }),
      ),
    );
    const hash = await hashOf(people[0]!);
    expect(await world.admin.fingerprint.record({ hash })).toMatchObject({ risk: 60, accountCount: 6 });
  });
});

describe('a blocked device', () => {
  test('that is blocked refuses sign-ups until it is unblocked, and every action is in the audit log', async () => {
    const { gina } = await world.people('gina');
    await see(gina, 'the device of a seller');
    const hash = await hashOf(gina);
    for (let n = 0; n < 2; n++) await world.admin.fingerprint.block({ hash, reason: 'Sells accounts' });
    const blocked = { code: 'device_blocked' };
    expect(await refusal(signUp('seller_one', 'the device of a seller'))).toMatchObject(blocked);
    const { register } = world.anonymous.fingerprint;
    expect(await refusal(register({ fingerprint: 'the device of a seller' }))).toMatchObject(blocked);
    expect(await codeOf(world.anonymous.users.byHandle({ handle: 'seller_one' }))).toBe('not_found');
    for (let n = 0; n < 2; n++) await world.admin.fingerprint.unblock({ hash });
    await signUp('seller_one', 'the device of a seller');
    const { items } = await world.admin.moderation.audit({ subject: hash });
    expect(items.map(({ action, reason }) => [action, reason])).toEqual([
      ['device.unblock', null],
      ['device.block', 'Sells accounts'],
    ]);
  });

  test('refuses who has an account already, remembers them, and uses up no invite', async () => {
    const { hugo, hera } = await world.people('hugo', 'hera');
    await see(hugo, 'another device of a seller');
    const hash = await hashOf(hugo);
    await world.admin.fingerprint.block({ hash });
    expect(await codeOf(see(hera, 'another device of a seller'))).toBe('device_blocked');
    const { accounts, blockedAt } = await world.admin.fingerprint.record({ hash });
    expect(blockedAt).toBeInstanceOf(Date);
    expect(accounts.items.map(({ account }) => account.handle)).toEqual(['hugo', 'hera']);
    const { code } = await world.as(hera).invites.create({});
    const person = { ...newcomer('guest_of_hera', code), fingerprint: 'another device of a seller' };
    expect(await codeOf(world.anonymous.users.register(person))).toBe('device_blocked');
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: true });
  });

  test('is one there is', async () => {
    const hash = 'x'.repeat(43);
    expect(await codeOf(world.admin.fingerprint.record({ hash }))).toBe('not_found');
    expect(await codeOf(world.admin.fingerprint.block({ hash }))).toBe('not_found');
    expect(await codeOf(world.admin.fingerprint.unblock({ hash }))).toBe('not_found');
    expect(await codeOf(world.admin.fingerprint.record({ hash: 'x' }))).toBe('invalid_input');
  });
});

test('lists of devices, accounts and sign-ups are read page by page, each with its own cursors', async () => {
  const { ines, ivar, ilse } = await world.people('ines', 'ivar', 'ilse');
  for (const person of [ines, ivar, ilse]) await see(person, 'the computer of a family');
  for (const name of ['phone', 'tablet']) await see(ines, name);
  const hash = (await world.as(ivar).fingerprint.list({})).items[0]!.hash;
  const handles: string[] = [];
  let cursor: string | undefined;
  do {
    const { accounts } = await world.admin.fingerprint.record({
      hash,
      limit: 1,
      ...(cursor ? { cursor } : {}),
    });
    handles.push(...accounts.items.map(({ account }) => account.handle));
    cursor = accounts.nextCursor ?? undefined;
  } while (cursor);
  expect(handles).toEqual(['ines', 'ivar', 'ilse']);
  const first = await world.as(ines).fingerprint.list({ limit: 2 });
  const second = await world.as(ines).fingerprint.list({ limit: 2, cursor: first.nextCursor! });
  expect([...first.items, ...second.items]).toHaveLength(3);
  expect(second.items[0]!.hash).toBe(hash);
  const stolen = { limit: 2, cursor: first.nextCursor! };
  expect(await codeOf(world.as(ivar).fingerprint.list(stolen))).toBe('invalid_cursor');
  expect(await codeOf(world.admin.fingerprint.record({ hash, ...stolen }))).toBe('invalid_cursor');
  expect(await codeOf(world.admin.fingerprint.signups(stolen))).toBe('invalid_cursor');
});
