import { and, desc, eq, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { blocks, closeFriends, followRequests, follows, mutes } from '../../../schema/index.ts';

interface PeopleList {
  table: PgTable;
  /** The owner of the list. */
  owner: PgColumn;
  /** The user on the list. */
  person: PgColumn;
  createdAt: PgColumn;
}

/** Each has an index on (owner, created at, person). */
const peopleLists = {
  followers: {
    table: follows,
    owner: follows.followeeId,
    person: follows.followerId,
    createdAt: follows.createdAt,
  },
  following: {
    table: follows,
    owner: follows.followerId,
    person: follows.followeeId,
    createdAt: follows.createdAt,
  },
  followRequests: {
    table: followRequests,
    owner: followRequests.targetId,
    person: followRequests.requesterId,
    createdAt: followRequests.createdAt,
  },
  sentRequests: {
    table: followRequests,
    owner: followRequests.requesterId,
    person: followRequests.targetId,
    createdAt: followRequests.createdAt,
  },
  blocks: { table: blocks, owner: blocks.blockerId, person: blocks.blockedId, createdAt: blocks.createdAt },
  closeFriends: {
    table: closeFriends,
    owner: closeFriends.ownerId,
    person: closeFriends.friendId,
    createdAt: closeFriends.createdAt,
  },
} satisfies Record<string, PeopleList>;

export type PeopleListName = keyof typeof peopleLists;

export interface PersonRow extends Position {
  createdAt: Date;
}

/** Newest first. */
export function findPeople(
  db: Db,
  name: PeopleListName,
  ownerId: string,
  after: Position | null,
  limit: number,
): Promise<PersonRow[]> {
  const { table, owner, person, createdAt }: PeopleList = peopleLists[name];
  return db
    .select({
      id: sql<string>`${person}`,
      at: timeText(createdAt),
      createdAt: sql`${createdAt}`.mapWith((text: string) => createdAt.mapFromDriverValue(text) as Date),
    })
    .from(table)
    .where(and(eq(owner, ownerId), olderThan(after, createdAt, person)))
    .orderBy(desc(createdAt), desc(person))
    .limit(limit);
}

/** Newest first, without those that have ended. */
export const findMutes = (db: Db, muterId: string, after: Position | null, limit: number) =>
  db
    .select({
      id: mutes.mutedId,
      at: timeText(mutes.createdAt),
      createdAt: mutes.createdAt,
      expiresAt: mutes.expiresAt,
    })
    .from(mutes)
    .where(
      and(
        eq(mutes.muterId, muterId),
        sql`(${mutes.expiresAt} is null or ${mutes.expiresAt} > now())`,
        olderThan(after, mutes.createdAt, mutes.mutedId),
      ),
    )
    .orderBy(desc(mutes.createdAt), desc(mutes.mutedId))
    .limit(limit);
