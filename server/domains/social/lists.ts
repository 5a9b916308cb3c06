import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { UserCard } from '../users/contract.ts';
import { requireOpenAccount } from '../users/service.ts';
import { presentUsers } from '../users/view.ts';
import type { OwnListInput, UserListInput } from './contract.ts';
import { findMutes, findPeople, type PeopleListName, type PersonRow } from './listQueries.ts';

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
