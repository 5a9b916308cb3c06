import { imageOf, type Media } from '@ciel/sdk';
import { useState } from 'react';
import { placeholderOf } from './placeholder.ts';

interface PhotoProps {
  media: Media;
  /** The displayed width, as in `sizes` of an img. */
  sizes: string;
  className?: string;
  /** Loads at once, for photographs that are visible first. */
  isEager?: boolean;
}

/** A photograph in its own aspect ratio, with a blurred placeholder while it loads. */
export function Photo({ media, sizes, className = '', isEager = false }: PhotoProps) {
  const [isLoaded, setLoaded] = useState(false);
  const { thumbhash, dominantColor, status } = media;
  const image = imageOf(media);
  const style = {
    backgroundColor: dominantColor ?? undefined,
    backgroundImage: placeholderOf(thumbhash),
  };
  if (!image)
    return (
      <div className={`photo waiting ${className}`} style={style}>
        <p>{status === 'failed' ? 'This photograph cannot be used.' : 'Processing…'}</p>
      </div>
    );
  return (
    <div className={`photo ${className}`} style={style}>
      <img
        {...image}
        alt={image.alt || 'A photograph without a description'}
        sizes={sizes}
        loading={isEager ? 'eager' : 'lazy'}
        decoding="async"
        data-loaded={isLoaded}
        onLoad={() => setLoaded(true)}
      />
    </div>
  );
}
