import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import {
  eraseDeletedComments,
  eraseLikesOf,
  removeCommentsUnder,
  removeEngagementOf,
} from '../engagement/service.ts';
import { forgetReader } from '../feed/service.ts';
import { forgetInvites } from '../invites/service.ts';
import { eraseMediaOf } from '../media/service.ts';
import { forgetActor } from '../notifications/service.ts';
import { deletePostsOf, erasePosts } from '../posts/service.ts';
import { endTies } from '../social/service.ts';
import { eraseStoriesOf, removeStoryActsOf } from '../stories/service.ts';
import { eraseUser, findDeletedUser, removeAvatar } from '../users/service.ts';
import { isWaiting } from './queries.ts';

/** How long deleted data is kept before it is purged. */
const KEPT_MS = 30 * 86_400_000;

const longAgo = () => new Date(Date.now() - KEPT_MS);

const clearPosts = async (app: App, postIds: string[]): Promise<number> =>
  (await eraseLikesOf(app, postIds)) || removeCommentsUnder(app, postIds);

/** Each step purges a batch of the user's data and returns how many rows it took; 0 when none of its kind are left. */
const steps: ((app: App, userId: string) => Promise<number>)[] = [
  async (app, userId) => ((await endTies(app, userId)) ? 0 : 1),
  async (app, userId) => ((await removeEngagementOf(app, userId)) ? 0 : 1),
  removeStoryActsOf,
  eraseStoriesOf,
  (app, userId) => deletePostsOf(app, asAuthor(userId)),
  (app, authorId) => erasePosts(app, { authorId }, clearPosts),
  forgetActor,
  removeAvatar,
  eraseMediaOf,
];

/**
 * Runs one purge step for a user deleted 30 days ago. Returns how much it took; 0 when there is no such user, or jobs
 * have to run first.
 */
export async function eraseAccounts(app: App): Promise<number> {
  const userId = await findDeletedUser(app, longAgo());
  if (userId === null) return 0;
  for (const step of steps) {
    const taken = await step(app, userId);
    if (taken > 0) return taken;
  }
  // These jobs still read the comments, which are purged with the user.
  if (await isWaiting(app.db, 'engagement.settleReplies')) return 0;
  await inTransaction(app, async (app) => {
    await forgetReader(app, userId);
    await forgetInvites(app, userId);
    await eraseUser(app, userId);
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

export const eraseOldPosts = (app: App): Promise<number> =>
  erasePosts(app, { deletedBefore: longAgo() }, clearPosts);

export const eraseOldComments = (app: App): Promise<number> => eraseDeletedComments(app, longAgo());
