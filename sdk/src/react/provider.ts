import {
  type QueryCacheNotifyEvent,
  QueryClient,
  QueryClientProvider,
  useQueryClient,
} from '@tanstack/react-query';
import { createElement, type ReactElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Ciel } from '../client.ts';
import { onFreshImages, withFreshImages } from '../freshImages.ts';
import { createOptimistic } from '../optimistic.ts';
import { platform } from '../platform.ts';
import { Context, useProvided } from './context.ts';
import { keyOf } from './keys.ts';
import { LiveUpdates } from './live.ts';

/** Props of `CielProvider`. */
export interface CielProviderProps {
  ciel: Ciel;
  /** Your own client, to share its cache with other queries; by default the provider creates one. */
  queryClient?: QueryClient;
  /** Whether lists and counts follow live events while a user is signed in; true by default. */
  live?: boolean;
  children?: ReactNode;
}

/**
 * Provides the client and a cache to the components below. The cache is cleared when another user signs in.
 * @example
 * createRoot(root).render(<CielProvider ciel={ciel}><App /></CielProvider>);
 */
export function CielProvider({ ciel, queryClient, live = true, children }: CielProviderProps): ReactElement {
  const [own] = useState(() => queryClient ?? new QueryClient());
  const client = queryClient ?? own;
  const provided = useMemo(
    () => ({
      ciel,
      optimistic: createOptimistic(ciel, (patch) =>
        client.setQueriesData({ queryKey: keyOf([]) }, (data: unknown) => patch(data)),
      ),
    }),
    [ciel, client],
  );
  return createElement(
    QueryClientProvider,
    { client },
    createElement(
      Context.Provider,
      { value: provided },
      createElement(CacheUpkeep, null),
      live ? createElement(LiveUpdates, null) : null,
      children,
    ),
  );
}

/** Clears the cache when the user changes, writes renewed URLs, and applies what is newer to data that was loaded meanwhile. */
function CacheUpkeep(): null {
  const { ciel, optimistic } = useProvided();
  const client = useQueryClient();
  useEffect(() => {
    let { userId } = ciel.session.current;
    return ciel.session.subscribe(() => {
      const { status, userId: next } = ciel.session.current;
      if (status === 'loading' || next === userId) return;
      userId = next;
      client.removeQueries({ queryKey: keyOf([]), type: 'inactive' });
      // After the previous user's components have unmounted: their queries would be refused.
      platform.setTimeout(() => void client.resetQueries({ queryKey: keyOf([]) }), 0);
    });
  }, [ciel, client]);
  useEffect(
    () =>
      onFreshImages(ciel, (patch) => {
        for (const query of client.getQueryCache().findAll({ queryKey: keyOf([]) })) {
          const data = patch(query.state.data);
          // Not `setQueryData`: the rest of the data isn't newer than before.
          if (data !== query.state.data) query.setState({ data });
        }
      }),
    [ciel, client],
  );
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (!isLoaded(event)) return;
        const { queryKey } = event.query;
        const data = client.getQueryData(queryKey);
        const next = optimistic.patch(data);
        if (next !== data) client.setQueryData(queryKey, next);
        const renewed = withFreshImages(ciel)(next);
        if (renewed !== next) event.query.setState({ data: renewed });
      }),
    [ciel, client, optimistic],
  );
  return null;
}

const isLoaded = (event: QueryCacheNotifyEvent): boolean =>
  event.type === 'updated' &&
  event.action.type === 'success' &&
  !event.action.manual &&
  event.query.queryKey[0] === 'ciel';
