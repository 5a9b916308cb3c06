import { isCielError } from './errors.ts';
import { platform, sleep } from './platform.ts';
import type { Session, SessionStore } from './stores.ts';

/** Who is signed in. The same object until that changes. */
export interface SessionState {
  /** `loading` until an asynchronous store has been read. */
  readonly status: 'loading' | 'signedIn' | 'signedOut';
  /** Null when nobody is signed in. */
  readonly userId: string | null;
}

export interface SessionManagerOptions {
  store: SessionStore;
  refresh(refreshToken: string): Promise<Session>;
  onSessionLost?: (() => void) | undefined;
}

/** A token that expires this soon is renewed before it is used. */
const EARLY_MS = 5000;
/** A new token that seems to expire sooner than this means that the local clock is wrong. */
const SHORTEST_MS = 20_000;

const CONTENDED_MS = 5;
const SETTLING_MS = 50;

const LOADING: SessionState = { status: 'loading', userId: null };
const SIGNED_OUT: SessionState = { status: 'signedOut', userId: null };

/**
 * Keeps one session fresh. However many calls need a new token, it is renewed once, in this tab and, with Web Locks, across tabs.
 * @example
 * const stop = ciel.session.subscribe(() => render(ciel.session.current));
 * // React: useSyncExternalStore(ciel.session.subscribe, () => ciel.session.current)
 */
export class SessionManager {
  readonly #options: SessionManagerOptions;
  readonly #listeners = new Set<() => void>();
  #signIn = LOADING;
  #renewing: Promise<Session | null> | null = null;
  #isClockRight = true;

  constructor(options: SessionManagerOptions) {
    this.#options = options;
    const kept = options.store.get();
    if (kept instanceof Promise) void this.get().catch(() => this.#show(null));
    else this.#show(kept);
    options.store.subscribe?.(() => void this.get());
  }

  /** Who is signed in, as far as is known now; the same object until that changes. */
  get current(): SessionState {
    return this.#signIn;
  }

  /** Calls the listener whenever `current` has changed; returns a function that unsubscribes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * The stored session with its tokens; null when nobody is signed in.
   * @example
   * const session = await ciel.session.get();
   */
  async get(): Promise<Session | null> {
    const session = await this.#options.store.get();
    this.#show(session);
    return session;
  }

  /**
   * Stores another session. Null signs out locally, without revoking the session on the server.
   * @example
   * await ciel.session.set({ accessToken, refreshToken, accessExpiresAt });
   */
  async set(session: Session | null): Promise<void> {
    await this.#options.store.set(session);
    this.#show(session);
  }

  /** A name for the session that is the same in all tabs that share it; null when tabs don't share it. */
  async group(): Promise<string | null> {
    const { lockName } = this.#options.store;
    const session = lockName ? await this.get() : null;
    return session && `${lockName} ${session.userId ?? ''}`;
  }

  /** An access token that is valid now; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    await this.#renewing?.catch(() => null);
    const session = await this.get();
    if (!session) return null;
    const isOld = this.#isClockRight && session.accessExpiresAt.getTime() - Date.now() < EARLY_MS;
    const fresh = isOld ? await this.renew(session.accessToken) : session;
    return fresh?.accessToken ?? null;
  }

  /** Renews the session unless the stale token has been replaced already. Null when the session is lost. */
  renew(staleToken: string): Promise<Session | null> {
    this.#renewing ??= this.#alone(() => this.#renew(staleToken)).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** Deletes the stored session after a running renewal has ended, and returns it. */
  async forget(): Promise<Session | null> {
    return this.#alone(async () => {
      const session = await this.get();
      await this.set(null);
      return session;
    });
  }

  async #renew(staleToken: string): Promise<Session | null> {
    const session = await this.get();
    if (!session || session.accessToken !== staleToken) return session;
    try {
      const tokens = await this.#options.refresh(session.refreshToken);
      const renewed = { ...tokens, userId: session.userId };
      this.#isClockRight = renewed.accessExpiresAt.getTime() - Date.now() > SHORTEST_MS;
      // Without Web Locks the user may have signed out or in meanwhile.
      const now = await this.get();
      if (now?.refreshToken !== session.refreshToken) return now;
      await this.set(renewed);
      return renewed;
    } catch (error) {
      if (!isCielError(error) || error.status !== 401) throw error;
      // Without Web Locks another tab may have been faster, and this refusal is about the token it replaced.
      const now = await this.get();
      if (now?.refreshToken !== session.refreshToken) return now;
      await this.set(null);
      this.#options.onSessionLost?.();
      return null;
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const { lockName } = this.#options.store;
    const locks = platform.navigator?.locks;
    if (!lockName || !locks) return work();
    const asked = Date.now();
    return locks.request(`ciel.session ${lockName}`, async () => {
      // Another tab held the lock: what it has written takes a moment to reach this tab's storage.
      if (Date.now() - asked > CONTENDED_MS) await sleep(SETTLING_MS);
      return work();
    });
  }

  #show(session: Session | null): void {
    const { status, userId } = this.#signIn;
    const next: SessionState = session ? { status: 'signedIn', userId: session.userId ?? null } : SIGNED_OUT;
    if (next.status === status && next.userId === userId) return;
    this.#signIn = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
