import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, vi } from 'vitest';
import { inviteRedemptions, invites, users } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { testWith } from '../../support/fixtures.ts';
import { newcomer, signUpPatiently } from '../../support/newcomer.ts';
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

describe('an invite of an operator', () => {
  test('lets in as many as it says, counted exactly over two processes', async () => {
    const invite = await world.admin.invites.adminCreate({ daysValid: 365, maxUses: 3, note: 'Photo walk' });
    expect(invite).toMatchObject({ status: 'open', maxUses: 3, uses: 0, note: 'Photo walk' });
    expect(invite.expiresAt.getTime() - invite.createdAt.getTime()).toBe(365 * 86_400_000);
    const outcomes = await signUpAll(invite.code, 50, 'walker');
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'invalid_invite')).toHaveLength(47);
    await expectUsesEqualUsers(invite.code, 3);
  });
});

test('fifty sign-ups at once on one code over two processes make one user', async () => {
  const { code } = await world.as(alice).invites.create({});
  const outcomes = await signUpAll(code, 50, 'racer');
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'invalid_invite')).toHaveLength(49);
  await expectUsesEqualUsers(code, 1);
});

const signUpAll = (code: string, count: number, name: string) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      signUpPatiently(index % 2 ? world : peer, newcomer(`${name}_${index}`, code)),
    ),
  );

async function expectUsesEqualUsers(code: string, expected: number) {
  const [invite] = await world.app.db.select().from(invites).where(eq(invites.code, code));
  const redemptions = await world.app.db
    .select({ handle: users.handle })
    .from(inviteRedemptions)
    .innerJoin(users, eq(users.id, inviteRedemptions.userId))
    .where(eq(inviteRedemptions.code, code));
  expect(invite!.uses).toBe(expected);
  expect(redemptions).toHaveLength(expected);
  const prefix = redemptions[0]!.handle.replace(/\d+$/, '');
  expect(await world.app.db.$count(users, sql`${users.handle} like ${`${prefix}%`}`)).toBe(expected);
}

test('uses equal users also when every connection is cut again and again', async () => {
  const { code } = await world.admin.invites.adminCreate({ maxUses: 10 });
  const operator = postgres(world.databaseUrl, { max: 1 });
  let isOver = false;
  const cutting = (async () => {
    while (!isOver) {
      await sleep(40);
      await operator`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    }
  })();
  const signUps = Array.from({ length: 40 }, (_, index) =>
    signUpPatiently(index % 2 ? world : peer, newcomer(`severed_${index}`, code)),
  );
  const outcomes = await Promise.all(signUps);
  isOver = true;
  await cutting;
  expect(outcomes).toContain('unavailable');
  const counted = await operator`
    select uses::int, (select count(*)::int from invite_redemptions where code = ${code}) as redemptions,
      (select count(*)::int from users where handle like 'severed%') as users,
      (select count(*)::int from credentials join users on id = user_id where handle like 'severed%') as credentials
    from invites where code = ${code}`;
  await operator.end();
  const { uses } = counted[0]!;
  expect(counted).toEqual([{ uses, redemptions: uses, users: uses, credentials: uses }]);
});

// The first statement on a connection that was cut last finds that out.
test('all of that leaves sound data', () =>
  vi.waitFor(() => expectConsistentData(world), { timeout: 20_000 }));
