import type { Media } from './router.ts';

/** Props of an `<img>`. */
export interface Image {
  src: string;
  /** Every size with its width; set `sizes` on the element too. */
  srcSet: string;
  /** Pixels of the largest size, for the aspect ratio. */
  width: number;
  height: number;
  alt: string;
}

/**
 * The props of an `<img>` that shows a photograph; null until its variants are ready. Uses WebP, which every current browser
 * supports, or else JPEG.
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
