import type { Photograph } from './bytes.ts';
import type { Calls } from './calls.ts';
import { type CielError, isCielError, toCielError } from './errors.ts';
import { isRetryable } from './retry.ts';
import { isPatient, isTaken, pauseAfter, type SendOptions, sendBytes } from './sending.ts';
import type { StoreCallbacks } from './stores.ts';
import { recall, remember } from './unfinished.ts';

/** Enough to fill a line while responses are awaited; a lost connection costs this many parts at most. */
const IN_FLIGHT = 3;
/** Progress is shown and remembered in steps of this fraction. */
const STEP = 0.005;

interface LargeFile {
  calls: Calls;
  bytes: Uint8Array;
  /** Identifies the file. */
  file: string;
  store: StoreCallbacks;
  options: SendOptions;
}

type Ticket = Awaited<ReturnType<Calls['media']['upload']>>;
type Part = NonNullable<Ticket['parts']>[number];

/** Sends one large file in parts. */
export function createParted({ calls, bytes, file, store, options }: LargeFile) {
  const total = bytes.length;
  const call = options.signal ? { signal: options.signal } : {};
  const inFlight = new Map<number, number>();
  let arrived = 0;
  let shown = 0;
  let arrivedAt = Date.now();

  /** Shows how much is sent, never less than before. It is all only when all has arrived. */
  function show(uploadId: string): void {
    const flying = [...inFlight.values()].reduce((sum, sent) => sum + sent, 0);
    const sent = arrived === total ? total : Math.min(arrived + flying, total - 1);
    if (sent < shown + total * STEP && (sent < total || shown === total)) return;
    shown = sent;
    options.onProgress?.({ sent, total });
    if (sent < total) void remember(store, file, { uploadId, sent });
  }

  async function sendPart(uploadId: string, { number, from, to, url, headers }: Part): Promise<void> {
    const onProgress = ({ sent }: { sent: number }) => {
      inFlight.set(number, sent);
      show(uploadId);
    };
    const ticket = { uploadUrl: url, method: 'PUT', headers };
    try {
      await sendBytes(ticket, bytes.subarray(from, to), { ...options, onProgress });
      arrived += to - from;
      arrivedAt = Date.now();
    } finally {
      inFlight.delete(number);
    }
    show(uploadId);
  }

  async function sendAll(uploadId: string, parts: Part[]): Promise<void> {
    const left = [...parts];
    let failure: unknown;
    const sendNext = async (): Promise<void> => {
      const part = failure === undefined ? left.shift() : undefined;
      if (!part) return;
      await sendPart(uploadId, part).catch((error: unknown) => {
        failure ??= error;
      });
      return sendNext();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, sendNext));
    if (failure !== undefined) throw failure;
  }

  /** Asks which parts are missing, and sends them. False when the file has to be sent whole. */
  async function sendMissing(uploadId: string, isAgain: boolean): Promise<boolean> {
    const { status, parts } = await calls.media.status({ uploadId }, call);
    if (status !== 'pending') return true;
    if (!parts) return false;
    arrived = total - parts.reduce((sum, { from, to }) => sum + to - from, 0);
    show(uploadId);
    await sendAll(uploadId, parts);
    // A server of an older release does not join what has arrived.
    return !isAgain || parts.length > 0;
  }

  /** Goes on through lost connections and expired URLs. */
  async function send(uploadId: string, isAgain: boolean): Promise<boolean> {
    const unfinished = await recall(store, file);
    if (unfinished && unfinished.sent > shown) {
      shown = unfinished.sent;
      options.onProgress?.({ sent: shown, total });
    }
    await remember(store, file, { uploadId, sent: shown });
    arrivedAt = Date.now();
    for (let pauses = 0, before = 0; ; pauses += 1) {
      try {
        return await sendMissing(uploadId, isAgain);
      } catch (cause) {
        const error = toCielError(cause);
        if (!mayEnd(error) || !isPatient(options, arrivedAt)) throw error;
      }
      if (arrived > before) pauses = 0;
      before = Math.max(before, arrived);
      await pauseAfter(pauses, options.signal);
    }
  }

  return {
    send,
    /** What an earlier call has left, where the server can't recognise the file because there is no digest. */
    async findUnfinished(): Promise<Pick<Ticket, 'uploadId' | 'status' | 'parts'> | undefined> {
      const unfinished = await recall(store, file);
      if (!unfinished) return undefined;
      const { uploadId } = unfinished;
      const found = await calls.media.status({ uploadId }, call).catch((error: unknown) => {
        if (isCielError(error, 'not_found')) return null;
        throw error;
      });
      const isUsable = found && found.status !== 'failed' && (found.status !== 'pending' || found.parts);
      if (isUsable) return { ...found, uploadId };
      await remember(store, file, null);
      return undefined;
    },
    forget: () => remember(store, file, null),
  };
}

/** What may be over after a pause; with new URLs that includes what was refused or not found. The status says what has arrived. */
const mayEnd = (error: CielError): boolean =>
  isRetryable(error, 'all') ||
  isTaken(error) ||
  (error.code === 'network' && [403, 404, 408].includes(error.status));

/** Identifies a file where the platform computes no digest. */
export function fingerprint(photo: Photograph, bytes: Uint8Array, altText = ''): string {
  const { name = '', lastModified = 0 } = photo as { name?: string; lastModified?: number };
  let hash = 0x811c9dc5;
  for (const byte of bytes.subarray(0, 65_536)) hash = Math.imul(hash ^ byte, 0x01000193);
  return [name, bytes.length, lastModified, hash >>> 0, altText].join(' ');
}
