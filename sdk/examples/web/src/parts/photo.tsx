import type { Media } from '@ciel/sdk';
import { CielImage } from '@ciel/sdk/react';
import type { CSSProperties } from 'react';

interface PhotoProps {
  media: Media;
  /** The displayed width, as in `sizes` of an img. */
  sizes: string;
  className?: string;
  /** Loads at once, for photographs that are visible first. */
  isEager?: boolean;
  style?: CSSProperties;
  /** Reads it again when it can't be loaded, for operators. */
  renew?: () => Promise<Media | undefined>;
}

/** A photograph in its own aspect ratio, with a blurred placeholder while it loads. */
export function Photo({ media, sizes, className = '', isEager = false, style, renew }: PhotoProps) {
  return (
    <CielImage
      photo={media}
      sizes={sizes}
      alt={media.altText || 'A photograph without a description'}
      className={`photo ${className}`.trim()}
      {...(style ? { style } : {})}
      loading={isEager ? 'eager' : 'lazy'}
      renew={renew}
    />
  );
}
