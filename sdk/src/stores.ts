import { platform } from './platform.ts';

/** A signed-in user's tokens. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
  /** The user that it belongs to. */
  userId?: string | undefined;
}

/** Where the session is stored between calls. `get` and `set` may be asynchronous. */
export interface SessionStore {
  get(): Session | null | Promise<Session | null>;
  set(session: Session | null): void | Promise<void>;
  /**
   * Calls the listener when the stored session is changed elsewhere, for example in another tab; returns a function that
   * unsubscribes.
   */
  subscribe?(listener: () => void): () => void;
  /**
   * Keeps a text about unfinished uploads, so that they go on after a reload; null deletes it. Without it they are remembered until
   * the program ends.
   */
  uploads?: StoreCallbacks;
  /** Name of a Web Lock under which tabs renew the session one at a time. */
  lockName?: string;
}

/**
 * Keeps the session in memory, until the program ends.
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

/** The shape of localStorage and sessionStorage. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps the session in localStorage, or in another storage of the same shape. Signing in or out in one tab does so in all. Where
 * there is no storage, as in server-side rendering, nobody is signed in.
 * @example
 * const ciel = createCiel({ url, store: webStore() });
 */
export function webStore(key = 'ciel.session', storage?: WebStorage): SessionStore {
  const uploadsKey = `${key}.uploads`;
  const open = () => storage ?? (globalThis as { localStorage?: WebStorage }).localStorage;
  return {
    lockName: key,
    get: () => sessionOf(open()?.getItem(key)),
    set: (session) => {
      if (session) open()?.setItem(key, JSON.stringify(session));
      else for (const each of [key, uploadsKey]) open()?.removeItem(each);
    },
    uploads: {
      load: () => open()?.getItem(uploadsKey),
      save(text) {
        if (text === null) open()?.removeItem(uploadsKey);
        else open()?.setItem(uploadsKey, text);
      },
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

/** Two functions that store a string, such as those of a phone's secure store. */
export interface StoreCallbacks {
  load(): string | null | undefined | Promise<string | null | undefined>;
  /** Null means to delete it. */
  save(text: string | null): void | Promise<void>;
}

/**
 * Stores the session as a string with two functions of your own.
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

/** Null for anything that isn't a session, such as data of an older program. */
function sessionOf(text: string | null | undefined): Session | null {
  try {
    const session = JSON.parse(text || 'null') as Session | null;
    if (!session?.accessToken || !session.refreshToken) return null;
    return { ...session, accessExpiresAt: new Date(session.accessExpiresAt) };
  } catch {
    return null;
  }
}
