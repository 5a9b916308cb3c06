import { type App, inTransaction } from '../../../core/app.ts';
import { holdAuthor } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { publishPost } from '../../events/public.ts';
import { findThroughGraph } from '../home/queries.ts';
import * as entries from './queries.ts';

/** Followers that receive a post in one transaction. */
const FAN_OUT_BATCH = 1000;

/** Fans a post out to the author's followers after the given one. Posts of widely followed authors are not fanned out. */
export async function fanOut(
  app: App,
  { postId, afterReaderId }: { postId: string; afterReaderId: string | null },
): Promise<void> {
  const readerIds = await inTransaction(app, async (app) => {
    const post = await entries.findFeedPost(app.db, postId);
    if (!post) return [];
    await holdAuthor(app.db, post.authorId);
    if (afterReaderId === null) await publishPost(app, post);
    const reached = await entries.insertForFollowers(app.db, post, afterReaderId, FAN_OUT_BATCH);
    const last = reached.at(-1);
    if (last !== undefined && reached.length === FAN_OUT_BATCH) {
      const dedupKey = `feed.fanOut ${postId} ${last}`;
      await enqueue(app, 'feed.fanOut', { postId, afterReaderId: last }, { dedupKey });
    }
    return reached;
  });
  // In a separate transaction: a reader whose entries are being rebuilt waits for the entries above, and may hold locks that
  // this needs.
  await trim(app, readerIds.filter(isTrimmed(app)));
}

/** Random, because trimming rarely is enough: the entries of a reader exceed the limit by about a tenth. */
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

/** Builds the entries of a reader about whom nothing is known: a new one, or one whose rows were deleted from outside. */
export const rebuild = (app: App, readerId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    if ((await entries.holdReader(app.db, readerId)) !== 'infinity') return;
    const made = Math.ceil(app.settings.feedEntriesKept / 5);
    const newest = await findThroughGraph(app.db, readerId, null, 'infinity', made + 1);
    await entries.insertEntries(app.db, readerId, newest.slice(0, made));
    await entries.setCompleteAfter(app.db, readerId, newest[made]?.at ?? null);
  });
