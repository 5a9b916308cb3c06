import type {
  InfiniteData,
  UseInfiniteQueryOptions,
  UseInfiniteQueryResult,
  UseMutationOptions,
  UseMutationResult,
  UseQueryOptions,
  UseQueryResult,
} from '@tanstack/react-query';
import type { Ciel } from '../client.ts';
import type { CielError } from '../errors.ts';
import type { Page } from '../lists.ts';
import type { Api } from '../router.ts';
import type { Mutation, Query } from '../shapes.ts';

/** The input is optional where the procedure has no required fields. */
type Args<Input, Options> =
  Record<never, never> extends Input ? [input?: Input, options?: Options] : [input: Input, options?: Options];

type QueryOptions<Output, Selected> = Omit<
  UseQueryOptions<Output, CielError, Selected, readonly unknown[]>,
  'queryKey' | 'queryFn'
>;

interface Keyed<Input> {
  /** The cache key; without an input it is the prefix of all the procedure's keys. */
  key(input?: Partial<Input>): readonly unknown[];
}

/** Hooks for a query. */
export interface QueryHooks<Input, Output> extends Keyed<Input> {
  /**
   * Fetches and caches the output.
   * @example
   * const { data: post, error } = hooks.posts.get.useQuery({ postId });
   */
  useQuery<Selected = Output>(
    ...args: Args<Input, QueryOptions<Output, Selected>>
  ): UseQueryResult<Selected, CielError>;
  /**
   * Options for TanStack Query's other functions: to prefetch, to suspend, to run several queries.
   * @example
   * onPointerEnter={() => queryClient.prefetchQuery(hooks.posts.get.options(ciel, { postId }))}
   */
  options(ciel: Ciel, ...args: InputArgs<Input>): QueryDefinition<Output>;
}

type InputArgs<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input];

interface QueryDefinition<Output> {
  queryKey: readonly unknown[];
  queryFn: (context: { signal?: unknown }) => Promise<Output>;
  retry: false;
}

interface InfiniteDefinition<Item> {
  queryKey: readonly unknown[];
  queryFn: (context: { signal?: unknown; pageParam: string | null }) => Promise<Page<Item>>;
  initialPageParam: string | null;
  getNextPageParam: (page: Page<Item>) => string | null;
  select: (data: InfiniteData<Page<Item>, string | null>) => Items<Item>;
  retry: false;
}

/** The pages fetched so far, and their items, each once. */
export interface Items<Item> extends InfiniteData<Page<Item>, string | null> {
  items: Item[];
}

type InfiniteOptions<Item> = Omit<
  UseInfiniteQueryOptions<Page<Item>, CielError, Items<Item>, readonly unknown[], string | null>,
  'queryKey' | 'queryFn' | 'initialPageParam' | 'getNextPageParam' | 'select'
>;

/** Hooks for a list. */
export interface InfiniteHooks<Input, Item> extends Keyed<Input> {
  /**
   * The list page by page: `data.items`, `fetchNextPage()`, `hasNextPage`.
   * @example
   * const feed = hooks.feed.home.useInfinite({ limit: 12 });
   * feed.data?.items.map((post) => <Post key={post.id} post={post} />);
   */
  useInfinite(
    ...args: Args<Omit<Input, 'cursor'>, InfiniteOptions<Item>>
  ): UseInfiniteQueryResult<Items<Item>, CielError>;
  /** The first page, or the page at the cursor. */
  useQuery<Selected = Page<Item>>(
    ...args: Args<Input, QueryOptions<Page<Item>, Selected>>
  ): UseQueryResult<Selected, CielError>;
  /** Options of one page, for TanStack Query's other functions. */
  options(ciel: Ciel, ...args: InputArgs<Input>): QueryDefinition<Page<Item>>;
  /**
   * Options of the whole list, for TanStack Query's other functions.
   * @example
   * const { data } = useSuspenseInfiniteQuery(hooks.feed.home.infiniteOptions(useCiel(), { limit: 12 }));
   */
  infiniteOptions(ciel: Ciel, ...args: InputArgs<Omit<Input, 'cursor'>>): InfiniteDefinition<Item>;
}

interface MutationExtra {
  /** Keys of the queries to refetch after success; by default those that the mutation is known to change. */
  invalidates?: readonly (readonly unknown[])[];
}

/** The hook for a mutation. */
export interface MutationHooks<Input, Output> {
  /**
   * Calls the procedure with `mutate`, then refetches the queries that it changes.
   * @example
   * const create = hooks.posts.create.useMutation({ onSuccess: () => navigate('/') });
   * create.mutate({ mediaIds, caption, visibility: 'public' });
   */
  useMutation(
    options?: Omit<UseMutationOptions<Output, CielError, Input>, 'mutationFn'> & MutationExtra,
  ): UseMutationResult<Output, CielError, Input>;
}

type HooksOf<Procedure> =
  Procedure extends Query<infer Input, infer Output>
    ? Output extends Page<infer Item>
      ? InfiniteHooks<Input, Item>
      : QueryHooks<Input, Output>
    : Procedure extends Mutation<infer Input, infer Output>
      ? MutationHooks<Input, Output>
      : never;

type HooksOfAll<Procedures> = { readonly [Name in keyof Procedures]: HooksOf<Procedures[Name]> };

/** Hooks for every procedure: `hooks.feed.home.useInfinite()`. */
export type Hooks = { readonly [Domain in keyof Api]: HooksOfAll<Api[Domain]> };
