import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Ciel } from '../client.ts';
import type { CielError } from '../errors.ts';
import { keyOfItem, type Page } from '../lists.ts';
import { useCiel } from './context.ts';
import type { Hooks, Items } from './hookTypes.ts';
import { keyOf, touchedBy } from './keys.ts';

type Call = (input: object, options?: object) => PromiseLike<unknown>;

const callOf = (ciel: Ciel, domain: string, name: string): Call =>
  (ciel as unknown as Record<string, Record<string, Call>>)[domain]![name]!;

interface FetchContext {
  signal?: unknown;
}

/** The client already retries by itself. */
const ONCE = { retry: false } as const;

/** Each item once: one that moved while the pages were fetched can be on two of them. */
function withItems({ pages, pageParams }: InfiniteData<Page<unknown>, string | null>): Items<unknown> {
  const seen = new Set<string>();
  const items = pages
    .flatMap(({ items }) => items)
    .filter((item) => {
      const key = keyOfItem(item);
      if (key === null) return true;
      return !seen.has(key) && seen.add(key);
    });
  return { pages, pageParams, items };
}

function hooksOf(domain: string, name: string) {
  const path = [domain, name];
  const options = (ciel: Ciel, input: object = {}) => ({
    ...ONCE,
    queryKey: keyOf(path, input),
    // TanStack Query refuses undefined as data, so that an empty output is null.
    queryFn: async ({ signal }: FetchContext) =>
      (await callOf(ciel, domain, name)(input, { signal })) ?? null,
  });

  const infiniteOptions = (ciel: Ciel, input: object = {}) => ({
    ...ONCE,
    queryKey: [...keyOf(path, input), 'pages'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }: FetchContext & { pageParam: string | null }) => {
      const page = pageParam === null ? input : { ...input, cursor: pageParam };
      return (await callOf(ciel, domain, name)(page, { signal })) as Page<unknown>;
    },
    getNextPageParam: ({ nextCursor }: Page<unknown>) => nextCursor,
    select: withItems,
  });

  return {
    key: (input?: object) => keyOf(path, input),
    options,
    infiniteOptions,
    useQuery: (input?: object, more: object = {}) => useQuery({ ...options(useCiel(), input), ...more }),
    useInfinite: (input?: object, more: object = {}) =>
      useInfiniteQuery({ ...infiniteOptions(useCiel(), input), ...more }),

    useMutation({ invalidates, onSuccess, ...options }: MutationOptions = {}) {
      const ciel = useCiel();
      const client = useQueryClient();
      return useMutation<unknown, CielError, object>({
        ...options,
        mutationFn: async (input) => callOf(ciel, domain, name)(input ?? {}),
        onSuccess(...args) {
          for (const queryKey of invalidates ?? touchedBy(domain, name))
            void client.invalidateQueries({ queryKey });
          return onSuccess?.(...args);
        },
      });
    },
  };
}

interface MutationOptions {
  invalidates?: readonly (readonly unknown[])[];
  onSuccess?: (...args: unknown[]) => unknown;
}

const cache = new Map<string, unknown>();

/**
 * Hooks for every procedure. Queries and lists are cached by their input; mutations refetch what they change.
 * @example
 * const feed = hooks.feed.home.useInfinite({ limit: 12 });
 * const profile = hooks.users.byHandle.useQuery({ handle });
 * const comment = hooks.engagement.comment.useMutation();
 */
export const hooks: Hooks = /* @__PURE__ */ proxy((domain) =>
  proxy((name) => {
    const path = `${domain}.${name}`;
    if (!cache.has(path)) cache.set(path, hooksOf(domain, name));
    return cache.get(path);
  }),
) as Hooks;

function proxy(get: (key: string) => unknown): object {
  return new Proxy({}, { get: (_target, key) => (typeof key === 'string' ? get(key) : undefined) });
}
