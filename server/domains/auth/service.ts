import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import { holdPassword, holdSession } from '../../core/locks.ts';
import { spendLoginForAccount } from '../rateLimiter/public.ts';
import { presentMe } from '../users/public.ts';
import type { Login, PasswordChange, SignInResult, Tokens } from './contract.ts';
import { networkHash } from './network.ts';
import { hashPassword, isOutdated, isPassword, refuseGuessable } from './passwords.ts';
import { type Client, checkPassword, issueTokens, openSession, revoke, revokeSessionsOf } from './public.ts';
import * as queries from './queries.ts';
import { cachedAccess, cachedUser } from './sessionCache/service.ts';
import { type Refresh, verifyRefresh } from './tokens.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

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
  const access = await cachedAccess(app, accessToken);
  const user = access && (await cachedUser(app, access.sessionId));
  if (!access || user?.id !== access.userId) throw new CielError('unauthenticated');
  const { bannedUntil, ...person } = user;
  return {
    ...person,
    sessionId: access.sessionId,
    ...(bannedUntil === null ? {} : { bannedUntil: new Date(bannedUntil) }),
  };
}

/** Throws `not_found` for a session that was never the viewer's. */
export const revokeSession = (app: App, viewer: Viewer, sessionId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const ended = await revoke(app, viewer.id, 'signOut', { only: sessionId });
    if (!ended && !(await queries.hasSession(app.db, viewer.id, sessionId))) throw notFound();
  });

export async function changePassword(app: App, viewer: Viewer, change: PasswordChange): Promise<void> {
  const login = await checkPassword(app, viewer.id, change.currentPassword);
  await refuseGuessable('newPassword', change.newPassword, login);
  const passwordHash = await hashPassword(change.newPassword);
  await inTransaction(app, async (app) => {
    await requireUnchanged(app, viewer.id, login.changedAt);
    await queries.storeNewPassword(app.db, viewer.id, passwordHash);
    const event = { userId: viewer.id, sessionId: viewer.sessionId, kind: 'passwordChange' };
    await queries.insertSecurityEvents(app.db, [event]);
    await revokeSessionsOf(app, viewer.id, { exceptSessionId: viewer.sessionId, reason: 'passwordChange' });
  });
}
