import { CielError, toCielError } from './errors.ts';

/** Bytes of a photograph: a File or Blob, or what Node reads from a disk. */
export type Photograph = Blob | ArrayBuffer | Uint8Array;

export interface Progress {
  /** Bytes sent. */
  sent: number;
  /** Bytes in all. */
  total: number;
}

export interface Ticket {
  uploadUrl: string;
  method: string;
  headers: Record<string, string>;
}

interface SendOptions {
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
  fetch: typeof globalThis.fetch;
}

/** The part of XMLHttpRequest that is used, so that the package needs no types of a browser. */
interface Xhr {
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: Blob): void;
  abort(): void;
  readonly status: number;
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
}
type XhrClass = new () => Xhr;

const Xhr = (globalThis as { XMLHttpRequest?: XhrClass }).XMLHttpRequest;

export const toBlob = (photo: Photograph): Blob =>
  photo instanceof Blob ? photo : new Blob([photo as Uint8Array<ArrayBuffer>]);

/** The content type by the first bytes, which is what the server will go by. */
export async function contentTypeOf(photo: Blob): Promise<string> {
  const head = new Uint8Array(await photo.slice(0, 16).arrayBuffer());
  const text = String.fromCharCode(...head);
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.slice(4, 8) === 'ftyp') return /avi[fs]/.test(text.slice(8)) ? 'image/avif' : 'image/heic';
  return photo.type || 'application/octet-stream';
}

/** Sends the bytes to the ticket's URL. XMLHttpRequest where there is one: only it reports the progress of an upload. */
export async function sendBytes(ticket: Ticket, photo: Blob, options: SendOptions): Promise<void> {
  try {
    const status = Xhr
      ? await sendByXhr(Xhr, ticket, photo, options)
      : await sendByFetch(ticket, photo, options);
    if (status < 200 || status > 299)
      throw new CielError('network', `The store answered the upload with ${status}`, { httpStatus: status });
  } catch (error) {
    throw toCielError(error);
  }
}

async function sendByFetch(
  { uploadUrl, method, headers }: Ticket,
  photo: Blob,
  { onProgress, signal, fetch }: SendOptions,
): Promise<number> {
  let sent = 0;
  const counted = photo.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sent += chunk.byteLength;
        controller.enqueue(chunk);
        onProgress?.({ sent, total: photo.size });
      },
    }),
  );
  const request = {
    method,
    // Object stores refuse a body of unknown length.
    headers: { ...headers, 'content-length': String(photo.size) },
    body: counted,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  };
  const response = await fetch(uploadUrl, request as RequestInit);
  await response.body?.cancel();
  return response.status;
}

function sendByXhr(
  Request: XhrClass,
  { uploadUrl, method, headers }: Ticket,
  photo: Blob,
  { onProgress, signal }: SendOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new Request();
    request.open(method, uploadUrl);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress?.({ sent: loaded, total: photo.size });
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new Error('The upload broke off'));
    request.onabort = () => reject(new DOMException('The upload was aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(photo);
  });
}
