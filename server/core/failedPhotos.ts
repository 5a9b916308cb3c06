import { type SQL, sql } from 'drizzle-orm';
import { media, notifications, postMedia, posts, stories } from '../schema/index.ts';

/**
 * A notification of a failed photo is stored as retracted at the end of time: the previous release does not know its kind, and leaves
 * out what is retracted.
 */
export const WITHHELD = sql`'infinity'::timestamptz`;

/** The post of the owner that shows the photo `media`, the newest of several; null when none does. */
export const postOfPhoto = (): SQL<string | null> =>
  sql`(select ${posts.id} from ${postMedia} join ${posts} on ${posts.id} = ${postMedia.postId} where ${postMedia.mediaId} = ${media.id} and ${posts.deletedAt} is null order by ${posts.id} desc limit 1)`;

/** The same for stories. */
export const storyOfPhoto = (): SQL<string | null> =>
  sql`(select ${stories.id} from ${stories} where ${stories.mediaId} = ${media.id} and ${stories.deletedAt} is null order by ${stories.id} desc limit 1)`;

/** It was not retracted. One of a failed photo lasts until a post or story no longer waits for the photo. */
export const currentNotification = (): SQL => {
  const isFailed = sql`exists (select from ${media} where ${media.id} = ${notifications.subjectId} and ${media.ownerId} = ${notifications.recipientId} and ${media.status} = 'failed' and coalesce(${postOfPhoto()}, ${storyOfPhoto()}) is not null)`;
  return sql`(${notifications.retractedAt} is null or (${notifications.kind} = 'photographFailed' and ${notifications.retractedAt} = ${WITHHELD} and ${isFailed}))`;
};
