import { type App, inTransaction } from '../../core/app.ts';
import { holdAuthor, shareAuthor } from '../../core/locks.ts';
import * as queries from './departureQueries.ts';
import { endFollows } from './follows.ts';

const FOLLOWS_AT_ONCE = 100;
const OTHERS_AT_ONCE = 1000;

/**
 * Removes a batch of the ties between a deleted user and everybody else; false when there are more. Takes no locks of pairs, which are
 * too many: the author's lock keeps new followers away, and the next call finds what slips by in the other direction.
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
