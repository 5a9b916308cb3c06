import { eq, sql } from 'drizzle-orm';
import type { App } from '../../server/core/app.ts';
import { bannedUser } from '../../server/core/visibility.ts';
import { media, users } from '../../server/schema/index.ts';

/** Each world reads this many of its URLs again when it closes, spread over all that it handed out. */
const READ_AGAIN = 40;

interface HandedOut {
  url: string;
  readerId: string | null;
}

/**
 * The URLs of photographs in every response, with who got them. Read again at the end, each must work, unless its reader lost the right
 * or it was a lasting one of what narrowed: then it must be dead. Who has the right, `canSee` says: a fresh read of the API.
 */
export function createUrlRecord(
  app: App,
  canSee: (readerId: string | null, mediaId: string) => Promise<boolean>,
) {
  const handedOut = new Map<string, HandedOut>();

  function note(readerId: string | null, answer: unknown): void {
    if (typeof answer !== 'object' || answer === null || answer instanceof Date) return;
    const { url, expiresAt } = answer as Record<string, unknown>;
    if (typeof url === 'string' && expiresAt !== undefined) {
      // One file stands for all of the photograph: they have one grant, or one place.
      const photo = url.replace(/\/[^/]*$/, '');
      handedOut.set(`${photo} ${readerId}`, { url, readerId });
      return;
    }
    for (const inner of Object.values(answer)) note(readerId, inner);
  }

  /** A sentence for each URL that is dead and should work, or works and should be dead. */
  async function faults(most = READ_AGAIN): Promise<string[]> {
    const all = [...handedOut.values()];
    const step = Math.max(1, Math.ceil(all.length / most));
    const found: string[] = [];
    for (let at = 0; at < all.length; at += step) {
      const { url, readerId } = all[at]!;
      const shouldWork = await isRightful(url, readerId);
      const { status } = await fetch(url);
      const isAlive = status === 200;
      if (shouldWork !== null && isAlive !== shouldWork)
        found.push(
          `${url} for ${readerId} returned ${status}, and should be ${shouldWork ? 'alive' : 'dead'}`,
        );
    }
    return found;
  }

  /** Null when that can't be told: URLs for operators end by time alone. */
  async function isRightful(url: string, readerId: string | null): Promise<boolean | null> {
    const [, mediaId, grant] = /\/media\/([^/]+)\/([^/]+)\//.exec(url) ?? [];
    if (!mediaId) return isInPlace(url);
    if (grant!.startsWith('op.') || (await hasNoObjects(mediaId))) return null;
    if (readerId !== null && !(await isActive(readerId, mediaId))) return false;
    return canSee(readerId, mediaId);
  }

  async function isInPlace(url: string): Promise<boolean | null> {
    const folder = url.split('/').at(-2)!;
    const [row] = await app.db
      .select({ area: media.area, variants: media.variants })
      .from(media)
      .where(eq(media.folder, folder));
    return row?.variants.length === 0 ? null : row?.area === 'pub';
  }

  /** It was put into the table by `insertMedia`. */
  async function hasNoObjects(mediaId: string): Promise<boolean> {
    const [row] = await app.db.select({ variants: media.variants }).from(media).where(eq(media.id, mediaId));
    return row?.variants.length === 0;
  }

  /** Banned users keep their own photographs, which are in their export. */
  async function isActive(readerId: string, mediaId: string): Promise<boolean> {
    const [reader] = await app.db
      .select({ deletedAt: users.deletedAt, isBanned: sql<boolean>`${bannedUser()}` })
      .from(users)
      .where(eq(users.id, readerId));
    const [photo] = await app.db.select({ ownerId: media.ownerId }).from(media).where(eq(media.id, mediaId));
    return reader !== undefined && !reader.deletedAt && (!reader.isBanned || photo?.ownerId === readerId);
  }

  return { note, faults, isEmpty: () => handedOut.size === 0 };
}
