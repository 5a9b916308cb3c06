import { thumbhashToDataUrl } from '@ciel/sdk/thumbhash';

/** The blurred placeholder from the thumbhash, as a background. */
export function placeholderOf(thumbhash: string | null): string | undefined {
  const image = thumbhashToDataUrl(thumbhash);
  return image && `url(${image})`;
}
