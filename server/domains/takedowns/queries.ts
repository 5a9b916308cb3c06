import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { isOneOf } from '../../core/lists.ts';
import { contentsOf, isInForce, isMarked, marksPhoto } from '../../core/marks.ts';
import type { Db } from '../../infra/db/db.ts';
import { actions, media, takedownMarks } from '../../schema/index.ts';

export interface Mark {
  /** As given: the id of the media item, or the hash. */
  found: string;
  /** Null for the copy of another user, and when the account of the first one has been purged. */
  verdict: { rule: string; reason: string } | null;
}

const verdictFor = (ownerId: string) => ({
  rule: sql<string | null>`case when ${actions.userId} = ${ownerId} then ${actions.rule} end`,
  reason: sql<string | null>`case when ${actions.userId} = ${ownerId} then ${actions.reason} end`,
});

interface Row {
  found: string;
  rule: string | null;
  reason: string | null;
}

const toMark = ({ found, rule, reason }: Row): Mark => ({
  found,
  verdict: rule === null || reason === null ? null : { rule, reason },
});

/** The marks on the owner's media with these ids. */
export async function findMarksOn(db: Db, ownerId: string, mediaIds: string[]): Promise<Mark[]> {
  if (mediaIds.length === 0) return [];
  const rows = await db
    .select({ found: media.id, ...verdictFor(ownerId) })
    .from(media)
    .innerJoin(takedownMarks, marksPhoto(media))
    .leftJoin(actions, eq(actions.id, takedownMarks.actionId))
    .where(and(isOneOf(media.id, mediaIds), eq(media.ownerId, ownerId)))
    .orderBy(asc(takedownMarks.id));
  return rows.map(toMark);
}

/** The marks that hold for a file of the owner with one of these hashes. */
export async function findMarksOfContent(db: Db, ownerId: string, hashes: string[]): Promise<Mark[]> {
  const rows = await db
    .select({ found: takedownMarks.content, ...verdictFor(ownerId) })
    .from(takedownMarks)
    .leftJoin(actions, eq(actions.id, takedownMarks.actionId))
    .where(
      and(
        inArray(takedownMarks.content, hashes),
        or(isNull(takedownMarks.ownerId), eq(takedownMarks.ownerId, ownerId)),
        isInForce(),
      ),
    )
    .orderBy(asc(takedownMarks.id));
  return rows.map(toMark);
}

/** By the ids of the media and by the hashes that are known by now. */
export async function insertMarks(
  db: Db,
  { actionId, ownerId, mediaIds }: { actionId: string; ownerId: string | null; mediaIds: string[] },
): Promise<void> {
  if (mediaIds.length === 0) return;
  await db.execute(sql`
    insert into ${takedownMarks} (action_id, owner_id, media_id, content)
    select ${actionId}::uuid, ${ownerId}::uuid, ${media.id}, found
    from ${media}, unnest(${contentsOf(media)}) as found
    where ${isOneOf(media.id, mediaIds)} and found is not null
    order by ${media.id}
    on conflict do nothing`);
}

/** Adds the hashes of the media item to the marks that name it by its id. */
export async function insertHashes(db: Db, mediaId: string): Promise<void> {
  await db.execute(sql`
    insert into ${takedownMarks} (action_id, owner_id, media_id, content)
    select named.action_id, named.owner_id, named.media_id, found
    from ${takedownMarks} named, ${media}, unnest(${contentsOf(media)}) as found
    where named.content = ${mediaId} and ${media.id} = ${mediaId}::uuid and found is not null
    on conflict do nothing`);
}

/** Returns what was marked. */
export const deleteMarks = (db: Db, actionIds: string[]) =>
  db
    .delete(takedownMarks)
    .where(isOneOf(takedownMarks.actionId, actionIds))
    .returning({ content: takedownMarks.content, ownerId: takedownMarks.ownerId });

/** The completed media with one of the contents; of everybody when an owner is null. */
export async function findCopies(db: Db, contents: string[], ownerIds: (string | null)[]): Promise<string[]> {
  if (contents.length === 0) return [];
  const owners = ownerIds.filter((id) => id !== null);
  const ids = contents.filter((content) => content.includes('-'));
  const hashes = contents.filter((content) => !content.includes('-'));
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(
      and(
        eq(media.status, 'completed'),
        owners.length < ownerIds.length ? undefined : inArray(media.ownerId, owners),
        or(
          ids.length > 0 ? inArray(media.id, ids) : undefined,
          hashes.length > 0 ? inArray(media.uploadSha256, hashes) : undefined,
          hashes.length > 0 ? inArray(media.originalSha256, hashes) : undefined,
        ),
      ),
    )
    .orderBy(asc(media.id));
  return rows.map(({ id }) => id);
}

export async function findContents(db: Db, mediaIds: string[]): Promise<string[]> {
  if (mediaIds.length === 0) return [];
  const rows = await db
    .select({ id: media.id, upload: media.uploadSha256, original: media.originalSha256 })
    .from(media)
    .where(isOneOf(media.id, mediaIds));
  return rows.flatMap(({ id, upload, original }) => [id, upload ?? [], original ?? []].flat());
}

/** Those of the media that a takedown in force names. */
export async function findMarked(db: Db, mediaIds: string[]): Promise<string[]> {
  if (mediaIds.length === 0) return [];
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(isOneOf(media.id, mediaIds), isMarked()));
  return rows.map(({ id }) => id);
}

/** Takedowns that were undone by a release that knows no marks. */
export async function findUndone(db: Db, count: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: takedownMarks.actionId })
    .from(takedownMarks)
    .innerJoin(actions, eq(actions.id, takedownMarks.actionId))
    .where(sql`${actions.undoneAt} is not null`)
    .limit(count);
  return rows.map(({ id }) => id);
}

/** Marked media whose variants everybody can read, after the given one. */
export async function findExposed(db: Db, afterId: string | null, count: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: media.id })
    .from(takedownMarks)
    .innerJoin(media, sharesContent)
    .where(
      and(
        eq(media.status, 'completed'),
        eq(media.area, 'pub'),
        isInForce(),
        or(isNull(takedownMarks.ownerId), eq(takedownMarks.ownerId, media.ownerId)),
        afterId === null ? undefined : sql`${media.id} > ${afterId}::uuid`,
      ),
    )
    .orderBy(asc(media.id))
    .limit(count);
  return rows.map(({ id }) => id);
}

/** One index of `media` for each kind of content; the id is compared as text only where the content is one. */
const sharesContent = sql`(${media.uploadSha256} = ${takedownMarks.content} or ${media.originalSha256} = ${takedownMarks.content} or ${media.id} = ${takedownMarks.mediaId})`;
