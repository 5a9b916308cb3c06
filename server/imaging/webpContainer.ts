/** A chunk of the RIFF container of WebP (developers.google.com/speed/webp/docs/riff_container). */
export interface Chunk {
  type: string;
  body: Buffer;
}

const FLAGS = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 };
const BITS = ['VP8 ', 'VP8L', 'ALPH'];
/** Bytes before the chunks of a frame. */
const FRAME_HEAD = 16;

/** Keeps only the picture and its animation, and adds `exif`. `profile` takes the place of the one in the file. */
export function stripWebp(file: Buffer, exif: Buffer | null, profile: Buffer | null): Buffer {
  const chunks = readChunks(file, 12).flatMap(keptChunk);
  const extended = chunks.find(({ type }) => type === 'VP8X');
  if (!extended) return writeChunks(chunks);
  const head = Buffer.from(extended.body);
  const dropped = FLAGS.exif | FLAGS.xmp | FLAGS.profile;
  head[0] = (head[0]! & ~dropped) | (exif ? FLAGS.exif : 0) | (profile ? FLAGS.profile : 0);
  const rest = chunks.filter((chunk) => chunk !== extended);
  return writeChunks([
    { type: 'VP8X', body: head },
    ...(profile ? [{ type: 'ICCP', body: profile }] : []),
    ...rest,
    ...(exif ? [{ type: 'EXIF', body: exif }] : []),
  ]);
}

/** The chunk when it belongs to the picture, cut to the bytes that mean something. */
function keptChunk({ type, body }: Chunk): Chunk[] {
  if (BITS.includes(type)) return [{ type, body }];
  if (type === 'VP8X') return [{ type, body: body.subarray(0, 10) }];
  if (type === 'ANIM') return [{ type, body: body.subarray(0, 6) }];
  if (type !== 'ANMF' || body.length < FRAME_HEAD) return [];
  const parts = readChunks(body, FRAME_HEAD).filter((part) => BITS.includes(part.type));
  return [{ type, body: Buffer.concat([body.subarray(0, FRAME_HEAD), ...parts.flatMap(writeChunk)]) }];
}

/** Adds a colour profile to a still picture from the encoder. */
export function withProfile(file: Buffer, profile: Buffer, size: { width: number; height: number }): Buffer {
  const chunks = readChunks(file, 12).filter(({ type }) => BITS.includes(type));
  const head = Buffer.alloc(10);
  const isLossless = chunks.some(({ type }) => type === 'VP8L');
  const hasAlpha = isLossless || chunks.some(({ type }) => type === 'ALPH');
  head[0] = FLAGS.profile | (hasAlpha ? FLAGS.alpha : 0);
  head.writeUIntLE(size.width - 1, 4, 3);
  head.writeUIntLE(size.height - 1, 7, 3);
  return writeChunks([{ type: 'VP8X', body: head }, { type: 'ICCP', body: profile }, ...chunks]);
}

/** The chunks of a file, or those of a frame when `from` is behind its head. */
function readChunks(bytes: Buffer, from: number): Chunk[] {
  const end = from === FRAME_HEAD ? bytes.length : Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const chunks: Chunk[] = [];
  for (let at = from; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push({
      type: bytes.toString('latin1', at, at + 4),
      body: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

function writeChunk({ type, body }: Chunk): Buffer[] {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return [head, body, Buffer.alloc(body.length & 1)];
}

function writeChunks(chunks: Chunk[]): Buffer {
  const parts = chunks.flatMap(writeChunk);
  const head = Buffer.alloc(12);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, ...parts]);
}
