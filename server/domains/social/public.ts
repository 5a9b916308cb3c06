import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdAuthor, shareAuthor } from '../../core/locks.ts';
import type { UserCard } from '../users/contract.ts';
import { presentUsers, requireOpenAccount } from '../users/public.ts';
import type { OwnListInput, Relationship, UserListInput } from './contract.ts';
import { removeFollows } from './follows/service.ts';
import { findMutes, findPeople, type PeopleListName, type PersonRow } from './lists/queries.ts';
import { findRelationships } from './relationships/queries.ts';
import * as queries from './ties/queries.ts';

const FOLLOWS_AT_ONCE = 100;
const OTHERS_AT_ONCE = 1000;

/**
 * Removes a batch of the ties between a deleted user and everybody else; false when there are more. Takes no locks of pairs, which are
 * too many: the author's lock keeps new followers away, and the next call finds what slips by in the other direction.
 */
export const removeTies = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const pairs = await queries.findFollowsAround(app.db, userId, FOLLOWS_AT_ONCE);
    const authorIds = new Set([userId, ...pairs.map(({ followeeId }) => followeeId)]);
    for (const authorId of [...authorIds].sort())
      await (authorId === userId ? holdAuthor : shareAuthor)(app.db, authorId);
    await removeFollows(app, pairs);
    const others = await queries.deleteTiesAround(app.db, userId, OTHERS_AT_ONCE);
    return pairs.length < FOLLOWS_AT_ONCE && others < OTHERS_AT_ONCE;
  });

export async function listFollowers(app: App, viewer: Viewer | null, { userId, ...input }: UserListInput) {
  await requireOpenAccount(app, viewer?.id ?? null, userId);
  return listPeople(app, 'followers', userId, viewer?.id ?? null, input, followed);
}

export async function listFollowing(app: App, viewer: Viewer | null, { userId, ...input }: UserListInput) {
  await requireOpenAccount(app, viewer?.id ?? null, userId);
  return listPeople(app, 'following', userId, viewer?.id ?? null, input, followed);
}

const followed = (user: UserCard, { createdAt }: PersonRow) => ({ user, followedAt: createdAt });

export const listRequests = (app: App, viewer: Viewer, input: OwnListInput) =>
  listPeople(app, 'followRequests', viewer.id, viewer.id, input, requested);

/** The viewer's requests that others have not decided. */
export const listSentRequests = (app: App, viewer: Viewer, input: OwnListInput) =>
  listPeople(app, 'sentRequests', viewer.id, viewer.id, input, requested);

const requested = (user: UserCard, { createdAt }: PersonRow) => ({ user, requestedAt: createdAt });

/** Presented as for an anonymous viewer: users whom the viewer blocks do not exist for them. */
export const listBlocks = (app: App, viewer: Viewer, input: OwnListInput) =>
  listPeople(app, 'blocks', viewer.id, null, input, (user, { createdAt }) => ({
    user,
    blockedAt: createdAt,
  }));

export const listCloseFriends = (app: App, viewer: Viewer, input: OwnListInput) =>
  listPeople(app, 'closeFriends', viewer.id, viewer.id, input, (user, { createdAt }) => ({
    user,
    addedAt: createdAt,
  }));

export const listMutes = (app: App, viewer: Viewer, input: OwnListInput) =>
  listPage(app, {
    scope: ['mutes', viewer.id, viewer.id],
    input,
    ids: (after, count) => findMutes(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      withCards(app, viewer.id, rows, (user, { createdAt, expiresAt }) => ({
        user,
        mutedAt: createdAt,
        expiresAt,
      })),
  });

const listPeople = <Item>(
  app: App,
  name: PeopleListName,
  ownerId: string,
  viewerId: string | null,
  input: OwnListInput,
  item: (user: UserCard, row: PersonRow) => Item,
): Promise<Page<Item>> =>
  listPage(app, {
    scope: [name, ownerId, viewerId],
    input,
    ids: (after, count) => findPeople(app.db, name, ownerId, after, count),
    hydrate: (rows) => withCards(app, viewerId, rows, item),
  });

async function withCards<Row extends PersonRow, Item>(
  app: App,
  viewerId: string | null,
  rows: Row[],
  item: (user: UserCard, row: Row) => Item,
): Promise<Map<string, Item>> {
  const ids = rows.map(({ id }) => id);
  const cards = await presentUsers(app, viewerId, ids);
  return new Map(
    rows.flatMap((row) => {
      const card = cards.get(row.id);
      return card ? [[row.id, item(card, row)]] : [];
    }),
  );
}

/** The viewer's relationship with each of the users, by id. Does not check visibility. */
export async function relationshipsOf(
  app: App,
  viewerId: string,
  userIds: string[],
): Promise<Map<string, Relationship>> {
  if (userIds.length === 0) return new Map();
  const rows = await findRelationships(app.db, viewerId, userIds);
  return new Map(
    rows.map(({ id, ...flags }) => [id, { ...flags, mutual: flags.following && flags.followedBy }]),
  );
}
