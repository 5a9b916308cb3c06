import { and, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm';
import {
  blocks,
  closeFriends,
  comments,
  followRequests,
  follows,
  highlightStories,
  mutes,
  notifications,
  posts,
  stories,
  users,
} from '../schema/index.ts';
import { currentNotification } from './failedPhotos.ts';
import { hasMarkedPhoto, hasUnmarkedPhoto } from './marks.ts';

/**
 * The only place that decides who may see what: SQL predicates over the subject's table and its author or owner, joined as `users`.
 * Lists filter with them, counts count with them, guards check them. A viewer of null is somebody who is not signed in.
 */

/** A user id, or its placeholder in a prepared statement. */
export type ViewerId = string | Placeholder;

/** The user exists for the viewer: not deleted, not banned (banned users still see themselves), and no block in either direction. */
export function visibleUser(viewerId: ViewerId | null): SQL {
  const unbanned = sql`${users.bannedUntil} is null or ${users.bannedUntil} <= now()`;
  if (viewerId === null) return and(isNull(users.deletedAt), sql`(${unbanned})`)!;
  return and(
    isNull(users.deletedAt),
    sql`(${unbanned} or ${users.id} = ${viewerId})`,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${viewerId} and ${blocks.blockedId} = ${users.id})`,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${users.id} and ${blocks.blockedId} = ${viewerId})`,
  )!;
}

/** The account exists for its owner, who may sign in. A banned owner may do little more than that. */
export const activeAccount = (): SQL => isNull(users.deletedAt);

export const bannedUser = (): SQL => sql`coalesce(${users.bannedUntil} > now(), false)`;

/** The viewer may see what a private account shows only to approved followers: its lists and counts of users, and everything it publishes. */
export function openAccount(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`not ${users.isPrivate}`;
  return sql`(not ${users.isPrivate} or ${users.id} = ${viewerId} or ${isFollowing(viewerId)})`;
}

/** The user may be suggested to the viewer: they are discoverable and not muted, and the viewer neither follows them nor has asked to. */
export const suggestible = (viewerId: ViewerId): SQL =>
  and(
    visibleUser(viewerId),
    sql`${users.discoverable} and ${users.id} <> ${viewerId} and not ${isFollowing(viewerId)} and not ${mutedBy(viewerId)}`,
    sql`not exists (select from ${followRequests} where ${followRequests.requesterId} = ${viewerId} and ${followRequests.targetId} = ${users.id})`,
  )!;

/** Search may find the user. Users who are not discoverable are found only by their exact handle (`wanted`, in lower case). */
export const findableUser = (viewerId: ViewerId, wanted: SQL): SQL =>
  and(visibleUser(viewerId), sql`(${users.discoverable} or lower(${users.handle}) = ${wanted})`)!;

export const publishedPost = sql`${posts.deletedAt} is null and ${posts.takenDownAt} is null and ${posts.publishedAt} is not null`;

/** The viewer may see the post. Authors see their own drafts and taken-down posts too. A post without unmarked photographs is hidden. */
export function visiblePost(viewerId: ViewerId | null): SQL {
  const audience = sql`(${posts.visibility} = 'public' and not ${users.isPrivate})`;
  if (viewerId === null) return and(visibleUser(null), publishedPost, audience, hasUnmarkedPhoto())!;
  const own = sql`(${posts.authorId} = ${viewerId} and ${posts.deletedAt} is null)`;
  return and(
    visibleUser(viewerId),
    sql`(${own} or (${publishedPost} and (${audience} or ${isFollowing(viewerId)}) and ${hasUnmarkedPhoto()}))`,
  )!;
}

/** The post belongs in the viewer's home feed. Without a signed-in viewer there is no home feed. */
export function homePost(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`false`;
  return and(
    visiblePost(viewerId),
    sql`(${users.id} = ${viewerId} or ${isFollowing(viewerId)})`,
    sql`not ${mutedBy(viewerId)}`,
  )!;
}

/** The post could appear in anybody's explore feed. Must match the condition of the partial index on the score. */
export const exploredPost = (): SQL => sql`(${posts.visibility} = 'public' and ${publishedPost})`;

/** The post belongs in the viewer's explore feed: public, by a discoverable author whom the viewer does not follow or mute. */
export function explorePost(viewerId: ViewerId | null): SQL {
  const open = and(
    visiblePost(viewerId),
    exploredPost(),
    sql`not ${users.isPrivate} and ${users.discoverable}`,
  )!;
  if (viewerId === null) return open;
  return sql`(${open} and ${users.id} <> ${viewerId} and not ${isFollowing(viewerId)} and not ${mutedBy(viewerId)})`;
}

/**
 * The comment is not taken down, or is the viewer's own; it may be deleted. Nobody sees a comment while its author and the post's author
 * have a block between them, because the post's author could then neither see nor delete it.
 */
export function shownComment(viewerId: ViewerId | null): SQL {
  const shown = sql`${comments.takenDownAt} is null`;
  const own = viewerId === null ? shown : sql`(${comments.authorId} = ${viewerId} or ${shown})`;
  const host = sql`(select ${posts.authorId} from ${posts} where ${posts.id} = ${comments.postId})`;
  return and(
    visibleUser(viewerId),
    own,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${comments.authorId} and ${blocks.blockedId} = ${host})`,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${host} and ${blocks.blockedId} = ${comments.authorId})`,
  )!;
}

/** The viewer may see the comment, given that they may see its post: callers check the post first. */
export const visibleComment = (viewerId: ViewerId | null): SQL =>
  and(shownComment(viewerId), isNull(comments.deletedAt))!;

/** The comment with this id is not a reply, or the viewer may see the comment above it: hiding a comment hides its replies. */
export function visibleAbove(viewerId: ViewerId | null, commentId: SQL): SQL {
  const parentId = sql`(select ${comments.parentId} from ${comments} where ${comments.id} = ${commentId})`;
  return sql`(${parentId} is null or exists (select from ${comments} join ${users} on ${users.id} = ${comments.authorId} where ${comments.id} = ${parentId} and ${visibleComment(viewerId)}))`;
}

const publishedStory = sql`${stories.deletedAt} is null and ${stories.takenDownAt} is null and ${stories.publishedAt} is not null`;

const isUnexpired = sql`${stories.expiresAt} > now()`;

/** A scalar subquery instead of `exists`, for the reason given at `isFollowing`. */
const isHighlighted = sql`coalesce((select true from ${highlightStories} where ${highlightStories.storyId} = ${stories.id} limit 1), false)`;

export const activeStory = sql`${publishedStory} and (${isUnexpired} or ${isHighlighted})`;

/** The viewer is in the audience that the author chose for the story. */
function isChosenFor(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`(${stories.visibility} = 'public' and not ${users.isPrivate})`;
  return sql`case ${stories.visibility}
    when 'public' then not ${users.isPrivate} or ${isFollowing(viewerId)}
    when 'friends' then ${isFollowing(viewerId)} and ${isFollowedBy(viewerId)}
    else ${isCloseFriend(viewerId)} and (not ${users.isPrivate} or ${isFollowing(viewerId)}) end`;
}

/** The viewer is in the audience of an active story (unexpired, or in a highlight). Authors see all their stories until they delete them. */
export function visibleStory(viewerId: ViewerId | null): SQL {
  const shown = sql`${activeStory} and ${isChosenFor(viewerId)} and not ${hasMarkedPhoto()}`;
  if (viewerId === null) return and(visibleUser(null), shown)!;
  const own = sql`(${stories.authorId} = ${viewerId} and ${stories.deletedAt} is null)`;
  return and(visibleUser(viewerId), sql`(${own} or (${shown}))`)!;
}

/** The viewer may see the story and it has not expired, for lists of current stories. */
export const liveStory = (viewerId: ViewerId | null): SQL => and(visibleStory(viewerId), isUnexpired)!;

/** The story belongs in the viewer's story feed. */
export const homeStory = (viewerId: ViewerId): SQL => and(liveStory(viewerId), homeAuthor(viewerId))!;

/**
 * The story belonged in the viewer's story feed at that time, whatever happened to it since. It only keeps the order of the story feed
 * stable while pages are read; `homeStory` decides what is shown.
 */
export const homeStoryAt = (viewerId: ViewerId, at: SQL): SQL =>
  and(
    visibleUser(viewerId),
    homeAuthor(viewerId),
    sql`${stories.expiresAt} > ${at} and coalesce(least(${stories.deletedAt}, ${stories.takenDownAt}) > ${at}, true)`,
    sql`(${stories.authorId} = ${viewerId} or (${stories.publishedAt} <= ${at} and ${isChosenFor(viewerId)}))`,
  )!;

const homeAuthor = (viewerId: ViewerId): SQL =>
  sql`(${users.id} = ${viewerId} or ${isFollowing(viewerId)}) and not ${mutedBy(viewerId)}`;

const isOfSubject = (kinds: string, rule: SQL) =>
  sql`(${notifications.kind} <> all (${kinds}::text[]) or ${rule})`;

const aboutPost = '{postLiked,postCommented,mentioned}';
const aboutComment = '{commentReplied,commentLiked}';
const fromComment = '{postCommented,commentReplied}';

/**
 * The recipient may see the notification: they can see the actor and have not muted them, and they may see its subject. So neither a
 * block nor content hidden since then leaks through a notification.
 */
export function visibleNotification(recipientId: string): SQL {
  const actor = sql`(${notifications.actorId} is null or exists (select from ${users} where ${users.id} = ${notifications.actorId} and ${visibleUser(recipientId)} and not ${mutedBy(recipientId)}))`;
  const seenPost = (id: SQL) =>
    sql`exists (select from ${posts} join ${users} on ${users.id} = ${posts.authorId} where ${posts.id} = ${id} and ${visiblePost(recipientId)})`;
  const seenComment = (id: SQL) =>
    sql`(exists (select from ${comments} join ${users} on ${users.id} = ${comments.authorId} where ${comments.id} = ${id} and ${visibleComment(recipientId)} and ${seenPost(sql`${comments.postId}`)}) and ${visibleAbove(recipientId, id)})`;
  const ownStory = sql`exists (select from ${stories} join ${users} on ${users.id} = ${stories.authorId} where ${stories.id} = ${notifications.subjectId} and ${visibleStory(recipientId)})`;
  const subject = sql`${notifications.subjectId}`;
  const source = sql`${notifications.sourceId}`;
  return and(
    currentNotification(),
    actor,
    isOfSubject(aboutPost, seenPost(subject)),
    isOfSubject(aboutComment, seenComment(subject)),
    isOfSubject(fromComment, seenComment(source)),
    isOfSubject('{mentioned}', sql`(${source} = ${subject} or ${seenComment(source)})`),
    isOfSubject('{storyReaction}', ownStory),
  )!;
}

/** The viewer has muted the user, so their content stays out of the viewer's feeds. */
export const mutedBy = (viewerId: ViewerId): SQL =>
  sql`exists (select from ${mutes} where ${mutes.muterId} = ${viewerId} and ${mutes.mutedId} = ${users.id} and (${mutes.expiresAt} is null or ${mutes.expiresAt} > now()))`;

/** A scalar subquery instead of `exists`: under an `or`, the planner may turn `exists` into a hash of everybody the viewer follows. */
export const isFollowing = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${follows} where ${follows.followerId} = ${viewerId} and ${follows.followeeId} = ${users.id}), false)`;

const isFollowedBy = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${follows} where ${follows.followerId} = ${users.id} and ${follows.followeeId} = ${viewerId}), false)`;

/** The viewer is one of the user's close friends. */
const isCloseFriend = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${closeFriends} where ${closeFriends.ownerId} = ${users.id} and ${closeFriends.friendId} = ${viewerId}), false)`;
