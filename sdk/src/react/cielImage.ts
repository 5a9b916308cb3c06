import { type CSSProperties, createElement, type MouseEvent, type ReactElement } from 'react';
import type { Media } from '../router.ts';
import { thumbhashToDataUrl } from '../thumbhash.ts';
import { type ImageStatus, type ShownPhoto, useImage } from './useImage.ts';

/** What is shown instead of a photograph. */
export interface ImageTexts {
  /** It could not be loaded; also the name of the button that loads it again. */
  failed: string;
  offline: string;
  processing: string;
  /** The viewer may not see it (any more). */
  unavailable: string;
  /** Its owner sees that it can't be processed; the reason follows. */
  unusable: string;
}

const TEXTS: ImageTexts = {
  failed: 'This photograph could not be loaded. Tap to try again',
  offline: 'You are offline',
  processing: 'Processing…',
  unavailable: 'This photograph is not available',
  unusable: 'This photograph cannot be used',
};

/** Props of `CielImage`. */
export interface CielImageProps {
  photo: ShownPhoto & Partial<Pick<Media, 'width' | 'height' | 'reason'>>;
  /** The width it is shown at, as in `sizes` of an `<img>`. */
  sizes: string;
  /** Instead of the photograph's own alt text. */
  alt?: string | undefined;
  /** `eager` for what is visible first; `lazy` by default. */
  loading?: 'lazy' | 'eager';
  /** Then the layout is yours: only the placeholder is set as a style. */
  className?: string;
  style?: CSSProperties;
  /** In your language; English by default. */
  texts?: Partial<ImageTexts>;
  /** Reads it again instead of `freshImage`, as in `useImage`. */
  renew?: (() => Promise<ShownPhoto | null | undefined>) | undefined;
}

const FRAME: CSSProperties = {
  display: 'block',
  position: 'relative',
  overflow: 'hidden',
  backgroundSize: '100% 100%',
};
/** Leaves the layout to the `<img>`, as if there were no `<picture>` around it. */
const WRAPPER: CSSProperties = { display: 'contents' };
const FILL: CSSProperties = { display: 'block', width: '100%', height: '100%', objectFit: 'cover' };

/**
 * A photograph in its aspect ratio, with its blurred placeholder, as a `<picture>`: the browser chooses the size that fits, and the
 * best type that it knows. Its URLs are renewed before they end and when loading fails; what can't be loaded says so and can be
 * tapped. The frame has the class `ciel-image` and its status as `data-status`, the text in it the class `ciel-image-message`.
 * @example
 * <CielImage photo={post.media[0]} sizes="(min-width: 40rem) 40rem, 100vw" />
 */
export function CielImage({ photo, sizes, alt, loading = 'lazy', texts, renew, ...frame }: CielImageProps) {
  const { status, picture, bind, retry } = useImage(photo, { sizes, renew });
  const { key, ...handlers } = bind;
  const { width, height, dominantColor } = photo;
  const placeholder = thumbhashToDataUrl(photo.thumbhash);
  const isPlain = frame.className === undefined;
  return createElement(
    'span',
    {
      className: isPlain ? 'ciel-image' : `ciel-image ${frame.className}`,
      'data-status': status,
      style: {
        ...(isPlain ? FRAME : {}),
        ...(isPlain && width && height ? { aspectRatio: `${width} / ${height}` } : {}),
        ...(dominantColor ? { backgroundColor: dominantColor } : {}),
        ...(placeholder ? { backgroundImage: `url(${placeholder})` } : {}),
        ...frame.style,
      },
    },
    picture &&
      createElement(
        'picture',
        { key, style: WRAPPER },
        picture.sources.map((source) => createElement('source', { key: source.type, ...source })),
        createElement('img', {
          ...handlers,
          // Before `src`, which starts loading.
          loading,
          decoding: 'async',
          ...picture.img,
          alt: alt ?? picture.img.alt,
          ...(isPlain ? { style: FILL } : {}),
        }),
      ),
    messageOf(status, photo, { ...TEXTS, ...texts }, isPlain, retry),
  );
}

function messageOf(
  status: ImageStatus,
  photo: CielImageProps['photo'],
  texts: ImageTexts,
  isPlain: boolean,
  retry: () => void,
): ReactElement | null {
  if (status === 'loading' || status === 'loaded') return null;
  const unusable = [texts.unusable, photo.reason].filter(Boolean).join('. ');
  const text = photo.status === 'failed' ? unusable : texts[status];
  const props = { className: 'ciel-image-message', title: text, ...(isPlain ? { style: MESSAGE } : {}) };
  if (status !== 'failed') return createElement('span', props, createElement('span', null, text));
  // It may be in a link.
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    retry();
  };
  return createElement(
    'button',
    { ...props, type: 'button', onClick, 'aria-label': text },
    createElement('span', null, text),
  );
}

const MESSAGE: CSSProperties = {
  position: 'absolute',
  inset: 0,
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'center',
  width: '100%',
  padding: 8,
  border: 0,
  overflow: 'hidden',
  textAlign: 'center',
  font: 'inherit',
};
