import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../infra/db/db.ts';
import {
  appeals,
  cases,
  comments,
  credentials,
  devices,
  feedReaders,
  highlightStories,
  highlights,
  media,
  postMedia,
  posts,
  sessions,
  signupReviews,
  stories,
  users,
} from '../schema/index.ts';
import { isOneOf } from './lists.ts';

/*
 * Every lock that a transaction can hold, in the order in which they are taken: docs/locks.md says why, and the tests watch it.
 * Each lasts until the transaction ends. `holdX` keeps everybody else out, `shareX` keeps out those who would hold it. The seeds
 * of advisory locks never change: processes of two releases share them.
 */

const first = async <Row>(rows: PromiseLike<Row[]>): Promise<Row | undefined> => (await rows)[0];

const holdKey = async (db: Db, key: string, seed: number): Promise<void> =>
  void (await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, ${seed}))`));

/** False, without waiting, while another request with this key runs. */
export async function holdIdempotencyKey(db: Db, userId: string, key: string): Promise<boolean> {
  const [row] = await db.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 7)) as held`,
  );
  return row?.held === true;
}

/** Nobody else resolves the case or adds a report to it. */
export const holdCase = (db: Db, caseId: string) =>
  first(db.select().from(cases).where(eq(cases.id, caseId)).for('no key update'));

/** Nobody else decides the appeal. */
export const holdAppeal = (db: Db, appealId: string) =>
  first(db.select().from(appeals).where(eq(appeals.id, appealId)).for('update'));

/** Nobody else clears the sign-up. */
export const holdReview = (db: Db, userId: string) =>
  first(db.select().from(signupReviews).where(eq(signupReviews.userId, userId)).for('no key update'));

/** Nobody else changes the relationship of these two users. */
export const holdPair = (db: Db, one: string, other: string): Promise<void> =>
  holdKey(db, `pair ${[one, other].sort().join(' ')}`, 0);

const AUTHORS = 8;

/** No follow of the author begins or ends. */
export const holdAuthor = (db: Db, authorId: string): Promise<void> => holdKey(db, authorId, AUTHORS);

/** No post of the author is fanned out; other follows of the author begin and end at the same time. */
export async function shareAuthor(db: Db, authorId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${authorId}, ${AUTHORS}))`);
}

/** Selects those of the readers whom no other transaction holds. */
export const freeReaders = (readerIds: string[]): SQL =>
  sql`select ${feedReaders.readerId} from ${feedReaders} where ${inArray(feedReaders.readerId, readerIds)}
      order by ${feedReaders.readerId} for update skip locked`;

/** Nobody else changes the post or its counts. With an author: only if it is theirs. */
export const holdPost = (db: Db, postId: string, authorId?: string) =>
  first(
    db
      .select()
      .from(posts)
      .where(and(eq(posts.id, postId), authorId === undefined ? undefined : eq(posts.authorId, authorId)))
      .for('no key update'),
  );

/** The posts with the photograph. */
export const holdPostsWith = (db: Db, mediaId: string, where?: SQL) => {
  const withIt = db.select({ id: postMedia.postId }).from(postMedia).where(eq(postMedia.mediaId, mediaId));
  return db
    .select({ id: posts.id })
    .from(posts)
    .where(and(inArray(posts.id, withIt), where))
    .orderBy(asc(posts.id))
    .for('no key update');
};

/** Nobody else changes the comment or its counts. */
export const holdComment = (db: Db, commentId: string) =>
  first(db.select().from(comments).where(eq(comments.id, commentId)).for('no key update'));

/** Nobody else deletes, publishes, hides, counts or highlights the story. */
export const holdStory = (db: Db, storyId: string) =>
  first(db.select().from(stories).where(eq(stories.id, storyId)).for('no key update'));

/** The stories with the photograph. */
export const holdStoriesWith = (db: Db, mediaId: string, where?: SQL) =>
  db
    .select({ id: stories.id })
    .from(stories)
    .where(and(eq(stories.mediaId, mediaId), where))
    .orderBy(asc(stories.id))
    .for('no key update');

/** A few of the stories that match and that no other transaction holds. */
export const holdFreeStories = (db: Db, where: SQL | undefined, count: number, order: SQL[] = []) =>
  db
    .select({ id: stories.id })
    .from(stories)
    .where(where)
    .orderBy(...order)
    .limit(count)
    .for('update', { skipLocked: true });

/** Nobody else changes the highlight. */
export async function holdOwnHighlight(db: Db, ownerId: string, highlightId: string) {
  const [row] = await db
    .select()
    .from(highlights)
    .where(and(eq(highlights.id, highlightId), eq(highlights.ownerId, ownerId)))
    .for('update');
  return row;
}

/** The highlights with the story. */
export async function holdHighlightsWith(db: Db, storyId: string): Promise<string[]> {
  const rows = await db
    .select({ id: highlights.id })
    .from(highlights)
    .where(
      sql`${highlights.id} in (select ${highlightStories.highlightId} from ${highlightStories} where ${highlightStories.storyId} = ${storyId})`,
    )
    .orderBy(asc(highlights.id))
    .for('update');
  return rows.map(({ id }) => id);
}

/** Nobody else starts an upload of this file. */
export const holdFile = (db: Db, ownerId: string, sha256: string): Promise<void> =>
  holdKey(db, `media ${ownerId} ${sha256}`, 0);

/** Nobody else changes or deletes the media, and nothing new refers to them. */
export const holdMedia = (db: Db, ids: string[]) =>
  db.select().from(media).where(isOneOf(media.id, ids)).orderBy(asc(media.id)).for('update');

/** Like `holdMedia`: the oldest that matches. */
export async function holdOldestMedia(db: Db, where: SQL | undefined) {
  const [row] = await db
    .select({ id: media.id })
    .from(media)
    .where(where)
    .orderBy(asc(media.createdAt), asc(media.id))
    .limit(1)
    .for('update');
  return row;
}

/** Like `holdMedia`: a few that match and that no other transaction holds. */
export const holdFreeMedia = (db: Db, where: SQL | undefined, count: number) =>
  db.select().from(media).where(where).limit(count).for('update', { skipLocked: true });

/** Nobody else changes or deletes those of the media that are the owner's; others can still refer to them. */
export const holdOwnMedia = (db: Db, ownerId: string, ids: string[]) =>
  db
    .select({ id: media.id, status: media.status, failure: media.failure, altText: media.altText })
    .from(media)
    .where(and(isOneOf(media.id, ids), eq(media.ownerId, ownerId)))
    .orderBy(asc(media.id))
    .for('no key update');

/** Nobody moves or deletes the photograph, if it matches; others can still refer to it. */
export async function sharePlacedMedia(db: Db, mediaId: string, where: SQL | undefined) {
  const found = db
    .select()
    .from(media)
    .where(and(eq(media.id, mediaId), where));
  return (await found.for('key share'))[0];
}

/** The same. False when it is not the owner's, or not completed. */
export const shareCompletedMedia = async (db: Db, ownerId: string, mediaId: string): Promise<boolean> =>
  !!(await sharePlacedMedia(db, mediaId, and(eq(media.ownerId, ownerId), eq(media.status, 'completed'))));

/** Nobody else changes the user, deleted or banned ones too; others can still refer to them. */
export const holdUser = (db: Db, userId: string) =>
  first(db.select().from(users).where(eq(users.id, userId)).for('no key update'));

/** Nobody else adds an account to the device, or blocks it. */
export async function holdDevice(db: Db, hashes: string[]) {
  const [row] = await db
    .select()
    .from(devices)
    .where(inArray(devices.hash, hashes))
    .orderBy(devices.id)
    .limit(1)
    .for('no key update');
  return row;
}

/** Nobody else counts and makes invites of the user. */
export const holdInvitesOf = (db: Db, inviterId: string): Promise<void> =>
  holdKey(db, `invites ${inviterId}`, 0);

/** Nobody else changes the password. False when it was changed since then. */
export async function holdPassword(db: Db, userId: string, changedAt: Date): Promise<boolean> {
  const rows = await db
    .select({ userId: credentials.userId })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.changedAt, changedAt)))
    .for('no key update');
  return rows.length > 0;
}

/** Nobody else rotates or revokes the session. With it comes what the expressions say of it now. */
export const holdSession = <Expressions extends Record<string, SQL<boolean>>>(
  db: Db,
  sessionId: string,
  expressions: Expressions,
) =>
  first(
    db
      .select({ session: sessions, ...expressions })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, sessionId))
      .for('update', { of: sessions }),
  );

const RECIPIENTS = 9;

/** Nobody else changes what this user is notified of. */
export const holdNotificationsOf = (db: Db, recipientId: string): Promise<void> =>
  holdKey(db, recipientId, RECIPIENTS);

/** Selects the places (`ctid`) of up to `count` rows that match and that no other transaction holds: to delete them. */
export const freeRows = (table: PgTable, where: SQL | undefined, count: number): SQL =>
  sql`select ctid from ${table} where ${where} limit ${count} for update skip locked`;

/** The count as it is now; nobody else changes it. For scripts, which hold nothing else. */
export const holdCount = (db: Db, table: SQL, column: SQL, where: SQL) =>
  first(db.execute<{ n: number }>(sql`select ${column} as n from ${table} where ${where} for no key update`));
