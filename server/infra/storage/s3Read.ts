import type { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ObjectTooLarge } from './storage.ts';

/** Reads the whole body. A store that stalls, or sends more or less than it announced, causes an error, never a short object. */
export async function readBody(
  key: string,
  { Body, ContentLength }: GetObjectCommandOutput,
  maxBytes: number,
  timeoutMs: number,
): Promise<Buffer> {
  const body = Body as Readable;
  const timer = setTimeout(
    () => body.destroy(new Error(`the object store stalled while sending ${key}`)),
    timeoutMs,
  );
  try {
    if (ContentLength !== undefined && ContentLength > maxBytes) throw new ObjectTooLarge(key);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new ObjectTooLarge(key);
      chunks.push(chunk);
    }
    if (ContentLength !== undefined && bytes !== ContentLength)
      throw new Error(`the object store sent ${bytes} of ${ContentLength} bytes of ${key}`);
    return Buffer.concat(chunks, bytes);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}
