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

/** What a `<picture>` needs. */
export interface Picture {
  /** Props of a `<source>` each, in the order in which a browser has to choose: AVIF, WebP, JPEG. Types that are not there are omitted. */
  sources: { type: ImageType; srcSet: string; sizes: string }[];
  /** Props of the `<img>` behind them, which shows the type that every browser knows. */
  img: Image & { sizes: string };
  /** What to show until it has loaded. Decode the thumbhash with `@ciel/sdk/thumbhash`. */
  placeholder: { thumbhash: string | null; dominantColor: string | null };
}

export type ImageType = Media['variants'][number]['type'];

type Shown = Pick<Media, 'variants' | 'altText'>;
type WithPlaceholder = Shown & Partial<Pick<Media, 'thumbhash' | 'dominantColor'>>;

/** The best first. */
const TYPES: ImageType[] = ['image/avif', 'image/webp', 'image/jpeg'];

/**
 * What shows a photograph; null until its variants are ready. With `sizes`, the displayed width as in HTML, everything that a
 * `<picture>` needs. Without, the props of an `<img>` of one type: WebP, which every current browser supports, or the one you name.
 * @example
 * const picture = imageOf(post.media[0], { sizes: '(min-width: 40rem) 40rem, 100vw' });
 * return picture && <picture>{picture.sources.map((source) => <source key={source.type} {...source} />)}<img {...picture.img} /></picture>;
 */
export function imageOf(media: WithPlaceholder, options: { sizes: string }): Picture | null;
export function imageOf(media: Shown, type?: ImageType): Image | null;
export function imageOf(
  media: WithPlaceholder,
  how: ImageType | { sizes: string } = 'image/webp',
): Picture | Image | null {
  if (typeof how === 'string') return ofType(media, how);
  const { sizes } = how;
  const images = TYPES.flatMap((type) => {
    const image = ofType(media, type);
    return image ? [{ type, image }] : [];
  });
  const last = images.at(-1);
  if (!last) return null;
  return {
    sources: images.map(({ type, image: { srcSet } }) => ({ type, srcSet, sizes })),
    img: { ...last.image, sizes },
    placeholder: { thumbhash: media.thumbhash ?? null, dominantColor: media.dominantColor ?? null },
  };
}

function ofType({ variants, altText }: Shown, type: ImageType): Image | null {
  const byWidth = new Map(
    variants.filter((variant) => variant.type === type).map((variant) => [variant.width, variant]),
  );
  const sizes = [...byWidth.values()].sort((a, b) => a.width - b.width);
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
