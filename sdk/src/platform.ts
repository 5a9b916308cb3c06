/** The parts of the platform that the package uses, by shape, so that nobody needs the DOM or Node types. */

/** An AbortSignal. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface Controller {
  readonly signal: Signal;
  abort(reason?: unknown): void;
}

/** A Blob or a File. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A web stream of bytes. */
export interface WebStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
  };
}

export interface FetchInit {
  method?: string;
  headers?: object;
  body?: unknown;
  signal?: unknown;
  /** Required when the body is a stream. */
  duplex?: 'half';
}

export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: object | null;
  text(): Promise<string>;
}

/** The shape of `fetch`. */
export type Fetch = {
  // Declared as a method, so that the platform's own, whose parameter types are narrower, is assignable.
  fetch(url: string, init?: FetchInit): Promise<FetchResponse>;
}['fetch'];

/** Web Locks. */
export interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
  request<T>(name: string, how: { signal?: Signal; steal?: boolean }, work: () => Promise<T>): Promise<T>;
}

/** A BroadcastChannel. */
export interface Channel {
  onmessage: ((event: { data: never }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

interface Platform {
  fetch: Fetch;
  AbortController: new () => Controller;
  TextDecoder: new () => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };
  setTimeout(work: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  crypto?: {
    randomUUID?(): string;
    getRandomValues?(bytes: Uint8Array): Uint8Array;
    subtle?: { digest(name: string, bytes: Uint8Array): Promise<ArrayBuffer> };
  };
  navigator?: { locks?: Locks };
  BroadcastChannel?: new (name: string) => Channel;
  addEventListener?(type: string, listener: (event: never) => void): void;
  removeEventListener?(type: string, listener: (event: never) => void): void;
}

export const platform = globalThis as unknown as Platform;

/** A random UUID; pages without HTTPS have no `randomUUID`. */
export function uuid(): string {
  const { crypto } = platform;
  if (crypto?.randomUUID) return crypto.randomUUID();
  const bytes = new Uint8Array(16);
  if (crypto?.getRandomValues) crypto.getRandomValues(bytes);
  else for (let i = 0; i < 16; i += 1) bytes[i] = Math.random() * 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Resolves after `ms` milliseconds; rejects with the signal's reason if that comes first. */
export const sleep = (ms: number, signal?: Signal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      platform.clearTimeout(timer);
      reject(abortReason(signal));
    };
    const timer = platform.setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });

export const abortReason = (signal?: Signal): unknown =>
  signal?.reason ?? Object.assign(new Error('The call was aborted'), { name: 'AbortError' });

/** The promise's result; rejects as soon as the signal aborts. */
export function untilAborted<T>(promise: Promise<T>, signal?: Signal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(abortReason(signal));
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
}
