import type { Calls } from './calls.ts';
import { type CielError, isCielError, toCielError } from './errors.ts';
import { type Fresh, imageEnd, isPhoto, keyOfImage, type Pictured, patchOf, urlsOf } from './imageUrls.ts';
import type { Patch } from './patches.ts';
import { platform } from './platform.ts';
import type { SessionManager } from './session.ts';

/** Options of `freshImage`. */
export interface FreshImageOptions {
  /** Reads although it has just been read, was missing, or failed: for a user who asks for it. */
  again?: boolean;
}

/** The client as far as it is needed here. */
export type ImageReader = Pick<Calls, 'media' | 'users'> & { readonly session: SessionManager };

interface Known {
  /** Null: the reader may no longer see it. */
  fresh: Fresh | null;
  error: CielError | null;
  /** Failures in a row. */
  failures: number;
  /** Until then this is returned instead of being read again. */
  until: number;
  /** The URLs that it replaces, in lists that were read before and arrive after it. */
  dead: Set<string>;
}

interface Renewals {
  running: Map<string, Promise<Fresh | null>>;
  known: Map<string, Known>;
  arrived: Map<string, Fresh | null>;
  appliers: Set<(patch: Patch) => void>;
  userId: string | null;
  isClockRight: boolean;
}

/** Ended this long before its time, because clocks differ. */
const MARGIN_MS = 60_000;
/** A photograph that fails in many places is read once. */
const KEPT_MS = 10_000;
const GONE_MS = 60_000;
const BASE_MS = 2000;
const MAX_BACKOFF_MS = 120_000;
const MAX_KNOWN = 2000;

const renewals = new WeakMap<object, Renewals>();

/** What is known belongs to one user, because URLs name their reader. */
function renewalsOf({ session }: ImageReader): Renewals {
  const { userId } = session.current;
  const known = renewals.get(session);
  if (known?.userId === userId) return known;
  const next: Renewals = {
    running: new Map(),
    known: new Map(),
    arrived: new Map(),
    appliers: known?.appliers ?? new Set(),
    userId,
    isClockRight: known?.isClockRight ?? true,
  };
  renewals.set(session, next);
  return next;
}

/**
 * Milliseconds until its URLs should be renewed, at least 0; null when they last, or when the local clock turned out to be wrong: then
 * only a failure tells.
 */
export function imageLife(ciel: ImageReader, image: Pictured): number | null {
  const end = imageEnd(image);
  if (!end || !renewalsOf(ciel).isClockRight) return null;
  return Math.max(0, end.getTime() - MARGIN_MS - Date.now());
}

/**
 * Reads fresh URLs of a photograph or avatar whose URLs have ended or failed. Calls in the same tick are sent as one batch, each
 * photograph once; what comes back is also passed to every `onFreshImages`. Waits while offline, and doesn't read again at once
 * what was missing or failed.
 * @returns the photograph or user with its fresh URLs; null when the viewer may no longer see it
 * @throws `network`, `rate_limited`, `overloaded`
 * @example
 * const fresh = await freshImage(ciel, photo);
 * if (fresh) img.src = imageOf(fresh).src;
 */
export async function freshImage<Image extends Pictured>(
  ciel: ImageReader,
  image: Image,
  { again = false }: FreshImageOptions = {},
): Promise<Image | null> {
  const state = renewalsOf(ciel);
  const key = keyOfImage(image);
  const known = state.known.get(key);
  if (known) for (const { url } of urlsOf(image)) known.dead.add(url);
  let reading = state.running.get(key);
  if (!reading && known && !again && known.until > Date.now()) {
    if (known.error) throw known.error;
    return known.fresh && { ...image, ...known.fresh };
  }
  if (!reading) {
    reading = read(ciel, state, image).finally(() => state.running.delete(key));
    state.running.set(key, reading);
  }
  const fresh = await reading;
  return fresh && { ...image, ...fresh };
}

async function read(ciel: ImageReader, state: Renewals, image: Pictured): Promise<Fresh | null> {
  const key = keyOfImage(image);
  const keep = (known: Pick<Known, 'fresh' | 'error' | 'failures' | 'until'>) => {
    const dead = state.known.get(key)?.dead ?? new Set();
    for (const { url } of urlsOf(image)) dead.add(url);
    state.known.delete(key);
    state.known.set(key, { ...known, dead });
    if (state.known.size > MAX_KNOWN) state.known.delete(state.known.keys().next().value!);
  };
  try {
    await untilOnline();
    const fresh = isPhoto(image) ? await readPhoto(ciel, image.id) : await readAvatar(ciel, image.id);
    const end = fresh && imageEnd({ id: image.id, ...fresh } as Pictured);
    if (end && end.getTime() - MARGIN_MS <= Date.now()) state.isClockRight = false;
    keep({ fresh, error: null, failures: 0, until: Date.now() + (fresh ? KEPT_MS : GONE_MS) });
    await arrive(ciel, state, key, fresh);
    return fresh;
  } catch (cause) {
    const error = toCielError(cause);
    const failures = (state.known.get(key)?.failures ?? 0) + 1;
    const backoff = Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** (failures - 1));
    const pause = Math.max(backoff, (error.retryAfterSeconds ?? 0) * 1000);
    keep({ fresh: null, error, failures, until: Date.now() + pause });
    throw error;
  }
}

/** Null for what is missing. The alt text stays, because a post has its own. */
async function readPhoto(ciel: ImageReader, mediaId: string): Promise<Fresh | null> {
  const media = await ciel.media.get({ mediaId }).catch(orNull);
  if (!media) return null;
  const { status, width, height, thumbhash, dominantColor, variants } = media;
  return { status, width, height, thumbhash, dominantColor, variants };
}

async function readAvatar(ciel: ImageReader, userId: string): Promise<Fresh | null> {
  const user = await ciel.users.get({ userId }).catch(orNull);
  return user && { avatar: user.avatar };
}

function orNull(error: unknown): null {
  if (isCielError(error, 'not_found')) return null;
  throw error;
}

interface Online {
  navigator?: { onLine?: boolean };
}

export const isOffline = (): boolean => (platform as Online).navigator?.onLine === false;

/** Resolves at once where the platform doesn't say. */
function untilOnline(): Promise<void> {
  if (!isOffline() || !platform.addEventListener) return Promise.resolve();
  return new Promise((resolve) => {
    const back = () => {
      platform.removeEventListener?.('online', back);
      resolve();
    };
    platform.addEventListener!('online', back);
  });
}

/** All that come in one response are applied by one patch. */
function arrive(ciel: ImageReader, state: Renewals, key: string, fresh: Fresh | null): Promise<void> {
  const isFirst = state.arrived.size === 0;
  state.arrived.set(key, fresh);
  return new Promise((resolve) => {
    platform.setTimeout(() => {
      if (isFirst) {
        const { arrived } = state;
        state.arrived = new Map();
        // Another user has signed in meanwhile: these are the URLs of the previous one.
        if (renewalsOf(ciel) === state) {
          const patch = patchOf((key) => arrived.get(key));
          for (const apply of state.appliers) apply(patch);
        }
      }
      resolve();
    }, 0);
  });
}

/**
 * Calls `apply` with a patch for whatever is on screen or cached, whenever images were renewed: it replaces their URLs wherever they
 * are. Returns a function that unsubscribes.
 * @example
 * onFreshImages(ciel, (patch) => {
 *   posts = patch(posts);
 *   render(posts);
 * });
 */
export function onFreshImages(ciel: ImageReader, apply: (patch: Patch) => void): () => void {
  const { appliers } = renewalsOf(ciel);
  appliers.add(apply);
  return () => void appliers.delete(apply);
}

/** For a list that was requested before and arrives after a renewal: replaces the URLs that were renewed meanwhile. */
export function withFreshImages(ciel: ImageReader): Patch {
  const { known } = renewalsOf(ciel);
  if (known.size === 0) return (value) => value;
  return patchOf((key, object) => {
    const renewed = known.get(key);
    if (!renewed?.fresh) return undefined;
    const [before] = urlsOf(object as Fresh);
    const [after] = urlsOf(renewed.fresh);
    return before && before.url !== after?.url && renewed.dead.has(before.url) ? renewed.fresh : undefined;
  });
}
