import { type Calls, createCalls } from './calls.ts';
import { createEvents, type Events } from './events.ts';
import { createExchange, type Deprecation } from './exchange.ts';
import { type Fetch, platform } from './platform.ts';
import { type Repeats, type RetryOptions, withRetries } from './retry.ts';
import { createSend } from './sender.ts';
import { SessionManager } from './session.ts';
import { memoryStore, type Session, type SessionStore } from './stores.ts';
import { createTransport } from './transport.ts';
import { createUpload, type Upload } from './upload.ts';
import { version } from './version.ts';

export interface CielOptions {
  /** Address of the server, for example `https://ciel.example.org`, without `/v1`; in a page also a path, or `''` for its own server. */
  url: string;
  /** Where the session is kept; in memory by default. */
  store?: SessionStore;
  /** Called once when the session can't be renewed: show the sign-in. */
  onSessionLost?: () => void;
  /** Called once for each call that the server will stop answering. */
  onDeprecation?: (deprecation: Deprecation) => void;
  /** How often, and for how long, a call is tried again. */
  retry?: RetryOptions;
  /** An answer that takes longer is given up, ms; 30000 by default. */
  timeoutMs?: number;
  /** For operators: sent with every call. Never in a page that others than operators are served. */
  admin?: { token: string; actor?: string };
  /** Another fetch, for tests and unusual platforms. */
  fetch?: Fetch;
}

/** What `users.register` takes. */
export type Registration = Parameters<Calls['users']['register']>[0];

/** A client of one Ciel server: every procedure as a function, and what a front end needs around them. */
export interface Ciel extends Calls {
  /**
   * Signs in by handle or e-mail and keeps the session.
   * @example
   * await ciel.signIn('alice', password);
   */
  signIn(identifier: string, password: string): Promise<Session>;
  /**
   * Registers somebody and signs them in.
   * @example
   * await ciel.signUp({ handle, displayName, email, password, inviteCode });
   */
  signUp(registration: Registration): Promise<Session>;
  /**
   * Forgets the session here, and ends it on the server; rejects when the server could not be told.
   * @example
   * await ciel.signOut();
   */
  signOut(): Promise<void>;
  /**
   * Uploads one photograph and hands it to the worker. The same file again, also from another device, makes no second one.
   * @returns the media id, to be used in a post
   * @example
   * const mediaId = await ciel.upload(file, { onProgress: ({ sent, total }) => bar(sent / total) });
   * await ciel.posts.create({ mediaIds: [mediaId], visibility: 'public' });
   */
  upload: Upload;
  /**
   * What happens for the one who is signed in, as it happens; goes on after a broken connection where it was.
   * @example
   * for await (const event of ciel.events({ signal })) {
   *   if (event.type === 'unreadCount') badge(event.unreadCount);
   *   if (event.type === 'gap') reload();
   * }
   */
  events: Events;
  /** Who is signed in, to look at, to follow, or to set. */
  readonly session: SessionManager;
}

/**
 * @example
 * const ciel = createCiel({ url: 'http://localhost:8080' });
 * await ciel.signIn('alice', password);
 * for await (const post of ciel.feed.home()) console.log(post.author.handle, post.caption);
 */
export function createCiel(options: CielOptions): Ciel {
  if (!/^(https?:\/\/|\/|$)/.test(options.url))
    throw new TypeError(`The url of a server begins with https:// or http://, not ${options.url}`);
  const { retry, timeoutMs, onDeprecation, onSessionLost, admin } = options;
  const url = `${options.url.replace(/\/+$/, '')}/trpc`;
  const fetch: Fetch = options.fetch ?? ((url, init) => platform.fetch(url, init));
  const headers = {
    'x-ciel-client': `sdk/${version}`,
    ...(admin ? { 'x-admin-token': admin.token } : {}),
    ...(admin?.actor ? { 'x-admin-actor': admin.actor } : {}),
  };
  const exchange = createExchange({ fetch, headers, timeoutMs, onDeprecation });
  const transport = createTransport(url, exchange);
  /** Without a token: the one that is kept may be the one that is being replaced. */
  const anonymously = (path: string, input: object, repeats: Repeats) =>
    withRetries(() => transport(path, 'mutation', input, { token: null }), repeats, retry);
  const session = new SessionManager({
    store: options.store ?? memoryStore(),
    // A refresh whose answer was lost is answered the same again.
    refresh: async (refreshToken) => tokensOf(await anonymously('auth.refresh', { refreshToken }, 'all')),
    onSessionLost,
  });
  const calls = createCalls(createSend({ transport, session, retry }));

  async function begin(path: string, input: object): Promise<Session> {
    const kept = tokensOf(await anonymously(path, input, 'refused'));
    await session.set(kept);
    return kept;
  }

  async function signOut(): Promise<void> {
    const ended = await session.forget();
    if (ended) await anonymously('auth.revoke', { refreshToken: ended.refreshToken }, 'all');
  }

  return {
    ...calls,
    signIn: (identifier, password) => begin('auth.login', { identifier, password }),
    signUp: (registration) => begin('users.register', registration),
    signOut,
    upload: createUpload(calls, { fetch, retry }),
    events: createEvents(url, exchange, session),
    session,
  };
}

function tokensOf(answer: unknown): Session {
  const { accessToken, refreshToken, accessExpiresAt, user } = answer as Session & { user?: { id: string } };
  return { accessToken, refreshToken, accessExpiresAt, userId: user?.id };
}
