import { platform } from './platform.ts';

/** What keeps somebody signed in. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
  /** Whose it is. */
  userId?: string | undefined;
}

/** Where the session is kept between calls. Both functions may be asynchronous. */
export interface SessionStore {
  get(): Session | null | Promise<Session | null>;
  set(session: Session | null): void | Promise<void>;
  /** Calls the listener when somebody else, another tab for example, has changed what is kept; answers how to stop. */
  subscribe?(listener: () => void): () => void;
  /** One renewal at a time under this name, across tabs, where there are Web Locks. */
  lockName?: string;
}

/**
 * Forgets when the program ends.
 * @example
 * const ciel = createCiel({ url, store: memoryStore() });
 */
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

/**
 * Keeps the session in localStorage, or in another storage of the same shape; tabs follow each other. Where there is no
 * storage, as in a page that is made on a server, nobody is signed in.
 * @example
 * const ciel = createCiel({ url, store: webStore() });
 */
export function webStore(key = 'ciel.session', storage?: WebStorage): SessionStore {
  const open = () => storage ?? (globalThis as { localStorage?: WebStorage }).localStorage;
  return {
    lockName: key,
    get: () => sessionOf(open()?.getItem(key)),
    set: (session) => {
      if (session) open()?.setItem(key, JSON.stringify(session));
      else open()?.removeItem(key);
    },
    subscribe(listener) {
      const onStorage = (event: { key: string | null }) => {
        if (event.key === key || event.key === null) listener();
      };
      platform.addEventListener?.('storage', onStorage);
      return () => platform.removeEventListener?.('storage', onStorage);
    },
  };
}

/** Two functions that keep a text, such as those of a phone's secure store. */
export interface StoreCallbacks {
  load(): string | null | undefined | Promise<string | null | undefined>;
  /** Null: forget it. */
  save(text: string | null): void | Promise<void>;
}

/**
 * Keeps the session as a text by a pair of functions of your own.
 * @example
 * // Expo
 * const store = callbackStore({
 *   load: () => SecureStore.getItemAsync('ciel'),
 *   save: (text) => (text === null ? SecureStore.deleteItemAsync('ciel') : SecureStore.setItemAsync('ciel', text)),
 * });
 */
export function callbackStore({ load, save }: StoreCallbacks): SessionStore {
  return {
    get: async () => sessionOf(await load()),
    set: async (session) => save(session && JSON.stringify(session)),
  };
}

/** Null for what is no session, such as the rest of an older program. */
function sessionOf(text: string | null | undefined): Session | null {
  try {
    const session = JSON.parse(text || 'null') as Session | null;
    if (!session?.accessToken || !session.refreshToken) return null;
    return { ...session, accessExpiresAt: new Date(session.accessExpiresAt) };
  } catch {
    return null;
  }
}
