import { type App, afterCommit, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdPassword, holdSession } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { spendLoginForAccount, spendPasswordCheck } from '../rateLimiter/service.ts';
import { presentMe } from '../users/view.ts';
import type { Login, PasswordChange, Session, SessionListInput, SignInResult, Tokens } from './contract.ts';
import { forgetSessions, rememberedAccess, rememberedUser } from './memory.ts';
import { type Client, networkHash } from './network.ts';
import { deleteOldSecurityEvents, deleteOldSessions } from './oldQueries.ts';
import { hashPassword, isOutdated, isPassword, refuseGuessable } from './passwords.ts';
import * as queries from './queries.ts';
import { type Refresh, signAccess, signRefresh, verifyRefresh } from './tokens.ts';

export type { Client } from './network.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Throws `invalid_credentials`, with the same response after the same time for an unknown account, a wrong password
 * and a user who may not sign in. From a network where the user has signed in before, the account's budget is not
 * spent, so strangers who use it up can't lock the owner out.
 */
export async function signIn(
  app: App,
  client: Client,
  { identifier, password }: Login,
): Promise<SignInResult> {
  const login = await queries.findLogin(app.db, identifier);
  const network = networkHash(app, client.address);
  // Also queried for unknown accounts, or the response time would reveal who exists.
  const isKnown =
    network !== null && (await queries.isKnownNetwork(app.db, login?.userId ?? NOBODY, network));
  if (!isKnown) await spendLoginForAccount(app, login?.userId ?? identifier);
  const isRight = await isPassword(password, login?.passwordHash ?? null);
  if (!login?.isActive || !isRight) throw new CielError('invalid_credentials');
  const { userId, passwordHash, changedAt } = login;
  const rehash = isOutdated(passwordHash) ? await hashPassword(password) : null;
  const tokens = await inTransaction(app, async (app) => {
    await requireUnchanged(app, userId, changedAt);
    if (rehash) await queries.storeRehash(app.db, userId, rehash);
    return openSession(app, userId, client);
  });
  return { ...tokens, user: await presentMe(app, userId) };
}

/**
 * The password was right a moment ago, but may have been changed since. No session may survive such a change because
 * it was opened in between.
 */
async function requireUnchanged(app: App, userId: string, changedAt: Date): Promise<void> {
  const isUnchanged = await holdPassword(app.db, userId, changedAt);
  if (!isUnchanged) throw new CielError('invalid_credentials');
}

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

async function issueTokens({ secrets, settings }: App, session: queries.SessionRow): Promise<Tokens> {
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

/** Throws `invalid_refresh_token`. If the token was replayed, its family is revoked, and that is committed before the error. */
export async function refreshTokens(app: App, refreshToken: string): Promise<Tokens> {
  const refresh = await verifyRefresh(app.secrets.refreshKeys, refreshToken);
  const session = refresh && (await inTransaction(app, (app) => rotate(app, refresh)));
  if (!session) throw new CielError('invalid_refresh_token');
  return issueTokens(app, session);
}

/** Null when the token may no longer be exchanged for a successor. */
async function rotate(app: App, refresh: Refresh): Promise<queries.SessionRow | null> {
  const { sessionId, userId, generation } = refresh;
  const found = await holdSession(app.db, sessionId, queries.sessionState());
  if (!found?.isOpen || found.session.userId !== userId) return null;
  const { session, isWithinGrace } = found;
  if (generation === session.generation) return queries.rotateSession(app.db, sessionId);
  // This token's successor is the newest one, so the successor has not been used.
  if (generation === session.generation - 1 && isWithinGrace) return session;
  const details = { generation, newest: session.generation };
  await queries.insertSecurityEvents(app.db, [{ userId, sessionId, kind: 'refreshReplay', details }]);
  await revoke(app, userId, 'refreshReplay', { only: sessionId });
  return null;
}

/**
 * Ends the session of the token, even if the token is an old one of its family. Ignores anything that is not a token
 * of ours.
 */
export async function signOut(app: App, refreshToken: string): Promise<void> {
  const refresh = await verifyRefresh(app.secrets.refreshKeys, refreshToken);
  if (!refresh) return;
  await inTransaction(app, (app) => revoke(app, refresh.userId, 'signOut', { only: refresh.sessionId }));
}

/** Throws `unauthenticated`. The result is at most half a second old. */
export async function authenticate(app: App, accessToken: string): Promise<Viewer> {
  const access = await rememberedAccess(app, accessToken);
  const user = access && (await rememberedUser(app, access.sessionId));
  if (!access || user?.id !== access.userId) throw new CielError('unauthenticated');
  const { bannedUntil, ...person } = user;
  return {
    ...person,
    sessionId: access.sessionId,
    ...(bannedUntil === null ? {} : { bannedUntil: new Date(bannedUntil) }),
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

/** Throws `not_found` for a session that was never the viewer's. */
export const endSession = (app: App, viewer: Viewer, sessionId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const ended = await revoke(app, viewer.id, 'signOut', { only: sessionId });
    if (!ended && !(await queries.hasSession(app.db, viewer.id, sessionId))) throw notFound();
  });

interface EndSessionsOptions {
  exceptSessionId?: string | null;
  reason: string;
}

export const endSessions = (app: App, userId: string, options: EndSessionsOptions): Promise<void> =>
  inTransaction(app, async (app) => {
    await revoke(app, userId, options.reason, { except: options.exceptSessionId ?? null });
  });

/** Returns how many sessions it ended. */
async function revoke(
  app: App,
  userId: string,
  reason: string,
  which: { only?: string; except?: string | null },
): Promise<number> {
  const ended = await queries.revokeSessions(app.db, userId, reason, which);
  const events = ended.map((sessionId) => ({ userId, sessionId, kind: 'sessionEnded', details: { reason } }));
  await queries.insertSecurityEvents(app.db, events);
  await afterCommit(app, () => forgetSessions(app, ended));
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

async function checkPassword(app: App, userId: string, password: string) {
  await spendPasswordCheck(app, userId);
  const login = await queries.findLoginOf(app.db, userId);
  const isRight = await isPassword(password, login?.passwordHash ?? null);
  if (!login || !isRight) throw new CielError('invalid_credentials');
  return login;
}

export async function changePassword(app: App, viewer: Viewer, change: PasswordChange): Promise<void> {
  const login = await checkPassword(app, viewer.id, change.currentPassword);
  await refuseGuessable('newPassword', change.newPassword, login);
  const passwordHash = await hashPassword(change.newPassword);
  await inTransaction(app, async (app) => {
    await requireUnchanged(app, viewer.id, login.changedAt);
    await queries.storeNewPassword(app.db, viewer.id, passwordHash);
    const event = { userId: viewer.id, sessionId: viewer.sessionId, kind: 'passwordChange' };
    await queries.insertSecurityEvents(app.db, [event]);
    await endSessions(app, viewer.id, { exceptSessionId: viewer.sessionId, reason: 'passwordChange' });
  });
}

const SESSIONS_KEPT_DAYS = 30;
const EVENTS_KEPT_DAYS = 180;
const REMOVED_AT_ONCE = 1000;

/** Deletes a batch of sessions that ended long ago; returns how many. */
export const removeOldSessions = (app: App): Promise<number> =>
  deleteOldSessions(app.db, SESSIONS_KEPT_DAYS, REMOVED_AT_ONCE);

/** Deletes a batch of events that are too old to be of use; returns how many. */
export const removeOldSecurityEvents = (app: App): Promise<number> =>
  deleteOldSecurityEvents(app.db, EVENTS_KEPT_DAYS, REMOVED_AT_ONCE);
