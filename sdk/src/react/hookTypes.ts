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

/** `input?` where a call without one is good. */
type Args<Input, Options> =
  Record<never, never> extends Input ? [input?: Input, options?: Options] : [input: Input, options?: Options];

type QueryOptions<Output, Selected> = Omit<
  UseQueryOptions<Output, CielError, Selected, readonly unknown[]>,
  'queryKey' | 'queryFn'
>;

interface Keyed<Input> {
  /** The key under which the answers are cached; without an input that of all of them. */
  key(input?: Partial<Input>): readonly unknown[];
}

/** Hooks of a query. */
export interface QueryHooks<Input, Output> extends Keyed<Input> {
  /**
   * @example
   * const { data: post, error } = hooks.posts.get.useQuery({ postId });
   */
  useQuery<Selected = Output>(
    ...args: Args<Input, QueryOptions<Output, Selected>>
  ): UseQueryResult<Selected, CielError>;
  /**
   * For all else that TanStack Query does: to prefetch, to suspend, to ask many at once.
   * @example
   * onPointerEnter={() => queryClient.prefetchQuery(hooks.posts.get.options(ciel, { postId }))}
   */
  options(ciel: Ciel, ...args: InputArgs<Input>): QueryAsked<Output>;
}

type InputArgs<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input];

interface QueryAsked<Output> {
  queryKey: readonly unknown[];
  queryFn: (asked: { signal?: unknown }) => Promise<Output>;
  retry: false;
}

interface InfiniteAsked<Item> {
  queryKey: readonly unknown[];
  queryFn: (asked: { signal?: unknown; pageParam: string | null }) => Promise<Page<Item>>;
  initialPageParam: string | null;
  getNextPageParam: (page: Page<Item>) => string | null;
  select: (data: InfiniteData<Page<Item>, string | null>) => Items<Item>;
  retry: false;
}

/** The pages that were read, and all that is on them, each once. */
export interface Items<Item> extends InfiniteData<Page<Item>, string | null> {
  items: Item[];
}

type InfiniteOptions<Item> = Omit<
  UseInfiniteQueryOptions<Page<Item>, CielError, Items<Item>, readonly unknown[], string | null>,
  'queryKey' | 'queryFn' | 'initialPageParam' | 'getNextPageParam' | 'select'
>;

/** Hooks of a list. */
export interface InfiniteHooks<Input, Item> extends Keyed<Input> {
  /**
   * The whole list, page after page: `data.items`, `fetchNextPage()`, `hasNextPage`.
   * @example
   * const feed = hooks.feed.home.useInfinite({ limit: 12 });
   * feed.data?.items.map((post) => <Post key={post.id} post={post} />);
   */
  useInfinite(
    ...args: Args<Omit<Input, 'cursor'>, InfiniteOptions<Item>>
  ): UseInfiniteQueryResult<Items<Item>, CielError>;
  /** The first page, or that of the cursor. */
  useQuery<Selected = Page<Item>>(
    ...args: Args<Input, QueryOptions<Page<Item>, Selected>>
  ): UseQueryResult<Selected, CielError>;
  /** Of one page, for all else that TanStack Query does. */
  options(ciel: Ciel, ...args: InputArgs<Input>): QueryAsked<Page<Item>>;
  /**
   * Of the whole list.
   * @example
   * const { data } = useSuspenseInfiniteQuery(hooks.feed.home.infiniteOptions(useCiel(), { limit: 12 }));
   */
  infiniteOptions(ciel: Ciel, ...args: InputArgs<Omit<Input, 'cursor'>>): InfiniteAsked<Item>;
}

interface MutationExtra {
  /** Keys of what is read anew after success; by itself what the write is known to change. */
  invalidates?: readonly (readonly unknown[])[];
}

/** The hook of a write. */
export interface MutationHooks<Input, Output> {
  /**
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

/** Hooks of every procedure: `hooks.feed.home.useInfinite()`. */
export type Hooks = { readonly [Domain in keyof Api]: HooksOfAll<Api[Domain]> };
