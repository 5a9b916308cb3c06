/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Pass it as `cursor` to get the next page; null on the last one. */
  nextCursor: string | null;
}

type Fetch<Item> = (cursor: string | undefined) => Promise<Page<Item>>;

/**
 * A list. Await it for the first page, or iterate over it for every item: pages are fetched as they are needed, and no item comes
 * twice.
 * @example
 * for await (const post of ciel.feed.home()) show(post);
 * const { items, nextCursor } = await ciel.feed.home({ limit: 10 });
 */
export class List<Item> implements Promise<Page<Item>>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = 'List';
  readonly #fetch: Fetch<Item>;
  readonly #start: string | undefined;

  constructor(fetch: Fetch<Item>, start: string | undefined) {
    this.#fetch = fetch;
    this.#start = start;
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a list gives its first page
  then<A = Page<Item>, B = never>(
    onPage?: ((page: Page<Item>) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#fetch(this.#start).then(onPage, onError);
  }

  // biome-ignore lint/suspicious/noExplicitAny: like any promise's, so that callers can type what they catch
  catch<B = never>(onError?: ((error: any) => B | PromiseLike<B>) | null): Promise<Page<Item> | B> {
    return this.then(null, onError);
  }

  finally(onEnd?: (() => void) | null): Promise<Page<Item>> {
    return this.then().finally(onEnd);
  }

  /**
   * Iterates page by page; items of an earlier page are omitted.
   * @example
   * for await (const { items } of ciel.posts.byUser({ userId }).pages()) append(items);
   */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    const seen = new Set<string>();
    let cursor = this.#start;
    for (;;) {
      const page = await this.#fetch(cursor);
      yield { items: page.items.filter((item) => isNew(seen, item)), nextCursor: page.nextCursor };
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }
}

function isNew(seen: Set<string>, item: unknown): boolean {
  const key = keyOfItem(item);
  if (key === null) return true;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** What identifies an item: its id or code, or the id of the user (a follower) or the post (a bookmark) in it. */
export function keyOfItem(item: unknown): string | null {
  const { id, code, user, post } = item as Record<'id' | 'code', unknown> &
    Record<'user' | 'post', { id?: unknown } | undefined>;
  const key = id ?? code ?? user?.id ?? post?.id;
  return typeof key === 'string' ? key : null;
}
