import { createCiel, webStore } from '@ciel/sdk';
import { QueryClient } from '@tanstack/react-query';
import { toast } from './parts/toasts.tsx';

/** The page is served by the server that it calls. */
export const url = location.origin;

export const ciel = createCiel({
  url,
  store: webStore(),
  onSessionLost: () => toast('You have been signed out.'),
});

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, refetchOnWindowFocus: false } },
});
