import { thumbHashToDataURL } from 'thumbhash';

const { atob } = globalThis as unknown as { atob(text: string): string };
/** Decoded images are cached, because lists show the same ones at every render. */
const MAX_CACHED = 500;
const cache = new Map<string, string>();

/**
 * Decodes a thumbhash, the blurred placeholder of a photograph, to the `data:` URL of a small PNG; undefined when there is none.
 * @example
 * <img {...imageOf(media)} style={{ backgroundImage: `url(${thumbhashToDataUrl(media.thumbhash)})`, backgroundSize: 'cover' }} />
 */
export function thumbhashToDataUrl(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  const cached = cache.get(thumbhash);
  if (cached) return cached;
  const url = thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)));
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(thumbhash, url);
  return url;
}
