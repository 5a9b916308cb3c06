import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { App, Secrets } from '../../../core/app.ts';
import { findSessionUser } from '../queries.ts';
import { type Access, verifyAccess } from '../tokens.ts';

/** Half of the second within which a revocation must take effect everywhere. */
const STATE_AGE_MS = 500;
const MAX_REMEMBERED = 20_000;

type SessionUser = Awaited<ReturnType<typeof findSessionUser>>;

interface Memory {
  /** Keyed by the SHA-256 of the exact token; any other spelling of the same claims is verified separately. */
  tokens: LRUCache<string, Access>;
  sessions: LRUCache<string, { readAt: number; user: Promise<SessionUser> }>;
}

/** Keyed by the secrets, because all copies of an App share that object. */
const memories = new WeakMap<Secrets, Memory>();

function memoryOf({ secrets }: App): Memory {
  const known = memories.get(secrets);
  if (known) return known;
  const memory: Memory = {
    tokens: new LRUCache({ max: MAX_REMEMBERED }),
    sessions: new LRUCache({ max: MAX_REMEMBERED }),
  };
  memories.set(secrets, memory);
  return memory;
}

/** `verifyAccess` with a cache, so that its half millisecond is spent once per token. */
export async function cachedAccess(app: App, token: string): Promise<Access | null> {
  const { tokens } = memoryOf(app);
  const key = hash('sha256', token, 'base64');
  const known = tokens.get(key);
  if (known) return known.expiresAt > new Date() ? known : null;
  const access = await verifyAccess(app.secrets.accessKeys, token);
  if (access) tokens.set(key, access);
  return access;
}

/** The user of the session, as it was in the database at most half a second ago; null when the session is over. */
export async function cachedUser(app: App, sessionId: string): Promise<SessionUser> {
  const { sessions } = memoryOf(app);
  const now = performance.now();
  const known = sessions.get(sessionId);
  if (known && now - known.readAt < STATE_AGE_MS) return known.user;
  const read = { readAt: now, user: findSessionUser(app.db, sessionId) };
  sessions.set(sessionId, read);
  read.user.catch(() => {
    if (sessions.peek(sessionId) === read) sessions.delete(sessionId);
  });
  return read.user;
}

/** Makes this process's own changes take effect here at once. */
export function dropCachedSessions(app: App, sessionIds: string[]): void {
  const { sessions } = memoryOf(app);
  for (const id of sessionIds) sessions.delete(id);
}
