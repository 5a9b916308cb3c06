import { type App, inTransaction } from '../../core/app.ts';
import { holdAuthor, shareAuthor } from '../../core/locks.ts';
import * as queries from './departureQueries.ts';
import { endFollows } from './follows.ts';

const FOLLOWS_AT_ONCE = 100;
const OTHERS_AT_ONCE = 1000;

/**
 * Ends what is between a person who leaves and everybody else, a part of it; false when there is more. Without the locks of the
 * pairs, which are too many: the author's own keeps new followers away, and what slips by in the other direction is found by
 * whoever calls this again.
 */
export const endTies = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const pairs = await queries.findFollowsAround(app.db, userId, FOLLOWS_AT_ONCE);
    const authorIds = new Set([userId, ...pairs.map(({ followeeId }) => followeeId)]);
    for (const authorId of [...authorIds].sort())
      await (authorId === userId ? holdAuthor : shareAuthor)(app.db, authorId);
    await endFollows(app, pairs);
    const others = await queries.deleteTiesAround(app.db, userId, OTHERS_AT_ONCE);
    return pairs.length < FOLLOWS_AT_ONCE && others < OTHERS_AT_ONCE;
  });
