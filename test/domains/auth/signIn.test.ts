import { setTimeout as sleep } from 'node:timers/promises';
import { argon2id, hash } from 'argon2';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { credentials, securityEvents, users } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

let world: World;
let alice: Person;

test.beforeAll(({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
});

const login = (identifier: string, password = alice.password) =>
  world.anonymous.auth.login({ identifier, password });

const storedHash = async (userId: string) => {
  const [row] = await world.app.db.select().from(credentials).where(eq(credentials.userId, userId));
  return row!.passwordHash;
};

const storeHash = (userId: string, passwordHash: string) =>
  world.app.db.update(credentials).set({ passwordHash }).where(eq(credentials.userId, userId));

describe('Signing in', () => {
  it.each(['alice', 'ALICE', 'alice@example.org', ' Alice@Example.Org '])(
    'works as %j',
    async (identifier) => {
      const answer = await login(identifier);
      expect(answer.user).toMatchObject({ id: alice.id, handle: 'alice', email: 'alice@example.org' });
      expect(answer.accessExpiresAt.getTime()).toBeGreaterThan(Date.now() + 14 * 60_000);
      expect(answer.refreshExpiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
      expect(JSON.stringify(answer)).not.toContain('argon2');
    },
  );

  it('records a security event with the name of the device', async () => {
    const device = createCaller(world.app)({ ...scriptContext(null), deviceName: 'Firefox on a kettle' });
    await device.auth.login({ identifier: 'alice', password: alice.password });
    const events = await world.app.db
      .select()
      .from(securityEvents)
      .where(eq(securityEvents.userId, alice.id));
    expect(events.map(({ kind, details }) => ({ kind, details }))).toContainEqual({
      kind: 'signIn',
      details: { deviceName: 'Firefox on a kettle' },
    });
  });

  it('is refused alike for nobody, a wrong password, the deleted and a damaged hash', async () => {
    const people = await world.people('dave', 'hera', 'hugo');
    const { dave: deleted, hera: hostile, hugo: damaged } = people;
    await world.app.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, deleted.id));
    const tail = `${'A'.repeat(22)}$${'A'.repeat(43)}`;
    await storeHash(hostile.id, `$argon2id$v=19$m=4294967295,t=2,p=1$${tail}`);
    await storeHash(damaged.id, '$argon2id$v=19$m=16,t=1,p=9$AAAAAAAAAAAA$%');
    const refusals = [
      await refusal(login('nobody')),
      await refusal(login('nobody@example.org')),
      await refusal(login('no such handle at all')),
      await refusal(login('alice', 'a bench under rain')),
      ...(await Promise.all(Object.values(people).map(({ handle }) => refusal(login(handle))))),
    ];
    expect(new Set(refusals.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: 'invalid_credentials', errors: [] });
  });

  it.each([
    ['an identifier with NUL', { identifier: 'alice\0', password: 'x' }],
    ['an empty identifier', { identifier: ' ', password: 'x' }],
    ['an identifier without end', { identifier: 'a'.repeat(255), password: 'x' }],
    ['an empty password', { identifier: 'alice', password: '' }],
    ['a password without end', { identifier: 'alice', password: 'a'.repeat(1025) }],
    ['an unknown field', { identifier: 'alice', password: 'x', isAdmin: true }],
  ])('refuses %s as bad input', async (_, input) => {
    expect(await codeOf(world.anonymous.auth.login(input))).toBe('invalid_input');
  });

  it('is not open to a password that was changed while it was checked', async () => {
    const { early } = await world.people('early');
    const { sql } = world.database;
    const { attempt } = await sql.begin(async (changing) => {
      await changing`update credentials set changed_at = now() + interval '1 second' where user_id = ${early.id}`;
      const attempt = codeOf(login('early'));
      while (!(await someoneWaitsForLock())) await sleep(5);
      return { attempt };
    });
    expect(await attempt).toBe('invalid_credentials');
  });
});

async function someoneWaitsForLock(): Promise<boolean> {
  const rows = await world.database.sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length > 0;
}

describe('Hashing', () => {
  it('has at least the cost that OWASP asks for', async () => {
    const parameters = (await storedHash(alice.id)).split('$')[3]!.split(',').sort();
    expect(parameters).toStrictEqual(['m=19456', 'p=1', 't=2']);
  });

  it('is repeated at sign-in when the stored hash was cheaper', async () => {
    const { weak } = await world.people('weak');
    const cheap = await hash(weak.password, {
      type: argon2id,
      memoryCost: 8192,
      timeCost: 1,
      parallelism: 1,
    });
    await storeHash(weak.id, cheap);
    expect(await codeOf(login('weak', 'wrong password'))).toBe('invalid_credentials');
    expect(await storedHash(weak.id)).toBe(cheap);
    await login('weak');
    expect(await storedHash(weak.id)).toContain('m=19456');
    await login('weak');
  });

  it('refuses at once when too many wait, and the rest are served', async () => {
    await world.person('busy');
    const codes = await Promise.all(Array.from({ length: 40 }, () => codeOf(login('busy'))));
    const served = codes.filter((code) => code === 'ok').length;
    const refused = codes.filter((code) => code === 'overloaded').length;
    expect(served + refused).toBe(40);
    expect(served).toBeGreaterThanOrEqual(18);
    expect(refused).toBeGreaterThan(0);
    expect(await codeOf(login('busy'))).toBe('ok');
  });
});

describe('Guessing', () => {
  it('spends what the account has, by handle and e-mail together, and nobody else’s', async () => {
    const narrow = await createWorld({ peerOf: world, settings: { rateLimitFactor: 0.06 } });
    const guess = (identifier: string) =>
      codeOf(narrow.anonymous.auth.login({ identifier, password: 'a wrong guess' }));
    await world.people('guessed');
    const codes = [];
    for (const identifier of ['guessed', 'Guessed', 'guessed@example.org']) {
      codes.push(await guess(identifier), await guess(identifier));
    }
    expect(new Set(codes)).toStrictEqual(new Set(['invalid_credentials']));
    expect(await guess('guessed')).toBe('rate_limited');
    expect(await guess('guessed@example.org')).toBe('rate_limited');
    expect(await codeOf(narrow.anonymous.auth.login({ identifier: 'alice', password: alice.password }))).toBe(
      'ok',
    );
    for (let i = 0; i < 6; i += 1) expect(await guess('nobody')).toBe('invalid_credentials');
    expect(await guess('nobody')).toBe('rate_limited');
    await narrow.close();
  });

  it('spends the same budget where a signed-in person has to give the password', async () => {
    const narrow = await createWorld({ peerOf: world, settings: { rateLimitFactor: 0.03 } });
    const { careful } = await world.people('careful');
    const change = { currentPassword: 'a wrong guess', newPassword: 'another bench in rain' };
    for (let i = 0; i < 3; i += 1) {
      expect(await codeOf(narrow.as(careful).auth.changePassword(change))).toBe('invalid_credentials');
    }
    expect(await codeOf(narrow.as(careful).auth.changePassword(change))).toBe('rate_limited');
    await narrow.close();
  });
});
