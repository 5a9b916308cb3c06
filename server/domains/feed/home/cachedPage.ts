import type { App } from '../../../core/app.ts';
import type { Place } from './queries.ts';

const KEPT_MS = 30_000;

interface FirstPage {
  /** The version of the reader's row when the page was built. Any other version invalidates the page. */
  version: string;
  /** How many places were requested. If there are fewer, the feed has no more. */
  count: number;
  places: Place[];
}

/** Null unless a page of this version and at least this length is cached. */
export async function readFirstPage(
  app: App,
  readerId: string,
  version: string,
  count: number,
): Promise<Place[] | null> {
  const text = await app.cache.get(keyOf(readerId));
  if (text === null) return null;
  const page = JSON.parse(text) as FirstPage;
  return page.version === version && page.count >= count ? page.places.slice(0, count) : null;
}

export const writeFirstPage = (app: App, readerId: string, page: FirstPage): Promise<void> =>
  app.cache.set(keyOf(readerId), JSON.stringify(page), KEPT_MS);

export const dropFirstPage = (app: App, readerId: string): Promise<void> =>
  app.cache.remove([keyOf(readerId)]);

const keyOf = (readerId: string) => `feed home ${readerId}`;
