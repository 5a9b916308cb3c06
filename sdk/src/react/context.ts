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
  if (!provided) throw new Error('There is no CielProvider above');
  return provided;
}

/**
 * The client, for what no hook is made for.
 * @example
 * const ciel = useCiel();
 * const mediaId = await ciel.upload(file, { onProgress });
 */
export const useCiel = (): Ciel => useProvided().ciel;

/** The optimistic acts on what is cached, for buttons of your own making. */
export const useOptimistic = (): Optimistic => useProvided().optimistic;

const LOADING: SessionState = { status: 'loading', userId: null };

/**
 * Who is signed in.
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
