import { type App, afterCommit, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { Position } from '../../../core/cursors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { homePost } from '../../../core/visibility.ts';
import type { PostView } from '../../posts/contract.ts';
import { presentPosts } from '../../posts/public.ts';
import type { FeedInput } from '../contract.ts';
import { rebuild } from '../entries/service.ts';
import { dropFirstPage, readFirstPage, writeFirstPage } from './cachedPage.ts';
import { findEntries, findOwn, findThroughGraph, type Place } from './queries.ts';

export const readHome = (app: App, viewer: Viewer, input: FeedInput): Promise<Page<PostView>> =>
  listPage(app, {
    scope: ['home', viewer.id],
    input,
    ids: (after, count) => findPlaces(app, viewer.id, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewer.id,
        rows.map(({ id }) => id),
        homePost,
      ),
  });

/** The reader's own posts are merged in after the cache, so that a new one appears at once. */
async function findPlaces(app: App, readerId: string, after: Position | null, count: number) {
  const { version, places: own } = await findOwn(app.db, readerId, after, count);
  const followed =
    after === null
      ? await findFirst(app, readerId, version, count)
      : await findFollowed(app, readerId, after, count);
  return [...own, ...followed].sort(newestFirst).slice(0, count);
}

/**
 * The version is read before the page that is cached under it, so a cached page never outlives a follow that it does
 * not include.
 */
async function findFirst(app: App, readerId: string, version: string | null, count: number) {
  const cached = version === null ? null : await readFirstPage(app, readerId, version, count);
  if (cached) return cached;
  const places = await findFollowed(app, readerId, null, count);
  if (version !== null) await writeFirstPage(app, readerId, { version, count, places });
  return places;
}

/** Reads from the entries, and continues in the follow graph where they end. */
async function findFollowed(app: App, readerId: string, after: Position | null, count: number) {
  let kept = await findEntries(app.db, readerId, after, count);
  if (kept.completeAfter === 'infinity') {
    await rebuild(app, readerId);
    kept = await findEntries(app.db, readerId, after, count);
  }
  const missing = count - kept.places.length;
  if (missing === 0 || kept.completeAfter === '-infinity') return kept.places;
  return [...kept.places, ...(await findThroughGraph(app.db, readerId, after, kept.completeAfter, missing))];
}

const newestFirst = (a: Place, b: Place) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1);

export const refreshHome = (app: App, viewer: Viewer): Promise<void> =>
  inTransaction(app, (app) => afterCommit(app, () => dropFirstPage(app, viewer.id)));
