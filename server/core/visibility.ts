import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { avatars, blocks, follows, media, mutes, postMedia, posts, users } from '../schema/index.ts';

/**
 * The one rule of who may see what, as SQL predicates over `users` (the author or owner) and the thing's own table. Hydration
 * filters by it, counts count by it, guards ask it. Null is nobody.
 */

/** The person exists for the viewer: not deleted, not banned, no block either way. */
export function visibleUser(viewerId: string | null): SQL {
  const active = and(
    isNull(users.deletedAt),
    sql`(${users.bannedUntil} is null or ${users.bannedUntil} <= now())`,
  )!;
  if (viewerId === null) return active;
  return and(
    active,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${viewerId} and ${blocks.blockedId} = ${users.id})`,
    sql`not exists (select from ${blocks} where ${blocks.blockerId} = ${users.id} and ${blocks.blockedId} = ${viewerId})`,
  )!;
}

/** What a private account keeps for approved followers: its lists and counts of people, and all that it publishes. */
export function openAccount(viewerId: string | null): SQL {
  if (viewerId === null) return sql`not ${users.isPrivate}`;
  return sql`(not ${users.isPrivate} or ${users.id} = ${viewerId} or ${isFollowing(viewerId)})`;
}

const publishedPost = sql`${posts.deletedAt} is null and ${posts.takenDownAt} is null and ${posts.publishedAt} is not null`;

/** The post, joined with its author as `users`. */
export function visiblePost(viewerId: string | null): SQL {
  const audience = sql`(${posts.visibility} = 'public' and not ${users.isPrivate})`;
  if (viewerId === null) return and(visibleUser(null), publishedPost, audience)!;
  const own = sql`(${posts.authorId} = ${viewerId} and ${posts.deletedAt} is null)`;
  return and(
    visibleUser(viewerId),
    sql`(${own} or (${publishedPost} and (${audience} or ${isFollowing(viewerId)})))`,
  )!;
}

/** The post is in the viewer's home feed, joined with its author as `users`. */
export const homePost = (viewerId: string): SQL =>
  and(
    visiblePost(viewerId),
    sql`(${users.id} = ${viewerId} or ${isFollowing(viewerId)})`,
    sql`not ${mutedBy(viewerId)}`,
  )!;

/** The photograph: in a post that the viewer may see, or somebody's avatar, or own. Others see it only when it is completed. */
export function visibleMedia(viewerId: string | null): SQL {
  const shown = sql`(${media.status} = 'completed' and (${inPost(visiblePost(viewerId))} or ${isAvatarOf(visibleUser(viewerId))}))`;
  return viewerId === null ? shown : sql`(${media.ownerId} = ${viewerId} or ${shown})`;
}

/** Somebody besides its owner may see the photograph. */
export function publishedMedia(): SQL {
  const published = and(visibleUser(null), publishedPost)!;
  return sql`(${media.status} = 'completed' and (${inPost(published)} or ${isAvatarOf(visibleUser(null))}))`;
}

const inPost = (rule: SQL): SQL =>
  sql`exists (select from ${postMedia} join ${posts} on ${posts.id} = ${postMedia.postId} join ${users} on ${users.id} = ${posts.authorId} where ${postMedia.mediaId} = ${media.id} and ${rule})`;

const isAvatarOf = (rule: SQL): SQL =>
  sql`exists (select from ${avatars} join ${users} on ${users.id} = ${avatars.userId} where ${avatars.mediaId} = ${media.id} and ${rule})`;

/** The viewer asked not to see this person in their feeds. */
export const mutedBy = (viewerId: string): SQL =>
  sql`exists (select from ${mutes} where ${mutes.muterId} = ${viewerId} and ${mutes.mutedId} = ${users.id} and (${mutes.expiresAt} is null or ${mutes.expiresAt} > now()))`;

/** A scalar subquery, because the planner may make a hash of all whom the viewer follows from an `exists` under an `or`. */
export const isFollowing = (viewerId: string): SQL =>
  sql`coalesce((select true from ${follows} where ${follows.followerId} = ${viewerId} and ${follows.followeeId} = ${users.id}), false)`;
