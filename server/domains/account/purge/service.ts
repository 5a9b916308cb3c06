import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import {
  purgeDeletedComments,
  purgeLikesOf,
  retractCommentsUnder,
  retractEngagementOf,
} from '../../engagement/public.ts';
import { purgeFeedOf } from '../../feed/public.ts';
import { purgeInvitesOf } from '../../invites/public.ts';
import { purgeMediaOf } from '../../media/public.ts';
import { purgeNotificationsBy } from '../../notifications/public.ts';
import { deletePostsOf, purgePosts } from '../../posts/public.ts';
import { removeTies } from '../../social/public.ts';
import { purgeStoriesOf, retractStoryInteractionsOf } from '../../stories/public.ts';
import { findDeletedUser, purgeUser, removeAvatar } from '../../users/public.ts';
import { isWaiting } from './queries.ts';

/** How long deleted data is kept before it is purged. */
const KEPT_MS = 30 * 86_400_000;

const longAgo = () => new Date(Date.now() - KEPT_MS);

const clearPosts = async (app: App, postIds: string[]): Promise<number> =>
  (await purgeLikesOf(app, postIds)) || retractCommentsUnder(app, postIds);

/** Each step purges a batch of the user's data and returns how many rows it took; 0 when none of its kind are left. */
const steps: ((app: App, userId: string) => Promise<number>)[] = [
  async (app, userId) => ((await removeTies(app, userId)) ? 0 : 1),
  async (app, userId) => ((await retractEngagementOf(app, userId)) ? 0 : 1),
  retractStoryInteractionsOf,
  purgeStoriesOf,
  (app, userId) => deletePostsOf(app, asAuthor(userId)),
  (app, authorId) => purgePosts(app, { authorId }, clearPosts),
  purgeNotificationsBy,
  removeAvatar,
  purgeMediaOf,
];

/**
 * Runs one purge step for a user deleted 30 days ago. Returns how much it took; 0 when there is no such user, or jobs
 * have to run first.
 */
export async function purgeAccounts(app: App): Promise<number> {
  const userId = await findDeletedUser(app, longAgo());
  if (userId === null) return 0;
  for (const step of steps) {
    const taken = await step(app, userId);
    if (taken > 0) return taken;
  }
  // These jobs still read the comments, which are purged with the user.
  if (await isWaiting(app.db, 'engagement.settleReplies')) return 0;
  await inTransaction(app, async (app) => {
    await purgeFeedOf(app, userId);
    await purgeInvitesOf(app, userId);
    await purgeUser(app, userId);
  });
  return 1;
}

const asAuthor = (id: string): Viewer => ({
  id,
  handle: '',
  trustLevel: 0,
  isPrivate: false,
  sessionId: null,
});

export const purgeOldPosts = (app: App): Promise<number> =>
  purgePosts(app, { deletedBefore: longAgo() }, clearPosts);

export const purgeOldComments = (app: App): Promise<number> => purgeDeletedComments(app, longAgo());
