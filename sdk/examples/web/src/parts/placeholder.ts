import { thumbHashToDataURL } from 'thumbhash';

const made = new Map<string, string>();

/** The blurred image that the server sends within a thumbhash, as a background. */
export function placeholderOf(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = made.get(thumbhash);
  if (known) return known;
  const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
  const image = `url(${thumbHashToDataURL(bytes)})`;
  made.set(thumbhash, image);
  return image;
}
