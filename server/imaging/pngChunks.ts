import { crc32 } from 'node:zlib';
import { damaged } from './unusableImage.ts';

export const PNG_SIGNATURE_BYTES = 8;

/** A chunk of a PNG file (W3C PNG, third edition). */
export interface PngChunk {
  type: string;
  body: Buffer;
}

/** The chunks in their order. Throws UnusableImage at one that is longer than the file. */
export function* pngChunks(file: Buffer): Generator<PngChunk> {
  for (let at = PNG_SIGNATURE_BYTES; at + 12 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) throw damaged();
    yield { type: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, end - 4) };
    at = end;
  }
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length);
  chunk.write(type, 4, 'latin1');
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}
