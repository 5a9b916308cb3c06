import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { freshImage, imageLife, isOffline } from '../freshImages.ts';
import { imageOf, type Picture } from '../images.ts';
import { imageEnd, type Pictured } from '../imageUrls.ts';
import { platform } from '../platform.ts';
import type { Media } from '../router.ts';
import { useCiel } from './context.ts';

/** The photograph that `useImage` takes. */
export type ShownPhoto = Pick<Media, 'id' | 'variants' | 'altText'> &
  Partial<Pick<Media, 'status' | 'thumbhash' | 'dominantColor'>>;

/** Options of `useImage`. */
export interface ImageOptions {
  /** The width it is shown at, as in `sizes` of an `<img>`. */
  sizes: string;
  /**
   * Reads the photograph again, instead of `freshImage`: for operators, who read it with its case.
   */
  renew?: (() => Promise<ShownPhoto | null | undefined>) | undefined;
}

/** `processing`: it isn't ready yet. `failed`: it could not be loaded. `unavailable`: the viewer may not see it, or it is unusable. */
export type ImageStatus = 'processing' | 'loading' | 'loaded' | 'offline' | 'failed' | 'unavailable';

/** What `useImage` returns. */
export interface ImageState {
  status: ImageStatus;
  /** Props of the `<source>`s and the `<img>`; null while there is nothing to load. */
  picture: Picture | null;
  /** The key of the `<picture>`; ref and handlers of the `<img>`. */
  bind: ImageBinding;
  /** Reads fresh URLs and loads it once more, for a user who asks for it. */
  retry: () => void;
}

export interface ImageBinding {
  key: string;
  ref: (element: object | null) => void;
  onLoad: () => void;
  onError: () => void;
}

/**
 * Shows a photograph whose URLs can end: before they do, or when loading fails, fresh ones are read once, in one batch with those of
 * other photographs, and written into every cached list. Prefer `<CielImage>`, which does this and shows each state.
 * @example
 * const { picture, status, bind: { key, ...bind }, retry } = useImage(photo, { sizes: '100vw' });
 * if (status === 'failed') return <button onClick={retry}>Try again</button>;
 * return picture && (
 *   <picture key={key}>
 *     {picture.sources.map((source) => <source key={source.type} {...source} />)}
 *     <img {...bind} {...picture.img} />
 *   </picture>
 * );
 */
export function useImage(photo: ShownPhoto, { sizes, renew }: ImageOptions): ImageState {
  const { shown, isBusy, hasFailed, isGone, isLoaded, isWaiting, bind, retry } = useRenewed(photo, renew);
  const isReady = (photo.status ?? 'completed') === 'completed';
  const picture = isWaiting || isGone ? null : imageOf({ ...photo, variants: shown.variants }, { sizes });
  const status = ((): ImageStatus => {
    if (!isReady) return photo.status === 'failed' ? 'unavailable' : 'processing';
    if (isGone || shown.variants.length === 0) return 'unavailable';
    if (hasFailed) return 'failed';
    if (isBusy && isOffline()) return 'offline';
    return isLoaded ? 'loaded' : 'loading';
  })();
  return { status, picture: status === 'failed' || status === 'offline' ? null : picture, bind, retry };
}

interface State<Shown> {
  /** The URL that the rest is about. */
  url: string | null;
  isBusy: boolean;
  hasFailed: boolean;
  isGone: boolean;
  isLoaded: boolean;
  /** Renewed since it was last loaded. */
  wasRenewed: boolean;
  /** Counts the elements, because one whose URL stayed the same loads again only when it is replaced. */
  attempt: number;
  /** Shown instead of what was given with the URL `of`: read after it; or loaded before it, and kept whatever is given next. */
  instead: { of: string | null; shown: Shown; isKept: boolean } | null;
}

/** The part of HTMLImageElement that is used here. */
interface ImageElement {
  readonly complete: boolean;
  readonly currentSrc: string;
  readonly naturalWidth: number;
  src: string;
}

const NEW = { isBusy: false, hasFailed: false, isGone: false, isLoaded: false, wasRenewed: false };
/** Timers can't be longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const urlOf = (image: Pictured): string | null =>
  'variants' in image ? (image.variants[0]?.url ?? null) : (image.avatar?.url ?? null);

/** The same picture, whatever its URLs. */
function isSame(a: Pictured, b: Pictured): boolean {
  if (a.id !== b.id || urlOf(b) === null) return false;
  return 'variants' in a || 'variants' in b || a.avatar?.thumbhash === b.avatar?.thumbhash;
}

/** What `useImage` and `CielAvatar` share: which URLs are shown, and what became of them. */
export function useRenewed<Shown extends Pictured>(
  given: Shown,
  renew?: () => Promise<Pictured | null | undefined>,
) {
  const ciel = useCiel();
  const givenUrl = urlOf(given);
  const [state, setState] = useState<State<Shown>>({ ...NEW, url: givenUrl, attempt: 0, instead: null });
  const { instead } = state;
  const isInstead = instead && (instead.isKept ? isSame(instead.shown, given) : instead.of === givenUrl);
  const shown = isInstead ? instead.shown : given;
  const url = urlOf(shown);
  const now = state.url === url ? state : { ...state, ...NEW, url };
  const latest = useRef({ given, shown, now, renew });
  latest.current = { given, shown, now, renew };

  const isHydrated = useSyncExternalStore(never, yes, no);
  const canEnd = isHydrated && !renew && !now.isLoaded && !now.isBusy && !now.hasFailed && !now.wasRenewed;
  const end = canEnd ? imageEnd(shown)?.getTime() : undefined;
  const hasEnded = end !== undefined && imageLife(ciel, shown) === 0;

  const read = useCallback(
    async (again: boolean): Promise<void> => {
      const { given, shown, now, renew } = latest.current;
      const { url } = now;
      if (now.isBusy) return;
      setState({ ...now, isBusy: true, hasFailed: false });
      const done = (change: Partial<State<Shown>>) =>
        setState((state) => (state.url === url ? { ...state, isBusy: false, ...change } : state));
      try {
        const fresh = await (renew ? renew() : freshImage(ciel, shown, { again }));
        if (!fresh) return done({ isGone: true });
        // As it is now: the cache may have been written already.
        const of = urlOf(latest.current.given);
        const next = { ...given, ...fresh } as Shown;
        setState(({ attempt }) => ({
          ...NEW,
          url: urlOf(next),
          wasRenewed: true,
          attempt: attempt + 1,
          instead: { of, shown: next, isKept: false },
        }));
      } catch {
        done({ hasFailed: true });
      }
    },
    [ciel],
  );

  const onLoad = useCallback(() => {
    const { given, shown, now } = latest.current;
    // What has been loaded stays on screen when its URLs are renewed in a list.
    setState({ ...now, ...NEW, isLoaded: true, instead: { of: urlOf(given), shown, isKept: true } });
  }, []);

  const onError = useCallback(() => {
    const { given, now } = latest.current;
    if (now.isBusy) return;
    // Newer URLs came while this one was on screen.
    if (now.instead?.isKept && urlOf(given) !== now.url) return setState({ ...now, instead: null });
    if (now.wasRenewed) return setState({ ...now, isLoaded: false, hasFailed: true });
    void read(false);
  }, [read]);

  useEffect(() => {
    const life = end === undefined ? null : imageLife(ciel, latest.current.shown);
    if (life === null) return;
    const timer = platform.setTimeout(() => void read(false), Math.min(life, MAX_TIMER_MS));
    return () => platform.clearTimeout(timer);
  }, [ciel, end, read]);

  // What was not available is, when it is given again.
  useEffect(() => {
    if (givenUrl === null) setState((state) => ({ ...state, ...NEW, url: null, instead: null }));
  }, [givenUrl]);

  // Without a network it can't have been loaded: once it is back, that is worth another attempt.
  useEffect(() => {
    if (!now.hasFailed) return;
    const back = () => void read(true);
    platform.addEventListener?.('online', back);
    return () => platform.removeEventListener?.('online', back);
  }, [now.hasFailed, read]);

  /** An image that was rendered on a server has loaded or failed before there was a handler; one that failed is loaded once more. */
  const ref = useCallback(
    (element: object | null) => {
      const image = element as ImageElement | null;
      if (!image?.complete || !image.currentSrc) return;
      if (image.naturalWidth > 0) return onLoad();
      const { src } = image;
      // Starts loading it once more.
      image.src = src;
    },
    [onLoad],
  );

  return {
    ...now,
    shown,
    isWaiting: hasEnded || (now.isBusy && !now.isLoaded),
    bind: { key: `${given.id} ${now.attempt}`, ref, onLoad, onError },
    retry: useCallback(() => void read(true), [read]),
  };
}

const never = () => () => {};
const yes = () => true;
const no = () => false;
