import { httpBatchLink, retryLink, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import superjson from 'superjson';
import type { AppRouter } from './router.ts';
import type { SessionManager } from './session.ts';

export interface LinkOptions {
  url: string;
  fetch: typeof globalThis.fetch;
  session: SessionManager;
  headers: Record<string, string>;
}

const MAX_ATTEMPTS = 4;

/** retry → refresh → batch. Refreshing belongs to a link: a batch is answered as a whole with results of its own each. */
export const createLinks = ({ url, fetch, session, headers }: LinkOptions): TRPCLink<AppRouter>[] => [
  retryQueries(),
  refreshOnce(session),
  httpBatchLink({
    url,
    fetch: fetch as never,
    transformer: superjson,
    maxItems: 20,
    maxURLLength: 4000,
    headers: async () => {
      const token = await session.accessToken();
      return { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) };
    },
  }),
];

interface Data {
  httpStatus?: number;
  retryAfterSeconds?: number;
}

/** Only what changes nothing is sent again, and only when it can help: no answer, overloaded, or limited for a moment. */
const retryQueries = (): TRPCLink<AppRouter> =>
  retryLink({
    retry: ({ op, error, attempts }) => {
      if (op.type !== 'query' || attempts >= MAX_ATTEMPTS || op.signal?.aborted) return false;
      const { httpStatus, retryAfterSeconds } = (error.data ?? {}) as Data;
      return (
        httpStatus === undefined ||
        httpStatus >= 502 ||
        (httpStatus === 429 && (retryAfterSeconds ?? 60) <= 2)
      );
    },
    retryDelayMs: (attempt) => Math.min(4000, 150 * 2 ** attempt) * (0.5 + Math.random() / 2),
  });

/** A call that is refused for its token is sent once more with a new one. */
const refreshOnce =
  (session: SessionManager): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let inner: { unsubscribe(): void } | undefined;
      let isDone = false;
      const run = async (isRetry: boolean) => {
        const token = (await session.get())?.accessToken;
        if (isDone) return;
        inner = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            const isStale = !isRetry && token !== undefined && error.data?.code === 'unauthenticated';
            if (!isStale) return observer.error(error);
            session.renew(token).then(
              (renewed) => (renewed && !isDone ? void run(true) : observer.error(error)),
              () => observer.error(error),
            );
          },
        });
      };
      void run(false);
      return () => {
        isDone = true;
        inner?.unsubscribe();
      };
    });
