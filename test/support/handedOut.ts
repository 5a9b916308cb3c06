import { eq, sql } from 'drizzle-orm';
import type { App } from '../../server/core/app.ts';
import { bannedUser } from '../../server/core/visibility.ts';
import { OPERATOR, verifyGrant } from '../../server/domains/media/grants.ts';
import { media, users } from '../../server/schema/index.ts';

/** Each world reads this many of its URLs again when it closes, spread over all that it handed out: nearly always all of them. */
const READ_AGAIN = 200;
const AT_ONCE = 8;

export type UrlRecord = ReturnType<typeof createUrlRecord>;

/** Peers share the record of their world, and its HTTP servers note what they send. */
export const urlRecords = new WeakMap<App, UrlRecord>();

/**
 * The URLs of photographs in every response. Read again at the end, each must work, unless its reader lost the right or it was a
 * lasting one of what narrowed: then it must be dead. Who has the right, `canSee` says: a fresh read of the API.
 */
export function createUrlRecord(
  app: App,
  canSee: (readerId: string | null, mediaId: string) => Promise<boolean>,
) {
  /** By photograph and grant: one file stands for all of the photograph, because they have one grant, or one place. */
  const handedOut = new Map<string, string>();

  function note(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null || answer instanceof Date) return;
    const { url, expiresAt } = answer as Record<string, unknown>;
    if (typeof url === 'string' && expiresAt !== undefined)
      return void handedOut.set(url.replace(/\/[^/]*$/, ''), url);
    for (const inner of Object.values(answer)) note(inner);
  }

  /** A sentence for each URL that is dead and should work, or works and should be dead. */
  async function faults(most = READ_AGAIN): Promise<string[]> {
    const all = [...handedOut.values()];
    const step = Math.max(1, Math.ceil(all.length / most));
    const left = all.filter((_, at) => at % step === 0);
    const found: string[] = [];
    const readNext = async (): Promise<void> => {
      for (let url = left.pop(); url !== undefined; url = left.pop()) {
        const fault = await faultOf(url);
        if (fault) found.push(fault);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, readNext));
    return found;
  }

  async function faultOf(url: string): Promise<string | null> {
    const shouldWork = await isRightful(url);
    const response = await fetch(url);
    await response.body?.cancel();
    if (shouldWork === null || response.ok === shouldWork) return null;
    return `${url} returned ${response.status}, and should be ${shouldWork ? 'alive' : 'dead'}`;
  }

  /** Null when that can't be told: URLs for operators end by time alone. */
  async function isRightful(url: string): Promise<boolean | null> {
    const [, mediaId, grant] = /\/media\/([^/]+)\/([^/]+)\//.exec(url) ?? [];
    if (!mediaId) return isInPlace(url);
    const granted = verifyGrant(app.secrets.grantKeys, mediaId, grant!);
    if (!granted) return true;
    const { reader } = granted;
    if (reader === OPERATOR || (await hasNoObjects(mediaId))) return null;
    if (reader !== null && !(await isActive(reader, mediaId))) return false;
    return canSee(reader, mediaId);
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
