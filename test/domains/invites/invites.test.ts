import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { invites, users } from '../../../server/schema/index.ts';
import { testWith } from '../../support/fixtures.ts';
import { newcomer } from '../../support/newcomer.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
let alice: Person;
const test = testWith({ peerSettings: { signupMode: 'invite' } });
test.beforeAll(({ world: worldOfFile, peer: peerOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  alice = aliceOfFile;
});

const notValid = {
  code: 'invalid_invite',
  message: 'The invite is not valid',
  errors: [{ field: 'inviteCode', message: 'is not valid' }],
};

const expire = (code: string) =>
  world.app.db
    .update(invites)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(invites.code, code));

const setLevel = (person: Person, trustLevel: number) =>
  world.app.db.update(users).set({ trustLevel }).where(eq(users.id, person.id));

describe('an invite', () => {
  test('lets one user sign up, and its inviter sees who it was', async () => {
    const { bragi } = await world.people('bragi');
    const invite = await world.as(bragi).invites.create({});
    expect(invite).toMatchObject({ status: 'open', redeemedBy: null });
    expect(invite.code).toMatch(/^[2-9A-HJ-NP-Z]{12}$/);
    expect(invite.expiresAt.getTime() - invite.createdAt.getTime()).toBe(7 * 86_400_000);
    expect(await world.anonymous.invites.validate({ code: invite.code })).toEqual({ isValid: true });
    const { user } = await peer.anonymous.users.register(newcomer('guest_one', invite.code));
    expect(await world.anonymous.invites.validate({ code: invite.code })).toEqual({ isValid: false });
    expect(await refusal(peer.anonymous.users.register(newcomer('guest_two', invite.code)))).toEqual(
      notValid,
    );
    const { items } = await world.as(bragi).invites.list({});
    expect(items).toMatchObject([{ code: invite.code, status: 'redeemed', redeemedBy: { id: user.id } }]);
    expect(await world.as(bragi).invites.stats({})).toEqual({ sent: 1, redeemed: 1, remaining: 2, max: 3 });
  });

  test('may be typed in any case, with spaces and hyphens', async () => {
    const { code } = await world.as(alice).invites.create({ daysValid: 1 });
    const typed = ` ${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8)}`.toLowerCase();
    expect(await world.anonymous.invites.validate({ code: typed })).toEqual({ isValid: true });
    expect(await codeOf(peer.anonymous.users.register(newcomer('typist', typed)))).toBe('ok');
  });

  test('is needed to sign up unless sign-up is open', async () => {
    expect(await refusal(peer.anonymous.users.register(newcomer('nobody_s_guest')))).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'inviteCode' }],
    });
    expect(await codeOf(world.anonymous.users.register(newcomer('walks_in')))).toBe('ok');
    expect(await refusal(world.anonymous.users.register(newcomer('bad_code', 'K7QF2MZX9RTB')))).toEqual(
      notValid,
    );
  });

  test.each(['', 'K7QF2MZX9RT', 'K7QF2MZX9RTBB', '000000000000', 'nul\u0000', '💡', '%'])(
    'that reads %j lets nobody in',
    async (code) => {
      if (code !== '') expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: false });
      expect(await refusal(peer.anonymous.users.register(newcomer('stranger', code)))).toEqual(notValid);
    },
  );

  test('of somebody deleted or banned lets nobody in', async () => {
    const { doomed } = await world.people('doomed');
    const { code } = await world.as(doomed).invites.create({});
    await world.app.db
      .update(users)
      .set({ bannedUntil: sql`now() + interval '1 day'` })
      .where(eq(users.id, doomed.id));
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: false });
    expect(await codeOf(peer.anonymous.users.register(newcomer('too_late', code)))).toBe('invalid_invite');
  });

  test('keeps its use when the sign-up fails', async () => {
    const { eir } = await world.people('eir');
    const { code } = await world.as(eir).invites.create({});
    const failing = [
      { ...newcomer('eir', code), email: 'other@example.org' },
      { ...newcomer('not_eir', code), email: eir.email },
      { ...newcomer('guessable', code), password: 'password' },
    ];
    const outcomes = [];
    for (const person of failing) outcomes.push(await codeOf(peer.anonymous.users.register(person)));
    expect(outcomes).toEqual(['handle_taken', 'email_taken', 'invalid_input']);
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: true });
    expect(await codeOf(peer.anonymous.users.register(newcomer('not_eir', code)))).toBe('ok');
  });
});

describe('the quota', () => {
  test.each([
    [0, 3],
    [1, 10],
    [2, 50],
    [3, 200],
  ])('of trust level %i is %i', async (level, max) => {
    const person = await world.person(`level_${level}`);
    await setLevel(person, level);
    expect(await world.as(person).invites.stats({})).toEqual({ sent: 0, redeemed: 0, remaining: max, max });
  });

  test('is never exceeded by invites made at once on two processes', async () => {
    const { frigg } = await world.people('frigg');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        codeOf((index % 2 ? world : peer).as(frigg).invites.create({})),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'invite_quota')).toHaveLength(17);
    expect(await world.as(frigg).invites.stats({})).toEqual({ sent: 3, redeemed: 0, remaining: 0, max: 3 });
  });

  test('is restored by revoked and expired invites, and not by redeemed ones', async () => {
    const { gerd } = await world.people('gerd');
    const me = world.as(gerd).invites;
    const [first, second, third] = [await me.create({}), await me.create({}), await me.create({})];
    await peer.anonymous.users.register(newcomer('gerd_s_guest', first.code));
    await expire(first.code);
    await expire(second.code);
    await me.revoke({ code: third.code });
    expect(await me.stats({})).toEqual({ sent: 1, redeemed: 1, remaining: 2, max: 3 });
    expect((await me.list({})).items.map(({ status }) => status)).toEqual(['revoked', 'expired', 'redeemed']);
  });
});

describe('revoking', () => {
  test('ends an open invite, twice over', async () => {
    const { hlin } = await world.people('hlin');
    const { code } = await world.as(hlin).invites.create({});
    const revoked = await world.as(hlin).invites.revoke({ code });
    expect(revoked).toMatchObject({ code, status: 'revoked' });
    expect(await world.as(hlin).invites.revoke({ code })).toEqual(revoked);
    expect(await codeOf(peer.anonymous.users.register(newcomer('hlin_s_guest', code)))).toBe(
      'invalid_invite',
    );
  });

  test('is a conflict once the invite is redeemed', async () => {
    const { idis } = await world.people('idis');
    const { code } = await world.as(idis).invites.create({});
    await peer.anonymous.users.register(newcomer('idis_s_guest', code));
    expect((await refusal(world.as(idis).invites.revoke({ code }))).code).toBe('conflict');
  });

  test('of somebody else’s invite is refused like that of a missing one', async () => {
    const { jord } = await world.people('jord');
    const { code } = await world.as(jord).invites.create({});
    const missing = await refusal(world.as(alice).invites.revoke({ code: 'K7QF2MZX9RTB' }));
    expect(missing.code).toBe('not_found');
    expect(await refusal(world.as(alice).invites.revoke({ code }))).toEqual(missing);
    expect(await refusal(world.as(alice).invites.revoke({ code: 'no code' }))).toEqual(missing);
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: true });
  });
});

describe('the own list', () => {
  test('has each invite once, newest first, even if all were created at the same time', async () => {
    const { kara, lofn } = await world.people('kara', 'lofn');
    await setLevel(kara, 1);
    for (let made = 0; made < 10; made += 1) await world.as(kara).invites.create({});
    await world.app.db
      .update(invites)
      .set({ createdAt: sql`'2026-01-01'` })
      .where(eq(invites.inviterId, kara.id));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.as(kara).invites.list({ limit: 3, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBe(page.nextCursor ? 3 : 1);
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(10);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const { nextCursor } = await world.as(kara).invites.list({ limit: 3 });
    expect((await refusal(world.as(lofn).invites.list({ cursor: nextCursor! }))).code).toBe('invalid_cursor');
    expect((await world.as(lofn).invites.list({})).items).toEqual([]);
  });
});

test.each([
  ['create', { daysValid: 0 }, 'daysValid'],
  ['create', { daysValid: 31 }, 'daysValid'],
  ['create', { daysValid: 1.5 }, 'daysValid'],
  ['create', { maxUses: 5 }, 'maxUses'],
  ['list', { limit: 0 }, 'limit'],
  ['list', { limit: 201 }, 'limit'],
  ['revoke', {}, 'code'],
  ['revoke', { code: 'x'.repeat(65) }, 'code'],
  ['validate', { code: '' }, 'code'],
  ['adminCreate', { daysValid: 366 }, 'daysValid'],
  ['adminCreate', { maxUses: 0 }, 'maxUses'],
  ['adminCreate', { maxUses: 1001 }, 'maxUses'],
  ['adminCreate', { note: 'x'.repeat(501) }, 'note'],
] as const)('%s refuses %j and names the field', async (procedure, input, field) => {
  const call = world.as(alice).invites[procedure] as (input: object) => Promise<unknown>;
  expect(await refusal(call(input))).toMatchObject({ code: 'invalid_input', errors: [{ field }] });
});

test.each(['create', 'list', 'stats', 'revoke'] as const)(
  '%s needs somebody signed in',
  async (procedure) => {
    const call = world.anonymous.invites[procedure] as (input: object) => Promise<unknown>;
    expect((await refusal(call({ code: 'K7QF2MZX9RTB' }))).code).toBe('unauthenticated');
  },
);
