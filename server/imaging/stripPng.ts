import { createInflate, deflateSync } from 'node:zlib';
import { PNG_SIGNATURE_BYTES, pngChunk, pngChunks } from './pngChunks.ts';
import { damaged } from './unusableImage.ts';

/** The chunks that are kept, and the most bytes that each means. */
const KEPT: Record<string, number> = {
  ...{ IHDR: 13, PLTE: 768, tRNS: 256, sBIT: 4, bKGD: 6, pHYs: 9 },
  ...{ gAMA: 4, cHRM: 32, sRGB: 1, cICP: 4, mDCV: 24, cLLI: 8 },
  ...{ acTL: 8, fcTL: 26 },
};
const FRAME_NUMBER = 4;

/**
 * The chunks that show the picture, each cut to the bytes that mean something. Compressed data ends where its stream says. `profile`
 * takes the place of the one in the file.
 */
export async function stripPng(file: Buffer, exif: Buffer | null, profile: Buffer | null): Promise<Buffer> {
  const kept = [file.subarray(0, PNG_SIGNATURE_BYTES)];
  let data: Buffer[] = [];
  let frame: Buffer[] = [];
  const endData = async () => {
    if (data.length > 0) kept.push(...(await cutData(data)).map((body) => pngChunk('IDAT', body)));
    data = [];
    if (frame.length > 0) kept.push(...(await cutFrame(frame)).map((body) => pngChunk('fdAT', body)));
    frame = [];
  };
  for (const { type, body } of pngChunks(file)) {
    if (type === 'IDAT') data.push(body);
    else if (type === 'fdAT') frame.push(body);
    else {
      await endData();
      const length = KEPT[type];
      if (length !== undefined) kept.push(pngChunk(type, body.subarray(0, length)));
    }
    if (type === 'IHDR' && profile) kept.push(pngChunk('iCCP', compressed(profile)));
    if (type === 'IHDR' && exif) kept.push(pngChunk('eXIf', exif));
    if (type === 'IEND') break;
  }
  await endData();
  kept.push(pngChunk('IEND', Buffer.alloc(0)));
  return Buffer.concat(kept);
}

/** Name, method, profile. */
const compressed = (profile: Buffer) => Buffer.concat([Buffer.from('ICC\0\0'), deflateSync(profile)]);

/** The pieces of one compressed stream, without what follows its end. */
async function cutData(pieces: Buffer[]): Promise<Buffer[]> {
  let left = await streamLength(pieces);
  const cut = pieces.map((piece) => {
    const part = piece.subarray(0, left);
    left -= part.length;
    return part;
  });
  return cut.filter(({ length }) => length > 0);
}

async function cutFrame(pieces: Buffer[]): Promise<Buffer[]> {
  if (pieces.some(({ length }) => length < FRAME_NUMBER)) throw damaged();
  const cut = await cutData(pieces.map((piece) => piece.subarray(FRAME_NUMBER)));
  return cut.map((part, i) => Buffer.concat([pieces[i]!.subarray(0, FRAME_NUMBER), part]));
}

/** Bytes up to the end of the stream. What comes out is thrown away, so that the pixels are never held. */
function streamLength(pieces: Buffer[]): Promise<number> {
  const inflate = createInflate({ chunkSize: 65_536 });
  return new Promise((resolve, reject) => {
    inflate.on('data', () => {});
    inflate.on('error', () => reject(damaged()));
    inflate.on('end', () => {
      resolve(inflate.bytesWritten);
      inflate.destroy();
    });
    const writeFrom = (index: number): void => {
      const piece = pieces[index];
      if (!piece) inflate.end();
      else inflate.write(piece, (error) => error ?? writeFrom(index + 1));
    };
    writeFrom(0);
  });
}
