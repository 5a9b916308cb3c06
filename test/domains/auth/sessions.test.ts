import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../server/domains/auth/service.ts';
import { users } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

let world: World;
/** A second process on the same database; neither has a Redis. */
let peer: World;

test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

let count = 0;
async function newcomer(): Promise<Person> {
  count += 1;
  return world.person(`newcomer_${count}`);
}

const signIn = ({ handle, password }: Person) => world.anonymous.auth.login({ identifier: handle, password });

/** Calls as one session, as a request with its access token does. */
const asSession = async ({ accessToken }: { accessToken: string }) =>
  world.as({ viewer: await authenticate(world.app, accessToken) });

const authenticated = (process: World, { accessToken }: { accessToken: string }) =>
  authenticate(process.app, accessToken).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

describe('Own sessions', () => {
  it('are listed newest first, page by page, with the current one marked', async () => {
    const person = await newcomer();
    const phone = await signIn(person);
    const kettle = await signIn(person);
    const caller = await asSession(phone);
    const first = await caller.auth.sessions({ limit: 2 });
    expect(first.items.map(({ current }) => current)).toStrictEqual([false, true]);
    const rest = await caller.auth.sessions({ limit: 2, cursor: first.nextCursor! });
    expect(rest).toMatchObject({ items: [{ current: false, deviceName: 'script' }], nextCursor: null });
    const { sessionId } = await authenticate(world.app, kettle.accessToken);
    expect(first.items[0]!.id).toBe(sessionId);
  });

  it('are gone from the list once they are over', async () => {
    const person = await newcomer();
    const phone = await signIn(person);
    const caller = await asSession(phone);
    await world.anonymous.auth.revoke({ refreshToken: person.tokens.refreshToken });
    await expect(caller.auth.sessions({})).resolves.toMatchObject({ items: [{ current: true }] });
    await world.database
      .sql`update sessions set rotated_at = now() - interval '31 days' where user_id = ${person.id}`;
    await expect(caller.auth.sessions({})).resolves.toMatchObject({ items: [] });
  });

  it('can be ended one by one, repeatedly, but only your own', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    const { sessionId } = await authenticate(world.app, alice.tokens.accessToken);
    expect(await codeOf(world.as(bob).auth.endSession({ sessionId: sessionId! }))).toBe('not_found');
    expect(await codeOf(world.as(alice).auth.endSession({ sessionId: crypto.randomUUID() }))).toBe(
      'not_found',
    );
    expect(await authenticated(world, alice.tokens)).toBe('ok');
    await world.as(alice).auth.endSession({ sessionId: sessionId! });
    await world.as(alice).auth.endSession({ sessionId: sessionId! });
    expect(await authenticated(world, alice.tokens)).toBe('unauthenticated');
  });
});

describe('The own profile', () => {
  it('has the e-mail address, the settings and the trust level', async () => {
    const person = await newcomer();
    const caller = await asSession(person.tokens);
    await expect(caller.auth.me()).resolves.toMatchObject({
      id: person.id,
      handle: person.handle,
      email: person.email,
      trustLevel: 0,
      settings: { commentPolicy: 'everyone' },
    });
  });

  it('is for people who are signed in', async () => {
    expect(await codeOf(world.anonymous.auth.me())).toBe('unauthenticated');
  });
});

interface Ending {
  how: string;
  /** Ends the sessions of the person, but the one that does it. */
  end(person: Person, doer: { accessToken: string; refreshToken: string }): Promise<unknown>;
  sparesTheDoer: boolean;
  isOfThisProcess: boolean;
}

const endings: Ending[] = [
  {
    how: 'signing out',
    end: ({ tokens }) => world.anonymous.auth.revoke({ refreshToken: tokens.refreshToken }),
    sparesTheDoer: true,
    isOfThisProcess: true,
  },
  {
    how: 'ending the other sessions',
    end: async (_, doer) => (await asSession(doer)).auth.endOtherSessions(),
    sparesTheDoer: true,
    isOfThisProcess: true,
  },
  {
    how: 'changing the password',
    end: async ({ password }, doer) =>
      (await asSession(doer)).auth.changePassword({
        currentPassword: password,
        newPassword: 'a lake under fog',
      }),
    sparesTheDoer: true,
    isOfThisProcess: true,
  },
  {
    how: 'a ban',
    end: ({ id }) =>
      world.admin.moderation.ban({
        userId: id,
        rule: 'No spam',
        reason: 'Sells watches',
        durationHours: 24,
      }),
    sparesTheDoer: false,
    isOfThisProcess: true,
  },
  {
    how: 'deletion',
    end: ({ id }) => world.app.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, id)),
    sparesTheDoer: false,
    isOfThisProcess: false,
  },
];

describe.concurrent('Everywhere within a second', () => {
  it.each(endings)('$how ends a session: refresh at once, access after it', async (ending) => {
    const person = await newcomer();
    const doer = await signIn(person);
    for (const process of [world, peer]) {
      expect(await authenticated(process, person.tokens)).toBe('ok');
      expect(await authenticated(process, doer)).toBe('ok');
    }
    await ending.end(person, doer);
    if (ending.isOfThisProcess) expect(await authenticated(world, person.tokens)).toBe('unauthenticated');
    for (const process of [world, peer]) {
      const { refreshToken } = person.tokens;
      expect(await codeOf(process.anonymous.auth.refresh({ refreshToken }))).toBe('invalid_refresh_token');
    }
    await sleep(1000);
    for (const process of [world, peer]) {
      expect(await authenticated(process, person.tokens)).toBe('unauthenticated');
      expect(await authenticated(process, doer)).toBe(ending.sparesTheDoer ? 'ok' : 'unauthenticated');
    }
  });
});

describe('An invalid access token', () => {
  it('is refused, even while a valid one of the same session is cached', async () => {
    const { tokens } = await newcomer();
    expect(await authenticated(world, tokens)).toBe('ok');
    const { accessToken, refreshToken } = tokens;
    for (const bad of ['', 'x', refreshToken, `${accessToken}=`, `${accessToken}.`, ` ${accessToken}`]) {
      expect(await authenticated(world, { accessToken: bad })).toBe('unauthenticated');
    }
  });

  it('includes one that has expired', async () => {
    const person = await newcomer();
    const brief = await createWorld({ peerOf: world, settings: { accessTtlMinutes: 1 / 30 } });
    const tokens = await brief.anonymous.auth.refresh({ refreshToken: person.tokens.refreshToken });
    expect(await authenticated(brief, tokens)).toBe('ok');
    await sleep(tokens.accessExpiresAt.getTime() - Date.now() + 5);
    expect(await authenticated(brief, tokens)).toBe('unauthenticated');
    await brief.close();
  });
});
