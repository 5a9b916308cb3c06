import { isCielError } from './errors.ts';

/** What keeps somebody signed in. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
}

/** Where the session is kept between calls. Both may be asynchronous. */
export interface SessionStore {
  get(): Session | null | Promise<Session | null>;
  set(session: Session | null): void | Promise<void>;
}

/** Forgets when the program ends. */
export function memoryStore(session: Session | null = null): SessionStore {
  let kept = session;
  return {
    get: () => kept,
    set: (next) => {
      kept = next;
    },
  };
}

/** What localStorage and sessionStorage have. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps the session in localStorage, or in another storage of the same shape. */
export function webStore(
  key = 'ciel.session',
  storage: WebStorage = (globalThis as unknown as { localStorage: WebStorage }).localStorage,
): SessionStore {
  return {
    get: () => {
      const text = storage.getItem(key);
      if (!text) return null;
      const session = JSON.parse(text) as Session;
      return { ...session, accessExpiresAt: new Date(session.accessExpiresAt) };
    },
    set: (session) => (session ? storage.setItem(key, JSON.stringify(session)) : storage.removeItem(key)),
  };
}

interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export interface SessionManagerOptions {
  store: SessionStore;
  refresh(refreshToken: string): Promise<Session>;
  onSessionLost?: (() => void) | undefined;
}

/** A token this close to its end is renewed before it is used. */
const EARLY_MS = 5000;

/** Keeps one session fresh: any number of calls wait for one refresh, in this tab and, by Web Locks, across tabs. */
export class SessionManager {
  readonly #options: SessionManagerOptions;
  #refreshing: Promise<Session | null> | null = null;

  constructor(options: SessionManagerOptions) {
    this.#options = options;
  }

  async get(): Promise<Session | null> {
    return this.#options.store.get();
  }

  async set(session: Session | null): Promise<void> {
    await this.#options.store.set(session);
  }

  /** A token that is good for now; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    await this.#refreshing?.catch(() => null);
    const session = await this.get();
    if (!session) return null;
    const fresh =
      session.accessExpiresAt.getTime() - Date.now() > EARLY_MS
        ? session
        : await this.renew(session.accessToken);
    return fresh?.accessToken ?? null;
  }

  /** Renews the session unless somebody already replaced the stale token. Null when the session is lost. */
  renew(staleToken: string): Promise<Session | null> {
    this.#refreshing ??= this.#lock(() => this.#renew(staleToken)).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  #lock(work: () => Promise<Session | null>): Promise<Session | null> {
    const locks = (globalThis.navigator as unknown as { locks?: Locks } | undefined)?.locks;
    return locks ? locks.request('ciel.refresh', work) : work();
  }

  async #renew(staleToken: string): Promise<Session | null> {
    const session = await this.get();
    if (!session || session.accessToken !== staleToken) return session;
    try {
      const renewed = await this.#options.refresh(session.refreshToken);
      await this.set(renewed);
      return renewed;
    } catch (error) {
      if (!isCielError(error) || error.status !== 401) throw error;
      await this.set(null);
      this.#options.onSessionLost?.();
      return null;
    }
  }
}
