import { type App, inTransaction } from '../../core/app.ts';
import * as entries from './entries/queries.ts';
import { findNewestOfAuthor } from './home/queries.ts';

/**
 * Adds the newest posts of a newly followed author who is not widely followed. Runs in the transaction of the follow,
 * under `shareAuthor`. If the author has more posts, the reader's entries are complete only down to the oldest
 * one added.
 */
export const backfill = (app: App, readerId: string, authorId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const completeAfter = await entries.holdReader(app.db, readerId);
    if (completeAfter === 'infinity') return;
    const { feedEntriesKept } = app.settings;
    const brought = Math.ceil(feedEntriesKept / 10);
    const newest = await findNewestOfAuthor(app.db, authorId, completeAfter, brought + 1);
    await entries.insertEntries(app.db, readerId, newest.slice(0, brought));
    const left = newest[brought];
    if (left) await entries.setCompleteAfter(app.db, readerId, left.at);
    await entries.trimEntries(app.db, [readerId], feedEntriesKept);
  });

/** Removes the author's posts from the reader's feed. Runs in the transaction that ends the follow. */
export const retractAuthor = (app: App, readerId: string, authorId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    await entries.changeVersion(app.db, readerId);
    await entries.deleteEntriesOfAuthor(app.db, readerId, authorId);
  });

/** Removes all feed entries of a reader who is being purged. */
export const purgeFeedOf = (app: App, readerId: string): Promise<void> =>
  entries.deleteEntriesOf(app.db, readerId);

/** Invalidates the cached page. Runs in the transaction that changes whom the reader follows, not after its commit. */
export const invalidateFeed = (app: App, readerId: string): Promise<void> =>
  entries.changeVersion(app.db, readerId);
