import type { App } from '../../../core/app.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import { readableMedia } from '../../../core/mediaVisibility.ts';
import { ORIGINAL } from '../addresses.ts';
import { OPERATOR, verifyGrant } from '../grants.ts';
import { placeOf, variantKey, variantsOf } from '../keys.ts';
import { everyMedia, findReadable } from './queries.ts';

export interface Asked {
  mediaId: string;
  grant: string;
  /** `<variant>.<format>`, or `original`. */
  file: string;
}

/**
 * The key of the object that a URL with a grant stands for, wherever it is now. Throws `forbidden` for a URL that was not signed here
 * or has ended, before it looks for anything, and `not_found` alike for what is hidden from the reader and what does not exist.
 */
export async function findGranted(app: App, { mediaId, grant, file }: Asked): Promise<string> {
  const granted = verifyGrant(app.secrets.grantKeys, mediaId, grant);
  if (!granted) throw new CielError('forbidden', { detail: 'The signature of the URL is not valid' });
  const { reader, endsAt } = granted;
  if (endsAt.getTime() <= Date.now()) throw new CielError('forbidden', { detail: 'The URL has expired' });
  const [row] =
    reader === OPERATOR
      ? await findReadable(app.db, null, [mediaId], everyMedia)
      : await findReadable(app.db, reader, [mediaId], readableMedia);
  if (!row || row.folder === null) throw notFound();
  if (file === ORIGINAL && row.originalKey !== null && row.ownerId === reader) return row.originalKey;
  const variant = variantsOf(row).find(({ name, format }) => `${name}.${format}` === file);
  if (!variant) throw notFound();
  return variantKey(placeOf(row.area, row.folder), variant);
}
