import { type Patch, patched } from './patches.ts';
import type { Media, UserCard } from './router.ts';

/** A photograph, or a user with an avatar: what has URLs that can end. */
export type Pictured = Pick<Media, 'id' | 'variants'> | Pick<UserCard, 'id' | 'avatar'>;

/** What is read for it; the alt text isn't, because a post has its own. */
export type Fresh = Partial<Media> | Pick<UserCard, 'avatar'>;

export const isPhoto = (image: object): image is Pick<Media, 'id' | 'variants'> => 'variants' in image;
export const keyOfImage = (image: Pictured) => (isPhoto(image) ? `photo ${image.id}` : `user ${image.id}`);
export const urlsOf = (image: Fresh): { url: string; expiresAt: Date | null }[] =>
  'variants' in image ? (image.variants ?? []) : 'avatar' in image && image.avatar ? [image.avatar] : [];

/** When the first of its URLs ends; null if they last. */
export function imageEnd(image: Pictured): Date | null {
  const ends = urlsOf(image).flatMap(({ expiresAt }) => (expiresAt ? [expiresAt] : []));
  return ends.reduce<Date | null>((first, end) => (first && first <= end ? first : end), null);
}

/** Without URLs it is shown nowhere. */
const GONE = { photo: { variants: [] }, user: { avatar: null } };

/** Replaces what `find` has for the key of a photograph or user; null removes its URLs. */
export const patchOf = (
  find: (key: string, object: Record<string, unknown>) => Fresh | null | undefined,
): Patch =>
  patched((object) => {
    if (typeof object.id !== 'string') return object;
    const kind = Array.isArray(object.variants) ? 'photo' : 'avatar' in object ? 'user' : null;
    const fresh = kind && find(`${kind} ${object.id}`, object);
    return kind === null || fresh === undefined ? object : changed(object, fresh ?? GONE[kind]);
  });

function changed(object: Record<string, unknown>, fresh: Fresh): Record<string, unknown> {
  const isSame =
    JSON.stringify(urlsOf(object as Fresh)) === JSON.stringify(urlsOf(fresh)) &&
    !('status' in fresh && fresh.status !== object.status);
  return isSame ? object : { ...object, ...fresh };
}
