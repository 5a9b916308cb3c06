import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { authenticate } from '../../../server/domains/auth/service.ts';
import { verifyRefresh } from '../../../server/domains/auth/tokens.ts';
import { securityEvents, sessions } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
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

const refresh = (refreshToken: string, process = world) => process.anonymous.auth.refresh({ refreshToken });

async function sessionOf(refreshToken: string) {
  const { sessionId } = (await verifyRefresh(world.app.secrets.refreshKeys, refreshToken))!;
  const [row] = await peer.app.db.select().from(sessions).where(eq(sessions.id, sessionId));
  return row!;
}

const moveRotation = (refreshToken: string, interval: string) =>
  sessionOf(refreshToken).then(
    ({ id }) =>
      world.database
        .sql`update sessions set rotated_at = rotated_at - ${interval}::interval where id = ${id}`,
  );

const kindsOfEvents = async (userId: string) => {
  const rows = await peer.app.db.select().from(securityEvents).where(eq(securityEvents.userId, userId));
  return rows.map(({ kind }) => kind);
};

describe('Refreshing', () => {
  it('gives a successor, which gives another', async () => {
    const { tokens } = await newcomer();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(new Set([tokens.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3);
    await expect(authenticate(peer.app, third.accessToken)).resolves.toMatchObject({ trustLevel: 0 });
  });

  it('twenty times at once over two processes gives one successor', async () => {
    const { id, tokens } = await newcomer();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => refresh(tokens.refreshToken, i % 2 ? world : peer)),
    );
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(await sessionOf(tokens.refreshToken)).toMatchObject({ generation: 1, revokedAt: null });
    for (const { accessToken } of answers) {
      await expect(authenticate(world.app, accessToken)).resolves.toMatchObject({ id });
    }
    await refresh(answers[0]!.refreshToken);
  });

  it('again, because the reply was lost, gives the same successor within the grace', async () => {
    const { tokens } = await newcomer();
    const lost = await refresh(tokens.refreshToken);
    await moveRotation(tokens.refreshToken, '50 seconds');
    const again = await refresh(tokens.refreshToken, peer);
    expect(await sessionOf(again.refreshToken)).toMatchObject({ generation: 1, revokedAt: null });
    expect(await codeOf(refresh(again.refreshToken))).toBe('ok');
    expect(await codeOf(refresh(lost.refreshToken))).toBe('ok');
  });

  it('never outlives the session, however often it is done', async () => {
    const { tokens } = await newcomer();
    const { id } = await sessionOf(tokens.refreshToken);
    await world.database.sql`update sessions set expires_at = now() + interval '3 days' where id = ${id}`;
    const { refreshToken, refreshExpiresAt } = await refresh(tokens.refreshToken);
    expect(refreshExpiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 3 * 86_400_000);
    await world.database.sql`update sessions set expires_at = now() where id = ${id}`;
    expect(await codeOf(refresh(refreshToken))).toBe('invalid_refresh_token');
  });
});

describe('A replay', () => {
  const expectFamilyDead = async (userId: string, newest: string) => {
    expect(await sessionOf(newest)).toMatchObject({ revokeReason: 'refreshReplay' });
    expect(await codeOf(refresh(newest, peer))).toBe('invalid_refresh_token');
    expect(await kindsOfEvents(userId)).toContain('refreshReplay');
  };

  it('of an old token ends the family, committed though the call fails', async () => {
    const { id, tokens } = await newcomer();
    let newest = tokens.refreshToken;
    for (let i = 0; i < 4; i += 1) newest = (await refresh(newest)).refreshToken;
    expect(await refusal(refresh(tokens.refreshToken))).toMatchObject({ code: 'invalid_refresh_token' });
    await expectFamilyDead(id, newest);
  });

  it('of a token whose successor was used ends the family, though it is within the grace', async () => {
    const { id, tokens } = await newcomer();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(await codeOf(refresh(tokens.refreshToken))).toBe('invalid_refresh_token');
    await expectFamilyDead(id, third.refreshToken);
  });

  it('after the grace ends the family', async () => {
    const { id, tokens } = await newcomer();
    const { refreshToken, accessToken } = await refresh(tokens.refreshToken);
    await moveRotation(tokens.refreshToken, '61 seconds');
    expect(await codeOf(refresh(tokens.refreshToken))).toBe('invalid_refresh_token');
    await expectFamilyDead(id, refreshToken);
    await expect(authenticate(world.app, accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('leaves the other sessions of the person alone', async () => {
    const person = await newcomer();
    const phone = await world.anonymous.auth.login({ identifier: person.handle, password: person.password });
    const second = await refresh(person.tokens.refreshToken);
    await refresh(second.refreshToken);
    expect(await codeOf(refresh(person.tokens.refreshToken))).toBe('invalid_refresh_token');
    await expect(authenticate(peer.app, phone.accessToken)).resolves.toMatchObject({ id: person.id });
    expect(await codeOf(refresh(phone.refreshToken))).toBe('ok');
  });
});

describe('An invalid refresh token', () => {
  it('is refused, and ends nothing', async () => {
    const { tokens } = await newcomer();
    const changed = tokens.refreshToken.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const token of [
      '',
      'x',
      tokens.accessToken,
      changed,
      `${tokens.refreshToken}=`,
      'v'.repeat(100_000),
    ]) {
      expect(await codeOf(refresh(token))).toBe('invalid_refresh_token');
      await world.anonymous.auth.revoke({ refreshToken: token });
    }
    expect(await codeOf(refresh(tokens.refreshToken))).toBe('ok');
  });
});

describe('Changing the keys', () => {
  it('keeps every session while the old key still verifies, and ends those of a dropped key', async () => {
    const { tokens } = await newcomer();
    const { secrets } = world.app;
    const fresh = { accessKeys: [Buffer.alloc(32, 11)], refreshKeys: [Buffer.alloc(32, 12)] };
    const both = {
      ...secrets,
      accessKeys: [...fresh.accessKeys, ...secrets.accessKeys],
      refreshKeys: [...fresh.refreshKeys, ...secrets.refreshKeys],
    };
    const during = { ...world.app, secrets: both };
    const after = { ...world.app, secrets: { ...secrets, ...fresh } };
    const call = (app: typeof world.app) => createCaller(app)(scriptContext(null));
    await expect(authenticate(during, tokens.accessToken)).resolves.toMatchObject({ trustLevel: 0 });
    const renewed = await call(during).auth.refresh({ refreshToken: tokens.refreshToken });
    await expect(authenticate(after, tokens.accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(authenticate(after, renewed.accessToken)).resolves.toMatchObject({ trustLevel: 0 });
    expect(await codeOf(call(after).auth.refresh({ refreshToken: tokens.refreshToken }))).toBe(
      'invalid_refresh_token',
    );
    expect(await codeOf(call(after).auth.refresh({ refreshToken: renewed.refreshToken }))).toBe('ok');
  });
});

describe('The database', () => {
  it('holds no token and no password', async () => {
    const person = await newcomer();
    const renewed = await refresh(person.tokens.refreshToken);
    const signatures = [person.tokens.accessToken, person.tokens.refreshToken, renewed.refreshToken].map(
      (token) => token.slice(-60),
    );
    const { sql } = peer.database;
    const tables = await sql<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`;
    let rows = 0;
    for (const { name } of tables) {
      for (const { text } of await sql.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`)) {
        rows += 1;
        for (const secret of [...signatures, person.password, 'v4.public.'])
          expect(text).not.toContain(secret);
      }
    }
    expect(tables.length).toBeGreaterThan(10);
    expect(rows).toBeGreaterThan(10);
  });
});
