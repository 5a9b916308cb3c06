import { and, type SQL, sql } from 'drizzle-orm';
import { avatars, media, postMedia, posts, stories, users } from '../schema/index.ts';
import { isMarked } from './marks.ts';
import {
  activeAccount,
  activeStory,
  bannedUser,
  publishedPost,
  type ViewerId,
  visiblePost,
  visibleStory,
  visibleUser,
} from './visibility.ts';

/** The part of the visibility rule about photographs: who may see one follows from where it is used. */

/** Somebody other than the owner could see the photo where it is used. */
const isShowable = sql`${media.status} = 'completed' and not ${isMarked()}`;

/**
 * The viewer may see the photo: it is their own; or it is completed, not marked by a takedown, and in a post or story that they may
 * see, or the avatar of a user who exists for them.
 */
export function visibleMedia(viewerId: ViewerId | null): SQL {
  const shown = sql`(${isShowable} and (${inPost(visiblePost(viewerId))} or ${inStory(visibleStory(viewerId))} or ${isAvatarOf(visibleUser(viewerId))}))`;
  return viewerId === null ? shown : sql`(${media.ownerId} = ${viewerId} or ${shown})`;
}

/**
 * The photo may be sent to the holder of a URL that names this viewer. Deleted users may see nothing, and banned ones their own photos,
 * which are in their export.
 */
export function readableMedia(viewerId: ViewerId | null): SQL {
  if (viewerId === null) return visibleMedia(null);
  const reader = sql`exists (select from ${users} where ${users.id} = ${viewerId} and ${activeAccount()} and (${media.ownerId} = ${viewerId} or not ${bannedUser()}))`;
  return sql`(${reader} and ${visibleMedia(viewerId)})`;
}

/** Anybody may see the photo while its post or avatar stays visible. Stories do not count: no write marks their end, to move variants. */
export const publicMedia = (): SQL =>
  sql`(${isShowable} and (${inPost(visiblePost(null))} or ${isAvatarOf(visibleUser(null))}))`;

/** Somebody other than the owner may see the photo. */
export function publishedMedia(): SQL {
  const post = and(visibleUser(null), publishedPost)!;
  const story = and(visibleUser(null), activeStory)!;
  return sql`(${isShowable} and (${inPost(post)} or ${inStory(story)} or ${isAvatarOf(visibleUser(null))}))`;
}

const inPost = (rule: SQL): SQL =>
  sql`exists (select from ${postMedia} join ${posts} on ${posts.id} = ${postMedia.postId} join ${users} on ${users.id} = ${posts.authorId} where ${postMedia.mediaId} = ${media.id} and ${rule})`;

const inStory = (rule: SQL): SQL =>
  sql`exists (select from ${stories} join ${users} on ${users.id} = ${stories.authorId} where ${stories.mediaId} = ${media.id} and ${rule})`;

const isAvatarOf = (rule: SQL): SQL =>
  sql`exists (select from ${avatars} join ${users} on ${users.id} = ${avatars.userId} where ${avatars.mediaId} = ${media.id} and ${rule})`;
