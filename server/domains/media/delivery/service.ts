import type { App } from '../../../core/app.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import { readableMedia } from '../../../core/mediaVisibility.ts';
import { ORIGINAL } from '../addresses.ts';
import { OPERATOR, verifyGrant } from '../grants.ts';
import { placeOf, variantKey, variantsOf } from '../keys.ts';
import { everyMedia, findNoAi, findReadable } from './queries.ts';

export interface Asked {
  mediaId: string;
  grant: string;
  /** `<variant>.<format>`, or `original`. */
  file: string;
}

export interface Granted {
  key: string;
  /** Whether the owner wishes that it is not used to train models. */
  noAi: boolean;
}

/**
 * The key of the object that a URL with a grant stands for, wherever it is now. Throws `forbidden` for a URL that was not signed here
 * or has ended, before it looks for anything, and `not_found` alike for what is hidden from the reader and what does not exist.
 */
export async function findGranted(app: App, { mediaId, grant, file }: Asked): Promise<Granted> {
  const granted = verifyGrant(app.secrets.grantKeys, mediaId, grant);
  if (!granted) throw new CielError('forbidden', { detail: 'The signature of the URL is not valid' });
  const { reader, endsAt } = granted;
  if (endsAt.getTime() <= Date.now()) throw new CielError('forbidden', { detail: 'The URL has expired' });
  const [row] =
    reader === OPERATOR
      ? await findReadable(app.db, null, [mediaId], everyMedia)
      : await findReadable(app.db, reader, [mediaId], readableMedia);
  if (!row || row.folder === null) throw notFound();
  const { noAi } = row;
  if (file === ORIGINAL && row.originalKey !== null && row.ownerId === reader)
    return { key: row.originalKey, noAi };
  const variant = variantsOf(row).find(({ name, format }) => `${name}.${format}` === file);
  if (!variant) throw notFound();
  return { key: variantKey(placeOf(row.area, row.folder), variant), noAi };
}

/** Whether the owner of a public object has this wish. A picture is sent without it while the database is unavailable. */
export async function isNoAi(app: App, key: string): Promise<boolean> {
  const [, folder = ''] = key.split('/');
  try {
    return await findNoAi(app.db, 'pub', folder);
  } catch (error) {
    app.log.debug({ err: error }, 'a public photograph is sent without looking for wishes');
    return false;
  }
}
