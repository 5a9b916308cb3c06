import { CielError, isCielError, toCielError } from './errors.ts';
import { type Fetch, platform, type Signal, sleep } from './platform.ts';
import { type RetryOptions, withRetries } from './retry.ts';

/** The progress of an upload. */
export interface Progress {
  /** Bytes sent. */
  sent: number;
  /** Bytes in total. */
  total: number;
}

export interface Ticket {
  uploadUrl: string;
  method: string;
  headers: Record<string, string>;
}

/** How bytes are sent. */
export interface Transfer {
  fetch: Fetch;
  retry: RetryOptions | undefined;
  /** A request of which nothing has moved for this long is given up. */
  idleMs: number;
}

export interface SendOptions extends Transfer {
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: Signal | undefined;
}

/** The part of XMLHttpRequest that is used here. */
interface Xhr {
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: Uint8Array): void;
  abort(): void;
  readonly status: number;
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
}

interface Streams {
  XMLHttpRequest?: new () => Xhr;
  /** There in workers of browsers. */
  WorkerGlobalScope?: unknown;
  ReadableStream: new (source: { pull(controller: StreamController): void }) => object;
}
interface StreamController {
  enqueue(chunk: Uint8Array): void;
  close(): void;
}

const streams = globalThis as unknown as Streams;
const CHUNK = 64 * 1024;
/** Bytes in a millisecond on a line that is too slow to wait for, where progress can't be seen. */
const SLOWEST = 64;

/**
 * Sends the bytes to the ticket's URL, and starts over when the connection is lost. Throws an error with the object store's
 * status.
 */
export async function sendBytes(ticket: Ticket, bytes: Uint8Array, options: SendOptions): Promise<void> {
  // In browsers only XMLHttpRequest reports the progress of an upload.
  const send = streams.XMLHttpRequest ? sendByXhr : sendByFetch;
  const once = async () => {
    const watch = watchIdle(options);
    const status = await send(ticket, bytes, { ...options, ...watch })
      .catch((error: unknown) => {
        throw options.signal?.aborted
          ? new CielError('aborted', 'The upload was aborted', { cause: error })
          : toCielError(watch.signal.reason ?? error);
      })
      .finally(watch.end);
    if (status < 200 || status > 299)
      throw new CielError('network', `The object store refused the upload with status ${status}`, { status });
  };
  await withRetries(once, 'all', options.retry, options.signal);
}

/**
 * 409, and from a bucket 412: it has arrived, and only the response was lost, or another request is still sending it. Which of both, the
 * server says.
 */
export const isTaken = (error: unknown): boolean =>
  isCielError(error, 'network') && (error.status === 409 || error.status === 412);

/** It is given up when nothing has arrived for this long. */
const PATIENCE_MS = 600_000;
const LONGEST_PAUSE_MS = 30_000;

/** Whether to try again what failed, when something has arrived last at this time. */
export const isPatient = ({ retry }: SendOptions, arrivedAt: number): boolean =>
  retry?.attempts !== 1 && Date.now() - arrivedAt <= PATIENCE_MS;

/** Waits before the next try, longer after each. */
export const pauseAfter = (pauses: number, signal: Signal | undefined): Promise<void> =>
  pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** pauses) * (0.5 + Math.random() / 2), signal);

export const pause = (ms: number, signal: Signal | undefined): Promise<void> =>
  sleep(ms, signal).catch((cause: unknown) => {
    throw new CielError('aborted', 'The upload was aborted', { cause });
  });

interface Watch {
  /** Aborts with the caller's signal, and when nothing has moved for too long. */
  signal: Signal;
  /** Something has moved; nothing more can be seen to move for this many milliseconds. */
  moved(unseenMs?: number): void;
  end(): void;
}

function watchIdle({ signal, idleMs }: SendOptions): Watch {
  const controller = new platform.AbortController();
  let timer: unknown;
  const stop = () => controller.abort(signal?.reason);
  const giveUp = () => controller.abort(new Error('Nothing was sent for too long'));
  const moved = (unseenMs = 0) => {
    platform.clearTimeout(timer);
    timer = platform.setTimeout(giveUp, idleMs + unseenMs);
  };
  moved();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return {
    signal: controller.signal,
    moved,
    end() {
      platform.clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}

type Sending = SendOptions & Watch;

async function sendByFetch(
  { uploadUrl, method, headers }: Ticket,
  bytes: Uint8Array,
  { onProgress, signal, fetch, moved }: Sending,
): Promise<number> {
  let sent = 0;
  const total = bytes.length;
  // Workers of browsers can't send a stream, or only over HTTP/2.
  const isSentAtOnce = streams.WorkerGlobalScope !== undefined;
  const body = () =>
    new streams.ReadableStream({
      pull(controller) {
        moved();
        if (sent > 0) onProgress?.({ sent, total });
        if (sent === total) return controller.close();
        const chunk = bytes.subarray(sent, sent + CHUNK);
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
  if (isSentAtOnce) moved(total / SLOWEST);
  const response = await fetch(
    uploadUrl,
    isSentAtOnce
      ? { method, headers, body: bytes, signal }
      : {
          method,
          // Object stores refuse a body of unknown length.
          headers: { ...headers, 'content-length': String(total) },
          body: body(),
          duplex: 'half',
          signal,
        },
  );
  await response.text();
  if (isSentAtOnce && response.ok) onProgress?.({ sent: total, total });
  return response.status;
}

function sendByXhr(
  { uploadUrl, method, headers }: Ticket,
  bytes: Uint8Array,
  { onProgress, signal, moved }: Sending,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new streams.XMLHttpRequest!();
    request.open(method, uploadUrl);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      moved();
      onProgress?.({ sent: loaded, total: bytes.length });
    };
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new Error('The connection was lost during the upload'));
    request.onabort = () => reject(new Error('The upload was aborted'));
    if (signal.aborted) return reject(new Error('The upload was aborted'));
    signal.addEventListener('abort', () => request.abort());
    request.send(bytes);
  });
}
