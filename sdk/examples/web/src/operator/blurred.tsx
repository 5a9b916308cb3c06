import type { Media } from '@ciel/sdk';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Photo } from '../parts/photo.tsx';
import { placeholderOf } from '../parts/placeholder.ts';

/** Shows only the blurred placeholder until the operator asks for the photograph, which isn't loaded before. */
export function Blurred({ media, renew }: { media: Media; renew: () => Promise<Media | undefined> }) {
  const [isShown, setShown] = useState(false);
  const { width, height, thumbhash, dominantColor } = media;
  const aspectRatio = width && height ? width / height : 1;
  return (
    <figure className="blurred">
      {isShown ? (
        <Photo media={media} sizes="480px" style={{ aspectRatio }} renew={renew} />
      ) : (
        <div
          className="photo"
          role="img"
          aria-label="Hidden photograph"
          style={{
            aspectRatio,
            backgroundColor: dominantColor ?? undefined,
            backgroundImage: placeholderOf(thumbhash),
          }}
        />
      )}
      <Button className="small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide the photograph' : 'Show the photograph'}
      </Button>
    </figure>
  );
}
