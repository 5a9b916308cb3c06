import { type Calls, createCalls } from './calls.ts';
import { CielError } from './errors.ts';
import { createEvents, type Events } from './events.ts';
import { createExchange, type Deprecation } from './exchange.ts';
import { type Fetch, platform } from './platform.ts';
import { type Repeats, type RetryOptions, withRetries } from './retry.ts';
import { createSend } from './sender.ts';
import { SessionManager } from './session.ts';
import { memoryStore, type Session, type SessionStore } from './stores.ts';
import { createTransport } from './transport.ts';
import type { createUpload, Upload } from './upload.ts';
import { version } from './version.ts';

export interface CielOptions {
  /**
   * The server's address, such as `https://ciel.example.org`, without `/v1`. In a browser, it can also be a path, or `''` for the
   * page's own server.
   */
  url: string;
  /** Where the session is stored; in memory by default. */
  store?: SessionStore;
  /** Called once when the session can't be renewed, for example to show the sign-in form. */
  onSessionLost?: () => void;
  /** Called once for each deprecated procedure or combination of procedures that is called. */
  onDeprecation?: (deprecation: Deprecation) => void;
  /** How often, and after how long, calls are retried. */
  retry?: RetryOptions;
  /** Timeout of each request in milliseconds; 30000 by default. Uploads may take longer, while bytes move. */
  timeoutMs?: number;
  /** For operators: an admin token, sent with every call. Never ship it in a page that anyone else can load. */
  admin?: { token: string; actor?: string };
  /** A replacement for the global `fetch`, for tests and unusual platforms. */
  fetch?: Fetch;
}

/** The input of `users.register`. */
export type Registration = Parameters<Calls['users']['register']>[0];

/**
 * A client of one Ciel server: every procedure as a function, plus sessions, uploads and events. Calls reject with a `CielError`.
 */
export interface Ciel extends Calls {
  /**
   * Signs in with a handle or email address and stores the session.
   * @throws `invalid_credentials`, `rate_limited`
   * @example
   * await ciel.signIn('alice', password);
   */
  signIn(identifier: string, password: string): Promise<Session>;
  /**
   * Creates an account and signs in.
   * @throws `invalid_input`, `handle_taken`, `email_taken`, `invalid_invite`, `device_blocked`
   * @example
   * await ciel.signUp({ handle, displayName, email, password, inviteCode });
   */
  signUp(registration: Registration): Promise<Session>;
  /**
   * Deletes the stored session and revokes it on the server. Rejects when the server can't be reached; the stored session is
   * deleted even then.
   * @example
   * await ciel.signOut();
   */
  signOut(): Promise<void>;
  /**
   * Uploads one photograph. The server creates its variants afterwards; a post can be created at once. Uploading the same file
   * again, from any device, returns the same photograph. Above 8 MiB it is sent in parts, and goes on where it was after a lost
   * connection, and after a reload when the same file is uploaded again.
   * @returns the media id, for a post
   * @throws `media_unusable`, `network`, `aborted`
   * @example
   * const mediaId = await ciel.upload(file, { onProgress: ({ sent, total }) => bar(sent / total) });
   * await ciel.posts.create({ mediaIds: [mediaId], visibility: 'public' });
   */
  upload: Upload;
  /**
   * The signed-in user's live events. Resumes where it left off after a lost connection.
   * @example
   * for await (const event of ciel.events({ signal })) {
   *   if (event.type === 'unreadCount') badge(event.unreadCount);
   *   if (event.type === 'gap') reload();
   * }
   */
  events: Events;
  /** The session: who is signed in, and a way to subscribe to changes. */
  readonly session: SessionManager;
}

/**
 * Creates a client. It sends nothing until the first call.
 * @throws TypeError when `url` is neither an HTTP(S) URL nor a path
 * @example
 * const ciel = createCiel({ url: 'http://localhost:8080' });
 * await ciel.signIn('alice', password);
 * for await (const post of ciel.feed.home()) console.log(post.author.handle, post.caption);
 */
export function createCiel(options: CielOptions): Ciel {
  if (!/^(https?:\/\/|\/|$)/.test(options.url))
    throw new TypeError(`The server's url begins with https:// or http://, but this is ${options.url}`);
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
  /** Without a token, because the stored one may be the one that is being replaced. */
  const anonymously = (path: string, input: object, repeats: Repeats) =>
    withRetries(() => transport(path, 'mutation', input, { token: null }), repeats, retry);
  const store = options.store ?? memoryStore();
  const session = new SessionManager({
    store,
    // Safe to repeat: the server returns the same tokens when a response was lost.
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
    upload: uploadOnDemand(calls, { fetch, retry, idleMs: timeoutMs ?? 30_000 }, store.uploads),
    events: createEvents(url, exchange, session),
    session,
  };
}

/** Pages that upload nothing don't load what uploads need. */
function uploadOnDemand(...given: Parameters<typeof createUpload>): Upload {
  let loading: Promise<Upload> | null = null;
  const load = () =>
    import('./upload.ts').then(
      ({ createUpload }) => createUpload(...given),
      (cause: unknown) => {
        loading = null;
        throw new CielError('network', 'What uploads need could not be loaded', { cause });
      },
    );
  return async (photo, options) => {
    loading ??= load();
    return (await loading)(photo, options);
  };
}

function tokensOf(response: unknown): Session {
  const { accessToken, refreshToken, accessExpiresAt, user } = response as Session & {
    user?: { id: string };
  };
  return { accessToken, refreshToken, accessExpiresAt, userId: user?.id };
}
