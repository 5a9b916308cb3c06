/** A chunk of the RIFF container of WebP (developers.google.com/speed/webp/docs/riff_container). */
export interface Chunk {
  type: string;
  body: Buffer;
}

const FLAGS = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 };
const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/** Keeps only the picture, its animation and its colour profile, and adds `exif`. */
export function stripWebp(file: Buffer, exif: Buffer | null): Buffer {
  const chunks = readChunks(file).filter(({ type }) => KEPT.has(type));
  const extended = chunks.find(({ type }) => type === 'VP8X');
  if (!extended) return writeChunks(chunks);
  const head = Buffer.from(extended.body);
  head[0] = (head[0]! & ~(FLAGS.exif | FLAGS.xmp)) | (exif ? FLAGS.exif : 0);
  const rest = chunks.filter((chunk) => chunk !== extended);
  return writeChunks([
    { type: 'VP8X', body: head },
    ...rest,
    ...(exif ? [{ type: 'EXIF', body: exif }] : []),
  ]);
}

/** Adds a colour profile to a still picture from the encoder. */
export function withProfile(file: Buffer, profile: Buffer, size: { width: number; height: number }): Buffer {
  const chunks = readChunks(file).filter(({ type }) => ['VP8 ', 'VP8L', 'ALPH'].includes(type));
  const head = Buffer.alloc(10);
  const isLossless = chunks.some(({ type }) => type === 'VP8L');
  const hasAlpha = isLossless || chunks.some(({ type }) => type === 'ALPH');
  head[0] = FLAGS.profile | (hasAlpha ? FLAGS.alpha : 0);
  head.writeUIntLE(size.width - 1, 4, 3);
  head.writeUIntLE(size.height - 1, 7, 3);
  return writeChunks([{ type: 'VP8X', body: head }, { type: 'ICCP', body: profile }, ...chunks]);
}

function readChunks(file: Buffer): Chunk[] {
  const end = Math.min(file.length, 8 + file.readUInt32LE(4));
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const length = file.readUInt32LE(at + 4);
    chunks.push({ type: file.toString('latin1', at, at + 4), body: file.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

function writeChunks(chunks: Chunk[]): Buffer {
  const parts = chunks.flatMap(({ type, body }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return [head, body, Buffer.alloc(body.length & 1)];
  });
  const head = Buffer.alloc(12);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, ...parts]);
}
