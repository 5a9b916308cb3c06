import { type BlobLike, hex, platform, type WebStream } from './platform.ts';

/** A photograph to upload: a File, a Blob, its bytes, or a web or Node stream of them. */
export type Photograph = BlobLike | ArrayBuffer | Uint8Array | WebStream | AsyncIterable<Uint8Array>;

/** Reads all bytes: the server needs their number and digest before they are sent. */
export async function bytesOf(photo: Photograph): Promise<Uint8Array> {
  if (typeof photo === 'string')
    throw new TypeError('To upload from a path, use the client of @ciel/sdk/node');
  if (photo instanceof Uint8Array) return photo;
  if (photo instanceof ArrayBuffer) return new Uint8Array(photo);
  if ('arrayBuffer' in photo) return new Uint8Array(await photo.arrayBuffer());
  const chunks: Uint8Array[] = [];
  for await (const chunk of 'getReader' in photo ? chunksOf(photo) : photo) chunks.push(chunk);
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export async function* chunksOf(stream: WebStream): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value) yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

const TYPES: [type: string, beginning: RegExp][] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftyp.*avi[fs]/s],
  ['image/heic', /^.{4}ftyp.*(he(i[cxms]|v[cx])|mif1|msf1)/s],
  ['video/mp4', /^.{4}ftyp/s],
  ['image/gif', /^GIF8/],
  ['image/tiff', /^(II\*\0|MM\0\*)/],
  ['image/bmp', /^BM.{4}\0{4}/s],
  ['application/pdf', /^%PDF/],
];

/** The content type according to the first bytes, which the server will decide by too; null for unknown types. */
export function contentTypeOf(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, 32));
  return TYPES.find(([, beginning]) => beginning.test(text))?.[0] ?? null;
}

/** The SHA-256 in hexadecimal; undefined where the platform can't compute it, as on pages without HTTPS. */
export async function digestOf(bytes: Uint8Array): Promise<string | undefined> {
  const digest = await platform.crypto?.subtle?.digest('SHA-256', bytes);
  return digest && hex(new Uint8Array(digest));
}
