import { imageOf, type Media } from '@ciel/sdk';
import { useState } from 'react';
import { placeholderOf } from './placeholder.ts';

interface PhotoProps {
  media: Media;
  /** How wide it is shown, as `sizes` of an img has it. */
  sizes: string;
  className?: string;
  /** Of what is seen first. */
  isEager?: boolean;
}

/** A photograph in its own proportions: first its blur, then itself. */
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
        <p>{status === 'failed' ? 'This photograph could not be used.' : 'Being developed…'}</p>
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
