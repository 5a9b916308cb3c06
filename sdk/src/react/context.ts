import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Ciel } from '../client.ts';
import type { Optimistic } from '../optimistic.ts';
import type { SessionState } from '../session.ts';

interface Provided {
  ciel: Ciel;
  optimistic: Optimistic;
}

export const Context = createContext<Provided | null>(null);

export function useProvided(): Provided {
  const provided = useContext(Context);
  if (!provided) throw new Error('Wrap the component in a CielProvider');
  return provided;
}

/**
 * The client, for anything that has no hook.
 * @example
 * const ciel = useCiel();
 * const mediaId = await ciel.upload(file, { onProgress });
 */
export const useCiel = (): Ciel => useProvided().ciel;

/** Optimistic likes, follows and bookmarks on the cache, for your own buttons. */
export const useOptimistic = (): Optimistic => useProvided().optimistic;

const LOADING: SessionState = { status: 'loading', userId: null };

/**
 * Who is signed in; re-renders when that changes.
 * @example
 * const { status, userId } = useSession();
 * if (status === 'signedOut') return <SignIn />;
 */
export function useSession(): SessionState {
  const { session } = useCiel();
  return useSyncExternalStore(
    session.subscribe,
    () => session.current,
    () => LOADING,
  );
}
