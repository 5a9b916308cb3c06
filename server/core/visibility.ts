import { and, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm';
import {
  avatars,
  blocks,
  closeFriends,
  comments,
  followRequests,
  follows,
  highlightStories,
  media,
  mutes,
  notifications,
  postMedia,
  posts,
  stories,
  users,
} from '../schema/index.ts';

/**
 * The one rule of who may see what, as SQL predicates over `users` (the author or owner) and the thing's own table. Hydration
 * filters by it, counts count by it, guards ask it. Null is nobody.
 */

/** Or what stands for it in a statement that is kept. */
export type ViewerId = string | Placeholder;

/** The person exists for the viewer: not deleted, not banned but for themselves, no block either way. */
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

/** The account is there for its owner: they may sign in, though while they are banned for little. */
export const standingAccount = (): SQL => isNull(users.deletedAt);

/** The person is banned now. */
export const bannedUser = (): SQL => sql`coalesce(${users.bannedUntil} > now(), false)`;

/** What a private account keeps for approved followers: its lists and counts of people, and all that it publishes. */
export function openAccount(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`not ${users.isPrivate}`;
  return sql`(not ${users.isPrivate} or ${users.id} = ${viewerId} or ${isFollowing(viewerId)})`;
}

/** The person may be suggested to the viewer: wants to be found, is not muted, and there is nothing between the two yet. */
export const suggestible = (viewerId: ViewerId): SQL =>
  and(
    visibleUser(viewerId),
    sql`${users.discoverable} and ${users.id} <> ${viewerId} and not ${isFollowing(viewerId)} and not ${mutedBy(viewerId)}`,
    sql`not exists (select from ${followRequests} where ${followRequests.requesterId} = ${viewerId} and ${followRequests.targetId} = ${users.id})`,
  )!;

/** The person can be searched for: who does not want to be found, by their handle in lower case alone. */
export const findableUser = (viewerId: ViewerId, wanted: SQL): SQL =>
  and(visibleUser(viewerId), sql`(${users.discoverable} or lower(${users.handle}) = ${wanted})`)!;

const publishedPost = sql`${posts.deletedAt} is null and ${posts.takenDownAt} is null and ${posts.publishedAt} is not null`;

/** The post, joined with its author as `users`. */
export function visiblePost(viewerId: ViewerId | null): SQL {
  const audience = sql`(${posts.visibility} = 'public' and not ${users.isPrivate})`;
  if (viewerId === null) return and(visibleUser(null), publishedPost, audience)!;
  const own = sql`(${posts.authorId} = ${viewerId} and ${posts.deletedAt} is null)`;
  return and(
    visibleUser(viewerId),
    sql`(${own} or (${publishedPost} and (${audience} or ${isFollowing(viewerId)})))`,
  )!;
}

/** The post is in the viewer's home feed, joined with its author as `users`; nobody has one. */
export function homePost(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`false`;
  return and(
    visiblePost(viewerId),
    sql`(${users.id} = ${viewerId} or ${isFollowing(viewerId)})`,
    sql`not ${mutedBy(viewerId)}`,
  )!;
}

/** Some might find it when they explore; as the index on the score has it. */
export const exploredPost = (): SQL => sql`(${posts.visibility} = 'public' and ${publishedPost})`;

/** The viewer finds the post when they explore, joined with its author as `users`: of people whom they do not know yet. */
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
 * The comment that was not taken down, or is own; deleted ones too. Joined with its author as `users`. Nobody sees one across a block with
 * the author of the post, who could neither see nor delete it.
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

/** The comment, joined with its author as `users`, under a post that the viewer may see: callers have asked that before. */
export const visibleComment = (viewerId: ViewerId | null): SQL =>
  and(shownComment(viewerId), isNull(comments.deletedAt))!;

/** The comment of this id answers none, or one that the viewer may see: with that its replies are hidden. */
export function visibleAbove(viewerId: ViewerId | null, commentId: SQL): SQL {
  const parentId = sql`(select ${comments.parentId} from ${comments} where ${comments.id} = ${commentId})`;
  return sql`(${parentId} is null or exists (select from ${comments} join ${users} on ${users.id} = ${comments.authorId} where ${comments.id} = ${parentId} and ${visibleComment(viewerId)}))`;
}

const publishedStory = sql`${stories.deletedAt} is null and ${stories.takenDownAt} is null and ${stories.publishedAt} is not null`;

const isUnexpired = sql`${stories.expiresAt} > now()`;

/** No `exists`, for the reason told at `isFollowing`. */
const isHighlighted = sql`coalesce((select true from ${highlightStories} where ${highlightStories.storyId} = ${stories.id} limit 1), false)`;

const standingStory = sql`${publishedStory} and (${isUnexpired} or ${isHighlighted})`;

/** The author chose the viewer to see the story; joined with its author as `users`. */
function isChosenFor(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return sql`(${stories.visibility} = 'public' and not ${users.isPrivate})`;
  return sql`case ${stories.visibility}
    when 'public' then not ${users.isPrivate} or ${isFollowing(viewerId)}
    when 'friends' then ${isFollowing(viewerId)} and ${isFollowedBy(viewerId)}
    else ${isCloseFriend(viewerId)} and (not ${users.isPrivate} or ${isFollowing(viewerId)}) end`;
}

/** The story within its day or inside a highlight, joined with its author as `users`. */
export function visibleStory(viewerId: ViewerId | null): SQL {
  const shown = sql`${standingStory} and ${isChosenFor(viewerId)}`;
  if (viewerId === null) return and(visibleUser(null), shown)!;
  const own = sql`(${stories.authorId} = ${viewerId} and ${stories.deletedAt} is null)`;
  return and(visibleUser(viewerId), sql`(${own} or (${shown}))`)!;
}

/** The story is within its day, for lists of the moment. */
export const liveStory = (viewerId: ViewerId | null): SQL => and(visibleStory(viewerId), isUnexpired)!;

/** The story belongs into the viewer's story feed, joined with its author as `users`. */
export const homeStory = (viewerId: ViewerId): SQL => and(liveStory(viewerId), homeAuthor(viewerId))!;

/**
 * The story belonged there at that time, for all that has happened to itself since: what orders the story feed all along a walk. Never
 * what decides whether it is shown.
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
 * The person may be told: whoever did it exists for them and is not muted, and they may see what it is about. Nobody is told across a
 * block, or of what has been hidden since.
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
    isNull(notifications.retractedAt),
    actor,
    isOfSubject(aboutPost, seenPost(subject)),
    isOfSubject(aboutComment, seenComment(subject)),
    isOfSubject(fromComment, seenComment(source)),
    isOfSubject('{mentioned}', sql`(${source} = ${subject} or ${seenComment(source)})`),
    isOfSubject('{storyReaction}', ownStory),
  )!;
}

/**
 * The photograph: in a post or a story that the viewer may see, or somebody's avatar, or own. Others see it only when it is
 * completed.
 */
export function visibleMedia(viewerId: ViewerId | null): SQL {
  const shown = sql`(${media.status} = 'completed' and (${inPost(visiblePost(viewerId))} or ${inStory(visibleStory(viewerId))} or ${isAvatarOf(visibleUser(viewerId))}))`;
  return viewerId === null ? shown : sql`(${media.ownerId} = ${viewerId} or ${shown})`;
}

/** Anybody may see the photograph, and for as long as it stands where it does; a story's day ends without a word. */
export const publicMedia = (): SQL =>
  sql`(${media.status} = 'completed' and (${inPost(visiblePost(null))} or ${isAvatarOf(visibleUser(null))}))`;

/** Somebody besides its owner may see the photograph. */
export function publishedMedia(): SQL {
  const post = and(visibleUser(null), publishedPost)!;
  const story = and(visibleUser(null), standingStory)!;
  return sql`(${media.status} = 'completed' and (${inPost(post)} or ${inStory(story)} or ${isAvatarOf(visibleUser(null))}))`;
}

const inPost = (rule: SQL): SQL =>
  sql`exists (select from ${postMedia} join ${posts} on ${posts.id} = ${postMedia.postId} join ${users} on ${users.id} = ${posts.authorId} where ${postMedia.mediaId} = ${media.id} and ${rule})`;

const inStory = (rule: SQL): SQL =>
  sql`exists (select from ${stories} join ${users} on ${users.id} = ${stories.authorId} where ${stories.mediaId} = ${media.id} and ${rule})`;

const isAvatarOf = (rule: SQL): SQL =>
  sql`exists (select from ${avatars} join ${users} on ${users.id} = ${avatars.userId} where ${avatars.mediaId} = ${media.id} and ${rule})`;

/** The viewer asked not to see this person in their feeds. */
export const mutedBy = (viewerId: ViewerId): SQL =>
  sql`exists (select from ${mutes} where ${mutes.muterId} = ${viewerId} and ${mutes.mutedId} = ${users.id} and (${mutes.expiresAt} is null or ${mutes.expiresAt} > now()))`;

/** A scalar subquery, because the planner may make a hash of all whom the viewer follows from an `exists` under an `or`. */
export const isFollowing = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${follows} where ${follows.followerId} = ${viewerId} and ${follows.followeeId} = ${users.id}), false)`;

const isFollowedBy = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${follows} where ${follows.followerId} = ${users.id} and ${follows.followeeId} = ${viewerId}), false)`;

/** The viewer is among the close friends of this person. */
const isCloseFriend = (viewerId: ViewerId): SQL =>
  sql`coalesce((select true from ${closeFriends} where ${closeFriends.ownerId} = ${users.id} and ${closeFriends.friendId} = ${viewerId}), false)`;
