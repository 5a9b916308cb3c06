import type { Media } from '@ciel/sdk';
import { useRef, useState } from 'react';
import { Link } from '../router.tsx';
import { IconButton } from './button.tsx';
import { Photo } from './photo.tsx';

interface PhotosProps {
  media: Media[];
  sizes: string;
  isEager?: boolean;
  /** Target of a click. */
  to?: string;
}

/** The photographs of a post; several can be swiped through. */
export function Photos({ media, sizes, isEager = false, to }: PhotosProps) {
  const [at, setAt] = useState(0);
  const strip = useRef<HTMLDivElement>(null);
  const first = media[0]!;
  const show = (index: number) => {
    const { current } = strip;
    current?.scrollTo({ left: index * current.clientWidth });
  };
  const shown = (item: Media, index: number) => (
    <Photo media={item} sizes={sizes} isEager={isEager && index === 0} />
  );
  const frame = { aspectRatio: ratioOf(first) };
  if (media.length === 1)
    return (
      <div className="photos" style={frame}>
        {to ? (
          <Link to={to} aria-label={`Open the post: ${first.altText || 'a photograph'}`}>
            {shown(first, 0)}
          </Link>
        ) : (
          shown(first, 0)
        )}
      </div>
    );
  return (
    <section className="photos" style={frame} aria-label={`${media.length} photographs`}>
      <div
        className="strip"
        ref={strip}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable areas must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget }) =>
          setAt(Math.round(currentTarget.scrollLeft / currentTarget.clientWidth))
        }
      >
        {media.map((item, index) => (
          <div key={item.id} className="slide">
            {shown(item, index)}
          </div>
        ))}
      </div>
      {at > 0 && (
        <IconButton
          icon="back"
          label="Previous photograph"
          className="turn left"
          onClick={() => show(at - 1)}
        />
      )}
      {at < media.length - 1 && (
        <IconButton
          icon="forward"
          label="Next photograph"
          className="turn right"
          onClick={() => show(at + 1)}
        />
      )}
      <p className="place">
        {at + 1} / {media.length}
      </p>
    </section>
  );
}

const TALLEST = 4 / 5;
const WIDEST = 1.91;

/** The photograph's own aspect ratio, limited to what fits on a screen. */
function ratioOf({ width, height }: Media): number {
  return width && height ? Math.min(WIDEST, Math.max(TALLEST, width / height)) : 1;
}
