const HEADER = 128;
const MAX_TAG_BYTES = 16_384;
const CURVES = ['rTRC', 'gTRC', 'bTRC'];
const COLORANTS = ['rXYZ', 'gXYZ', 'bXYZ'];
/** Area of the sRGB triangle in the xy plane, adapted to D50. */
const SRGB_AREA = triangle([
  [0.6484, 0.3309],
  [0.3212, 0.5979],
  [0.1559, 0.066],
]);
/** Half-way between sRGB (1.0) and Display P3 (about 1.36). */
const WIDE = 1.18;

type Point = [x: number, y: number];

/**
 * For a picture whose RGB colours exceed sRGB: a new ICC profile (ICC.1:2022) with the same colorants and curves and nothing else
 * of the old one, so no names, makers or dates. Null when sRGB covers the picture.
 */
export function wideGamutProfile(icc: Buffer | undefined): Buffer | null {
  if (!icc || icc.length < HEADER + 4 || text(icc, 16) !== 'RGB ' || text(icc, 20) !== 'XYZ ') return null;
  const tags = readTags(icc);
  const colorants = COLORANTS.map((name) => tags.get(name));
  const curves = CURVES.map((name) => tags.get(name));
  if (!colorants.every((tag) => tag !== undefined && isXyz(tag)) || !curves.every(isCurve)) return null;
  const points = colorants.map((tag) => chromaticity(tag!));
  if (!(triangle(points) > SRGB_AREA * WIDE)) return null;
  return buildProfile([
    ['desc', localized('RGB')],
    ['cprt', localized('CC0')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ...COLORANTS.map((name, i): [string, Buffer] => [name, colorants[i]!.subarray(0, 20)]),
    ...CURVES.map((name, i): [string, Buffer] => [name, curves[i]!]),
  ]);
}

function readTags(icc: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = Math.min(icc.readUInt32BE(HEADER), 100);
  for (let at = HEADER + 4; tags.size < count && at + 12 <= icc.length; at += 12) {
    const offset = icc.readUInt32BE(at + 4);
    tags.set(text(icc, at), icc.subarray(offset, offset + icc.readUInt32BE(at + 8)));
  }
  return tags;
}

const isXyz = (tag: Buffer) => tag.length >= 20 && text(tag, 0) === 'XYZ ';

const isCurve = (tag: Buffer | undefined): tag is Buffer =>
  tag !== undefined &&
  tag.length >= 12 &&
  tag.length <= MAX_TAG_BYTES &&
  ['curv', 'para'].includes(text(tag, 0));

function chromaticity(tag: Buffer): Point {
  const [x = 0, y = 0, z = 0] = [8, 12, 16].map((at) => tag.readInt32BE(at) / 65536);
  return [x / (x + y + z), y / (x + y + z)];
}

function triangle(points: Point[]): number {
  const [[ax, ay], [bx, by], [cx, cy]] = points as [Point, Point, Point];
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}

/** Tags with the same content share their bytes. */
function buildProfile(tags: [name: string, body: Buffer][]): Buffer {
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  const bodies: Buffer[] = [];
  const offsets = new Map<string, number>();
  let end = HEADER + table.length;
  tags.forEach(([name, body], i) => {
    const content = body.toString('latin1');
    const offset = offsets.get(content) ?? end;
    table.write(name, 4 + i * 12, 'latin1');
    table.writeUInt32BE(offset, 8 + i * 12);
    table.writeUInt32BE(body.length, 12 + i * 12);
    if (offset !== end) return;
    offsets.set(content, offset);
    bodies.push(body, Buffer.alloc(-body.length & 3));
    end += body.length + (-body.length & 3);
  });
  return Buffer.concat([header(end), table, ...bodies]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt32BE(size);
  bytes.writeUInt32BE(0x04400000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  [2026, 1, 1].forEach((part, i) => {
    bytes.writeUInt16BE(part, 24 + i * 2);
  });
  bytes.write('acsp', 36, 'latin1');
  xyz(0.9642, 1, 0.8249).copy(bytes, 68, 8);
  return bytes;
}

function localized(words: string): Buffer {
  const bytes = Buffer.alloc(28 + words.length * 2);
  bytes.write('mluc', 'latin1');
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(12, 12);
  bytes.write('enUS', 16, 'latin1');
  bytes.writeUInt32BE(words.length * 2, 20);
  bytes.writeUInt32BE(28, 24);
  Buffer.from(words, 'utf16le').swap16().copy(bytes, 28);
  return bytes;
}

function xyz(...values: number[]): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write('XYZ ', 'latin1');
  values.forEach((value, i) => {
    bytes.writeInt32BE(Math.round(value * 65536), 8 + i * 4);
  });
  return bytes;
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);
