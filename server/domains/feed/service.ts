import { type App, inTransaction } from '../../core/app.ts';
import { enqueue } from '../../core/outbox.ts';
import { tellPost } from '../events/service.ts';
import * as entries from './entryQueries.ts';
import { findNewestOfAuthor, findThroughGraph } from './queries.ts';

/** Followers who are sent a post in one transaction. */
const FAN_OUT_BATCH = 1000;

/** Under it follows of the author begin and end side by side, while no post is sent. Until the transaction ends. */
export const shareAuthorLock = (app: App, authorId: string): Promise<void> =>
  entries.lockAuthor(app.db, authorId, 'shared');

/** Under it nobody begins or ends to follow the author. Until the transaction ends. */
export const holdAuthorLock = (app: App, authorId: string): Promise<void> =>
  entries.lockAuthor(app.db, authorId, 'exclusive');

/** Sends a post to the feeds of those who follow the author, from the given follower on; widely followed authors send nothing. */
export async function fanOut(
  app: App,
  { postId, afterReaderId }: { postId: string; afterReaderId: string | null },
): Promise<void> {
  const readerIds = await inTransaction(app, async (app) => {
    const post = await entries.findSendable(app.db, postId);
    if (!post) return [];
    await holdAuthorLock(app, post.authorId);
    if (afterReaderId === null) await tellPost(app, post);
    const reached = await entries.insertForFollowers(app.db, post, afterReaderId, FAN_OUT_BATCH);
    const last = reached.at(-1);
    if (last !== undefined && reached.length === FAN_OUT_BATCH) {
      const dedupKey = `feed.fanOut ${postId} ${last}`;
      await enqueue(app, 'feed.fanOut', { postId, afterReaderId: last }, { dedupKey });
    }
    return reached;
  });
  // In a transaction of its own: a reader whose entries are being made waits for the entries above, and may hold what it needs.
  await trim(app, readerIds.filter(isTrimmed(app)));
}

/** Now and then is enough: each reader's entries exceed what is kept by about a tenth. */
const isTrimmed =
  ({ settings }: App) =>
  () =>
    Math.random() * settings.feedEntriesKept < 10;

const trim = (app: App, readerIds: string[]): Promise<void> =>
  inTransaction(app, async (app) => {
    if (readerIds.length === 0) return;
    await entries.insertUnknownReaders(app.db, readerIds);
    await entries.trimEntries(app.db, readerIds, app.settings.feedEntriesKept);
  });

/**
 * Brings the newest posts of an author who is followed from now on, and is not widely followed; in the transaction of the follow,
 * under `shareAuthorLock`. When the author has more, the reader's entries are complete only down to these.
 */
export const backfill = (app: App, readerId: string, authorId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const completeAfter = await entries.lockReader(app.db, readerId);
    if (completeAfter === 'infinity') return;
    const { feedEntriesKept } = app.settings;
    const brought = Math.ceil(feedEntriesKept / 10);
    const newest = await findNewestOfAuthor(app.db, authorId, completeAfter, brought + 1);
    await entries.insertEntries(app.db, readerId, newest.slice(0, brought));
    const left = newest[brought];
    if (left) await entries.setCompleteAfter(app.db, readerId, left.at);
    await entries.trimEntries(app.db, [readerId], feedEntriesKept);
  });

/** Takes the author's posts out of the reader's feed; in the transaction that ends the follow. */
export const forgetAuthor = (app: App, readerId: string, authorId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    await entries.changeVersion(app.db, readerId);
    await entries.deleteEntriesOfAuthor(app.db, readerId, authorId);
  });

/** Empties the feed of a reader who is erased. */
export const forgetReader = (app: App, readerId: string): Promise<void> =>
  entries.deleteEntriesOf(app.db, readerId);

/** What was cached of the feed is void; in the transaction that changes whom the reader follows, not after its commit. */
export const dropCachedPage = (app: App, readerId: string): Promise<void> =>
  entries.changeVersion(app.db, readerId);

/** Makes the entries of a reader of whom nothing is known: new, or emptied from outside. */
export const rebuild = (app: App, readerId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    if ((await entries.lockReader(app.db, readerId)) !== 'infinity') return;
    const made = Math.ceil(app.settings.feedEntriesKept / 5);
    const newest = await findThroughGraph(app.db, readerId, null, 'infinity', made + 1);
    await entries.insertEntries(app.db, readerId, newest.slice(0, made));
    await entries.setCompleteAfter(app.db, readerId, newest[made]?.at ?? null);
  });
