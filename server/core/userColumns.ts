import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { avatars, media, users } from '../schema/index.ts';
import { isMarked } from './marks.ts';

/** The photo of an avatar, distinct from other media in the same query. */
export const avatarMedia = alias(media, 'avatar_media');

export const cardColumns = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  isPrivate: users.isPrivate,
  avatarId: avatarMedia.id,
  avatarArea: avatarMedia.area,
  avatarFolder: avatarMedia.folder,
  avatarThumbhash: avatarMedia.thumbhash,
};

/** What operators see of a user, even if deleted or banned. */
export const accountColumns = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  trustLevel: users.trustLevel,
  bannedUntil: users.bannedUntil,
  deletedAt: users.deletedAt,
};

export const ofUser = eq(avatars.userId, users.id);
/** A photograph that was taken down is nobody's avatar, not even for its owner. */
export const ofAvatar = and(eq(avatarMedia.id, avatars.mediaId), sql`not ${isMarked(avatarMedia)}`);
