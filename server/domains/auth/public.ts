import { type App, afterCommit, inTransaction } from '../../core/app.ts';
import type { Context, Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { enqueue } from '../../core/outbox.ts';
import { spendPasswordCheck } from '../rateLimiter/public.ts';
import type { Session, SessionListInput, Tokens } from './contract.ts';
import { networkHash } from './network.ts';
import { hashPassword, isPassword, refuseGuessable } from './passwords.ts';
import * as queries from './queries.ts';
import { dropCachedSessions } from './sessionCache/service.ts';
import { signAccess, signRefresh } from './tokens.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const openSession = (app: App, userId: string, { deviceName, address }: Client): Promise<Tokens> =>
  inTransaction(app, async (app) => {
    const network = networkHash(app, address);
    const session = await queries.insertSession(app.db, { userId, deviceName, network });
    const event = { userId, sessionId: session.id, kind: 'signIn', details: { deviceName } };
    await queries.insertSecurityEvents(app.db, [event]);
    const notice = { kind: 'newSignIn', recipientId: userId, actorId: null } as const;
    await enqueue(app, 'notifications.settle', {
      notice: { ...notice, subjectId: userId, sourceId: session.id },
    });
    return issueTokens(app, session);
  });

export async function issueTokens({ secrets, settings }: App, session: queries.SessionRow): Promise<Tokens> {
  const { id: sessionId, userId, generation, rotatedAt, expiresAt } = session;
  const accessExpiresAt = new Date(Date.now() + settings.accessTtlMinutes * MINUTE_MS);
  const idleUntil = rotatedAt.getTime() + settings.refreshTtlDays * DAY_MS;
  const refreshExpiresAt = new Date(Math.min(idleUntil, expiresAt.getTime()));
  const access = { userId, sessionId, expiresAt: accessExpiresAt };
  const refresh = { userId, sessionId, generation, expiresAt: refreshExpiresAt };
  return {
    accessToken: await signAccess(secrets.accessKeys, access),
    refreshToken: await signRefresh(secrets.refreshKeys, refresh, rotatedAt),
    accessExpiresAt,
    refreshExpiresAt,
  };
}

export const listSessions = (
  app: App,
  { id: userId, sessionId }: Viewer,
  input: SessionListInput,
): Promise<Page<Session>> =>
  listPage(app, {
    scope: ['auth.sessions', userId, userId],
    input,
    ids: (after, count) =>
      queries.findOpenSessions(app.db, userId, app.settings.refreshTtlDays, after, count),
    hydrate: async (rows) =>
      new Map(
        rows.map(({ session: { id, deviceName, createdAt, lastUsedAt } }) => [
          id,
          { id, deviceName, createdAt, lastUsedAt, current: id === sessionId },
        ]),
      ),
  });

interface RevokeOptions {
  exceptSessionId?: string | null;
  reason: string;
}

export const revokeSessionsOf = (app: App, userId: string, options: RevokeOptions): Promise<void> =>
  inTransaction(app, async (app) => {
    await revoke(app, userId, options.reason, { except: options.exceptSessionId ?? null });
  });

/** Returns how many sessions it ended. */
export async function revoke(
  app: App,
  userId: string,
  reason: string,
  which: { only?: string; except?: string | null },
): Promise<number> {
  const ended = await queries.revokeSessions(app.db, userId, reason, which);
  const events = ended.map((sessionId) => ({ userId, sessionId, kind: 'sessionEnded', details: { reason } }));
  await queries.insertSecurityEvents(app.db, events);
  await afterCommit(app, () => dropCachedSessions(app, ended));
  return ended.length;
}

/** Throws `invalid_input` for a password that is easy to guess. */
export const createCredentials = (app: App, userId: string, password: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const names = await queries.findNames(app.db, userId);
    if (!names) throw notFound();
    await refuseGuessable('password', password, names);
    await queries.insertCredentials(app.db, userId, await hashPassword(password));
  });

/** Throws `invalid_credentials`; spends from the account's budget of password checks. */
export async function requirePassword(app: App, userId: string, password: string): Promise<void> {
  await checkPassword(app, userId, password);
}

export async function checkPassword(app: App, userId: string, password: string) {
  await spendPasswordCheck(app, userId);
  const login = await queries.findLoginOf(app.db, userId);
  const isRight = await isPassword(password, login?.passwordHash ?? null);
  if (!login || !isRight) throw new CielError('invalid_credentials');
  return login;
}

/** The client, before the user is known. */
export type Client = Pick<Context, 'deviceName' | 'address'>;
