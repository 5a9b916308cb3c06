import { thumbHashToDataURL } from 'thumbhash';

const { atob } = globalThis as unknown as { atob(text: string): string };
/** Lists show the same ones at every render. */
const MOST_KEPT = 500;
const kept = new Map<string, string>();

/**
 * The blurred image within a thumbhash, such as a photograph has before it is there, as the `data:` URL of a small PNG; undefined
 * when there is none.
 * @example
 * <img {...imageOf(media)} style={{ backgroundImage: `url(${thumbhashToDataUrl(media.thumbhash)})`, backgroundSize: 'cover' }} />
 */
export function thumbhashToDataUrl(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  const known = kept.get(thumbhash);
  if (known) return known;
  const url = thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)));
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(thumbhash, url);
  return url;
}
