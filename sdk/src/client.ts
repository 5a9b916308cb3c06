import { createTRPCUntypedClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import { type Calls, createCalls, type Send } from './calls.ts';
import { CielError, toCielError } from './errors.ts';
import { createLinks } from './links.ts';
import type { AppRouter } from './router.ts';
import { memoryStore, type Session, SessionManager, type SessionStore } from './session.ts';
import { contentTypeOf, type Photograph, type Progress, sendBytes, toBlob } from './upload.ts';
import { version } from './version.ts';

export interface CielOptions {
  /** Address of the server, for example `https://ciel.example.org`. */
  url: string;
  /** Where the session is kept; in memory by default. */
  store?: SessionStore;
  /** Called once when the session can't be renewed: show the sign-in. */
  onSessionLost?: () => void;
  /** Another fetch, for tests and unusual platforms. */
  fetch?: typeof globalThis.fetch;
}

/** What `users.register` takes. */
export type Registration = Parameters<Calls['users']['register']>[0];

export interface UploadOptions {
  /** What the photograph shows, for those who can't see it. */
  altText?: string;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
  /** Waits until every size is made. A post may be made before that; others see it then. */
  wait?: boolean;
}

/** A client of one Ciel server: every procedure as a function, and what a front end needs around them. */
export interface Ciel extends Calls {
  /** Signs in by handle or e-mail and keeps the session. */
  signIn(identifier: string, password: string): Promise<Session>;
  /** Registers somebody and signs them in. */
  signUp(registration: Registration): Promise<Session>;
  /** Ends the session here and on the server. */
  signOut(): Promise<void>;
  /**
   * Uploads one photograph and hands it to the worker.
   * @returns the media id, to be used in a post
   * @example
   * const mediaId = await ciel.upload(file, { onProgress: ({ sent, total }) => bar(sent / total) });
   * await ciel.posts.create({ mediaIds: [mediaId], visibility: 'public' });
   */
  upload(photo: Photograph, options?: UploadOptions): Promise<string>;
  /** The session, to look at or to set, for example after a registration. */
  readonly session: SessionManager;
}

/**
 * @example
 * const ciel = createCiel({ url: 'http://localhost:8080' });
 * await ciel.signIn('alice', password);
 * for await (const post of ciel.feed.home()) console.log(post.author.handle, post.caption);
 */
export function createCiel(options: CielOptions): Ciel {
  const url = `${options.url.replace(/\/+$/, '')}/trpc`;
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const headers = { 'x-ciel-client': `sdk/${version}` };
  // Signing in and renewing send no token: the one that is kept may be the one that is being replaced.
  const bare = createTRPCUntypedClient<AppRouter>({
    links: [httpLink({ url, fetch: fetch as never, transformer: superjson, headers })],
  });
  const renew = (refreshToken: string) =>
    bare.mutation('auth.refresh', { refreshToken }).catch(rethrow) as Promise<Session>;
  const session = new SessionManager({
    store: options.store ?? memoryStore(),
    refresh: renew,
    onSessionLost: options.onSessionLost,
  });
  const client = createTRPCUntypedClient<AppRouter>({ links: createLinks({ url, fetch, session, headers }) });
  const send: Send = (path, type, input, { signal }) => {
    const call = type === 'query' ? client.query : client.mutation;
    return call.call(client, path, input, signal ? { signal } : {}).catch(rethrow);
  };
  const calls = createCalls(send);

  async function signIn(identifier: string, password: string): Promise<Session> {
    return keep((await bare.mutation('auth.login', { identifier, password }).catch(rethrow)) as Session);
  }

  async function signUp(registration: Registration): Promise<Session> {
    return keep((await bare.mutation('users.register', registration).catch(rethrow)) as Session);
  }

  async function keep({ accessToken, refreshToken, accessExpiresAt }: Session): Promise<Session> {
    const kept = { accessToken, refreshToken, accessExpiresAt };
    await session.set(kept);
    return kept;
  }

  async function signOut(): Promise<void> {
    const current = await session.get();
    if (!current) return;
    await bare.mutation('auth.revoke', { refreshToken: current.refreshToken }).catch(rethrow);
    await session.set(null);
  }

  async function upload(
    photo: Photograph,
    { altText, onProgress, signal, wait = false }: UploadOptions = {},
  ): Promise<string> {
    const blob = toBlob(photo);
    const contentType = (await contentTypeOf(blob)) as 'image/jpeg';
    const call = signal ? { signal } : {};
    const ticket = await calls.media.upload(
      { contentType, bytes: blob.size, ...(altText === undefined ? {} : { altText }) },
      call,
    );
    await sendBytes(ticket, blob, { onProgress, signal, fetch });
    await calls.media.complete({ uploadId: ticket.uploadId }, call);
    if (wait) await processed(ticket.uploadId, call);
    return ticket.uploadId;
  }

  async function processed(uploadId: string, call: { signal?: AbortSignal }): Promise<void> {
    for (let delay = 100; ; delay = Math.min(2000, delay * 1.5)) {
      const { status, reason } = await calls.media.status({ uploadId }, call);
      if (status === 'completed') return;
      if (status === 'failed')
        throw new CielError('media_unusable', reason ?? 'The photograph could not be used');
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }

  return { ...calls, signIn, signUp, signOut, upload, session };
}

function rethrow(error: unknown): never {
  throw toCielError(error);
}
