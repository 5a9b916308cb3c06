import { imageOf } from '@ciel/sdk';
import { useState } from 'react';
import type { Photograph } from '../shapes.ts';
import { placeholderOf } from './placeholder.ts';

interface PhotoProps {
  media: Photograph;
  /** How wide it is shown, as `sizes` of an img has it. */
  sizes: string;
  className?: string;
  /** Of what is seen first. */
  isEager?: boolean;
}

/** A photograph in its own proportions: first its blur, then itself. */
export function Photo({ media, sizes, className = '', isEager = false }: PhotoProps) {
  const [isLoaded, setLoaded] = useState(false);
  const { width, height, thumbhash, dominantColor, status } = media;
  const jpeg = imageOf(media, 'image/jpeg');
  const style = {
    backgroundColor: dominantColor ?? undefined,
    backgroundImage: placeholderOf(thumbhash),
  };
  if (!jpeg)
    return (
      <div className={`photo waiting ${className}`} style={style}>
        <p>{status === 'failed' ? 'This photograph could not be used.' : 'Being developed…'}</p>
      </div>
    );
  return (
    <picture className={`photo ${className}`} style={style}>
      <source type="image/webp" srcSet={imageOf(media)?.srcSet} sizes={sizes} />
      <img
        {...jpeg}
        sizes={sizes}
        alt={jpeg.alt || 'A photograph without a description'}
        width={width ?? undefined}
        height={height ?? undefined}
        loading={isEager ? 'eager' : 'lazy'}
        decoding="async"
        data-loaded={isLoaded}
        onLoad={() => setLoaded(true)}
      />
    </picture>
  );
}
