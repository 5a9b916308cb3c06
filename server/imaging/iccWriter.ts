import { type Curve, D50, matrixToD50, type Primaries } from './colourMath.ts';

export type Tag = [name: string, body: Buffer];

export interface ProfileHeader {
  /** Major and minor version, such as 0x0440. */
  version: number;
  profileClass: string;
  space: string;
  connection: string;
  intent: number;
}

const HEADER = 128;
const DISPLAY: ProfileHeader = {
  version: 0x0440,
  profileClass: 'mntr',
  space: 'RGB ',
  connection: 'XYZ ',
  intent: 0,
};

/** A profile (ICC.1:2022) of three primaries and one curve, without names, makers or dates. */
export function matrixProfile(primaries: Primaries, curve: Curve | Buffer): Buffer {
  const [red, green, blue] = matrixToD50(primaries).columns();
  const body = 'gamma' in curve ? parametric(curve) : curve;
  return writeProfile(DISPLAY, [
    ...named(DISPLAY.version),
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ...['rTRC', 'gTRC', 'bTRC'].map((name): Tag => [name, body]),
  ]);
}

/** A profile that maps RGB to Lab by a table of 16-bit values, red slowest. `lab` gets RGB from 0 to 1. */
export function tableProfile(points: number, lab: (rgb: number[]) => number[]): Buffer {
  const table = Buffer.alloc(52 + 12 + points ** 3 * 6 + 12);
  table.write('mft2', 'latin1');
  table.set([3, 3, points], 8);
  for (const diagonal of [12, 28, 44]) table.writeInt32BE(65536, diagonal);
  table.writeUInt16BE(2, 48);
  table.writeUInt16BE(2, 50);
  const isOne = (i: number) => i % 2 === 1;
  for (let i = 0; i < 6; i++) table.writeUInt16BE(isOne(i) ? 0xffff : 0, 52 + i * 2);
  for (let i = 0; i < 6; i++) table.writeUInt16BE(isOne(i) ? 0xffff : 0, table.length - 12 + i * 2);
  const step = (index: number) => index / (points - 1);
  let at = 64;
  for (let red = 0; red < points; red++)
    for (let green = 0; green < points; green++)
      for (let blue = 0; blue < points; blue++) {
        const [l = 0, a = 0, b = 0] = lab([step(red), step(green), step(blue)]);
        for (const value of [(l / 100) * 0xff00, (a + 128) * 256, (b + 128) * 256]) {
          table.writeUInt16BE(Math.min(0xffff, Math.max(0, Math.round(value))), at);
          at += 2;
        }
      }
  // Version 2: version 4 would let a colour engine move the black point of a perceptual table.
  const header = { ...DISPLAY, version: 0x0240, connection: 'Lab ' };
  return writeProfile(header, [...named(header.version), ['wtpt', xyz(D50)], ['A2B0', table]]);
}

/** Tags with the same content share their bytes. */
export function writeProfile(header: ProfileHeader, tags: Tag[]): Buffer {
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
  return Buffer.concat([writeHeader(header, end), table, ...bodies]);
}

function writeHeader(header: ProfileHeader, size: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt32BE(size);
  bytes.writeUInt16BE(header.version, 8);
  bytes.write(header.profileClass + header.space + header.connection, 12, 'latin1');
  [2026, 1, 1].forEach((part, i) => {
    bytes.writeUInt16BE(part, 24 + i * 2);
  });
  bytes.write('acsp', 36, 'latin1');
  bytes.writeUInt32BE(header.intent, 64);
  xyz(D50).copy(bytes, 68, 8);
  return bytes;
}

/** The two texts that every profile must have. */
export const named = (version: number): Tag[] =>
  version < 0x0400
    ? [
        ['desc', description('RGB')],
        ['cprt', Buffer.from('text\0\0\0\0CC0\0')],
      ]
    : [
        ['desc', localized('RGB')],
        ['cprt', localized('CC0')],
      ];

function description(words: string): Buffer {
  const bytes = Buffer.alloc(12 + words.length + 1 + 78);
  bytes.write('desc', 'latin1');
  bytes.writeUInt32BE(words.length + 1, 8);
  bytes.write(words, 12, 'latin1');
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

function xyz(values: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('XYZ \0\0\0\0'), fixed(values)]);
}

/** Type 0 is a power, type 3 a power with a straight part near black. */
function parametric({ gamma, a, b, c, d }: Curve): Buffer {
  const isPower = a === 1 && b === 0 && d === 0;
  const head = Buffer.from(`para\0\0\0\0\0${isPower ? '\0' : '\x03'}\0\0`, 'latin1');
  return Buffer.concat([head, fixed(isPower ? [gamma] : [gamma, a, b, c, d])]);
}

function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeInt32BE(Math.round(value * 65536), i * 4);
  });
  return bytes;
}
