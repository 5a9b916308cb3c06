import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { actions, media, postMedia, posts, stories, takedownMarks, users } from '../schema/index.ts';
import type { ViewerId } from './visibility.ts';

/**
 * What takedowns mark, as conditions for the visibility rule. Read from the marks each time, by the content of the photograph, so a
 * copy that is made later is marked too. Scalar subqueries, for the reason given at `isFollowing`.
 */

/** The table `media`, or an alias of it. */
interface Photo {
  id: AnyPgColumn;
  ownerId: AnyPgColumn;
  uploadSha256: AnyPgColumn;
  originalSha256: AnyPgColumn;
}

/** What identifies the content of a photograph; hashes that are not known yet are null, which equals nothing. */
export const contentsOf = ({ id, uploadSha256, originalSha256 }: Photo): SQL =>
  sql`array[${id}::text, ${uploadSha256}, ${originalSha256}]`;

/** The takedown of the mark is in force. Releases that know no marks undo a takedown without deleting its marks. */
export const isInForce = (): SQL =>
  sql`not exists (select from ${actions} where ${actions.id} = ${takedownMarks.actionId} and ${actions.undoneAt} is not null)`;

/** The mark is about the photograph: for its owner, or for everybody. */
export const marksPhoto = (photo: Photo): SQL =>
  sql`${takedownMarks.content} = any (${contentsOf(photo)}) and (${takedownMarks.ownerId} is null or ${takedownMarks.ownerId} = ${photo.ownerId}) and ${isInForce()}`;

/** A takedown in force names the photograph. */
export const isMarked = (photo: Photo = media): SQL =>
  sql`coalesce((select true from ${takedownMarks} where ${marksPhoto(photo)} limit 1), false)`;

/** The post has a photograph that no takedown names. */
export const hasUnmarkedPhoto = (): SQL =>
  sql`coalesce((select true from ${postMedia} join ${media} on ${media.id} = ${postMedia.mediaId} where ${postMedia.postId} = ${posts.id} and not ${isMarked()} limit 1), false)`;

/** A takedown names the photograph of the story. */
export const hasMarkedPhoto = (): SQL =>
  sql`coalesce((select true from ${media} where ${media.id} = ${stories.mediaId} and ${isMarked()}), false)`;

/** The viewer may see the photo `media` among those of the post `posts`, which they may see: authors see all of theirs. */
export const shownInPost = (viewerId: ViewerId | null): SQL =>
  viewerId === null ? sql`not ${isMarked()}` : sql`(${posts.authorId} = ${viewerId} or not ${isMarked()})`;

/**
 * The user's published posts without those that takedowns of their photographs hide. An equality for each kind of content, so that the
 * planner can begin with the marks or with the user's photographs, whichever are fewer; materialized, so that it asks the rule last.
 */
export const shownPostCount = (): SQL<number> => {
  const marked = (isContent: SQL) =>
    sql`select ${media.id} from ${media} join ${takedownMarks} on ${isContent}
      where ${media.ownerId} = ${users.id} and (${takedownMarks.ownerId} is null or ${takedownMarks.ownerId} = ${users.id})`;
  const hidden = sql`with marked as materialized (
      ${marked(sql`${media.uploadSha256} = ${takedownMarks.content}`)}
      union ${marked(sql`${media.originalSha256} = ${takedownMarks.content}`)}
      union ${marked(sql`${media.id} = ${takedownMarks.mediaId}`)}
    ), candidates as materialized (
      select distinct ${posts.id} from marked
      join ${postMedia} on ${postMedia.mediaId} = marked.id join ${posts} on ${posts.id} = ${postMedia.postId}
      where ${posts.publishedAt} is not null and ${posts.deletedAt} is null and ${posts.takenDownAt} is null
    )
    select count(*) from candidates as posts where not ${hasUnmarkedPhoto()}`;
  return sql<number>`(${users.postCount} - (${hidden}))::int`;
};
