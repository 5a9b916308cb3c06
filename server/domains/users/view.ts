import type { App } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { avatarUrl } from '../media/view.ts';
import type { Me, UserCard } from './contract.ts';
import { findBan, findMe, findVisibleCards } from './queries.ts';
import { settingsFrom } from './settings.ts';

export { accountColumns, avatarMedia, cardColumns } from './queries.ts';

type CardRow = Awaited<ReturnType<typeof findVisibleCards>>[number];

/** Those of the users who exist for the viewer, by id. */
export async function presentUsers(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, UserCard>> {
  const rows = await findVisibleCards(app.db, viewerId, ids);
  const cards = await Promise.all(rows.map((row) => presentCard(app, row)));
  return new Map(cards.map((card) => [card.id, card]));
}

/** From a row of `cardColumns`. Does not check visibility. */
export async function presentCard(app: App, row: CardRow): Promise<UserCard> {
  const { id, handle, displayName, isPrivate, avatarArea, avatarFolder, avatarThumbhash } = row;
  const avatar =
    avatarArea !== null && avatarFolder !== null && avatarThumbhash !== null
      ? {
          url: await avatarUrl(app, { area: avatarArea, folder: avatarFolder }),
          thumbhash: avatarThumbhash,
        }
      : null;
  return { id, handle, displayName, avatar, isPrivate };
}

/** The user's own profile, with private fields. */
export async function presentMe(app: App, userId: string): Promise<Me> {
  const row = await findMe(app.db, userId);
  if (!row) throw notFound();
  const { email, bio, discoverable, followerCount, followingCount, postCount, trustLevel, createdAt } = row;
  return {
    ...(await presentCard(app, row)),
    email,
    bio,
    discoverable,
    followerCount,
    followingCount,
    postCount,
    trustLevel,
    createdAt,
    ban: row.isBanned ? await findBan(app.db, userId) : null,
    settings: settingsFrom(row.settings),
  };
}
