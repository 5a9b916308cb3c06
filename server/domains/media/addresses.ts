import type { App } from '../../core/app.ts';
import type { StoredVariant } from '../../schema/media.ts';
import { grantFor, type Reader, signGrant } from './grants.ts';
import { type Area, placeOf, variantKey } from './keys.ts';

export interface Address {
  url: string;
  /** Null: the URL works for as long as everybody may see the photo. */
  expiresAt: Date | null;
}

/** The app as far as URLs depend on it. */
type Signer = Pick<App, 'storage' | 'settings' | 'secrets'>;

export interface Placed {
  id: string;
  area: Area;
  folder: string;
}

type Variant = Pick<StoredVariant, 'name' | 'format'>;

/**
 * The URLs of a photo's variants. What everybody may see has the lasting URL of its object; anything else is asked for at the API,
 * by one reader.
 */
export function addressesOf(app: Signer, reader: Reader, { id, area, folder }: Placed) {
  if (area === 'pub') {
    const place = placeOf(area, folder);
    return (variant: Variant): Address => ({
      url: app.storage.publicUrl(variantKey(place, variant)),
      expiresAt: null,
    });
  }
  const granted = grantedAddress(app, reader, id);
  return ({ name, format }: Variant): Address => granted(`${name}.${format}`);
}

/** The name of the original in its URL; only its owner is given one. */
export const ORIGINAL = 'original';

/** One signature for all files of the photo. */
export function grantedAddress({ settings, secrets }: Signer, reader: Reader, mediaId: string) {
  const grant = grantFor(mediaId, reader);
  const base = `${settings.publicUrl}/media/${mediaId}/${signGrant(secrets.grantKeys, mediaId, grant)}`;
  return (file: string) => ({ url: `${base}/${file}`, expiresAt: grant.endsAt });
}
