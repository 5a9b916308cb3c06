import { CielError, toCielError } from './errors.ts';
import type { Fetch, Signal } from './platform.ts';
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

export interface SendOptions {
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: Signal | undefined;
  fetch: Fetch;
  retry: RetryOptions | undefined;
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
  ReadableStream: new (source: { pull(controller: StreamController): void }) => object;
}
interface StreamController {
  enqueue(chunk: Uint8Array): void;
  close(): void;
}

const streams = globalThis as unknown as Streams;
const CHUNK = 64 * 1024;

/**
 * Sends the bytes to the ticket's URL, and starts over when the connection is lost. Throws an error with the object store's
 * status.
 */
export async function sendBytes(ticket: Ticket, bytes: Uint8Array, options: SendOptions): Promise<void> {
  // In browsers only XMLHttpRequest reports the progress of an upload.
  const send = streams.XMLHttpRequest ? sendByXhr : sendByFetch;
  const once = async () => {
    const status = await send(ticket, bytes, options).catch((error: unknown) => {
      throw options.signal?.aborted
        ? new CielError('aborted', 'The upload was aborted', { cause: error })
        : toCielError(error);
    });
    // 409, and from a bucket 412: it arrived before, and only the response was lost.
    if ((status < 200 || status > 299) && status !== 409 && status !== 412)
      throw new CielError('network', `The object store refused the upload with status ${status}`, { status });
  };
  await withRetries(once, 'all', options.retry, options.signal);
}

async function sendByFetch(
  { uploadUrl, method, headers }: Ticket,
  bytes: Uint8Array,
  { onProgress, signal, fetch }: SendOptions,
): Promise<number> {
  let sent = 0;
  const total = bytes.length;
  const body = new streams.ReadableStream({
    pull(controller) {
      if (sent > 0) onProgress?.({ sent, total });
      if (sent === total) return controller.close();
      const chunk = bytes.subarray(sent, sent + CHUNK);
      sent += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const response = await fetch(uploadUrl, {
    method,
    // Object stores refuse a body of unknown length.
    headers: { ...headers, 'content-length': String(total) },
    body,
    duplex: 'half',
    signal: signal ?? null,
  });
  await response.text();
  return response.status;
}

function sendByXhr(
  { uploadUrl, method, headers }: Ticket,
  bytes: Uint8Array,
  { onProgress, signal }: SendOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new streams.XMLHttpRequest!();
    const stop = () => request.abort();
    request.open(method, uploadUrl);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress?.({ sent: loaded, total: bytes.length });
    request.onload = () => {
      signal?.removeEventListener('abort', stop);
      resolve(request.status);
    };
    request.onerror = () => reject(new Error('The connection was lost during the upload'));
    request.onabort = () => reject(new Error('The upload was aborted'));
    if (signal?.aborted) return reject(new Error('The upload was aborted'));
    signal?.addEventListener('abort', stop);
    request.send(bytes);
  });
}
