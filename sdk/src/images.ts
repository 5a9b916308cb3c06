import type { Media } from './router.ts';

/** What an `<img>` needs, by the names that it has there. */
export interface Image {
  src: string;
  /** Every size with its width; give the element `sizes` too. */
  srcSet: string;
  /** Pixels of the largest, for its proportions. */
  width: number;
  height: number;
  alt: string;
}

/**
 * A photograph as an `<img>` shows it; null while its sizes are made. WebP, which every browser of today reads, or JPEG.
 * @example
 * const image = imageOf(post.media[0]);
 * return image && <img {...image} sizes="(min-width: 40rem) 40rem, 100vw" loading="lazy" />;
 */
export function imageOf(
  { variants, altText }: Pick<Media, 'variants' | 'altText'>,
  type: 'image/webp' | 'image/jpeg' = 'image/webp',
): Image | null {
  const sizes = variants.filter((variant) => variant.type === type).sort((a, b) => a.width - b.width);
  const largest = sizes.at(-1);
  if (!largest) return null;
  const { url: src, width, height } = largest;
  return {
    src,
    srcSet: sizes.map((size) => `${size.url} ${size.width}w`).join(', '),
    width,
    height,
    alt: altText,
  };
}
