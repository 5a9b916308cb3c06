import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cameraDataOf } from '../../server/imaging/cameraData.ts';
import { seededRandom } from '../support/random.ts';
import { CANARY, chatty } from './corpus.ts';

const exifOf = async (file: Buffer) => (await sharp(file).metadata()).exif!;

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'of all that a %s tells, eight things are kept',
  async (format) => {
    const camera = cameraDataOf(await exifOf(await chatty(format)));
    expect(camera).toEqual({
      make: 'Ciel',
      model: 'Test One',
      lens: '23mm f/2',
      focalLength: '23 mm',
      aperture: 'f/2.8',
      exposureTime: '1/250 s',
      iso: '200',
      takenAt: '2026-11-23T09:30:00',
    });
    expect(JSON.stringify(camera)).not.toContain(CANARY);
  },
);

test('a photograph that tells nothing has no camera', () => {
  expect(cameraDataOf(undefined)).toEqual({});
  expect(cameraDataOf(Buffer.from('no EXIF at all'))).toEqual({});
});

type Entry = [tag: number, type: number, count: number, value: Buffer];

/** A big-endian TIFF structure, its longer values behind its one directory. */
function exif(entries: Entry[]): Buffer {
  const table = Buffer.alloc(10 + entries.length * 12 + 4);
  table.write('MM\0*', 'latin1');
  table.writeUInt32BE(8, 4);
  table.writeUInt16BE(entries.length, 8);
  const values: Buffer[] = [];
  let end = table.length;
  entries.forEach(([tag, type, count, value], i) => {
    const at = 10 + i * 12;
    table.writeUInt16BE(tag, at);
    table.writeUInt16BE(type, at + 2);
    table.writeUInt32BE(count, at + 4);
    if (value.length <= 4) value.copy(table, at + 8);
    else {
      table.writeUInt32BE(end, at + 8);
      values.push(value);
      end += value.length;
    }
  });
  return Buffer.concat([table, ...values]);
}

const MODEL = 0x0110;
const text = (value: string): Entry => [MODEL, 2, Buffer.byteLength(value), Buffer.from(value)];
const rational = (tag: number, above: number, below: number): Entry => {
  const value = Buffer.alloc(8);
  value.writeUInt32BE(above);
  value.writeUInt32BE(below, 4);
  return [tag, 5, 1, value];
};

describe('what photographers read', () => {
  const [FOCAL_LENGTH, APERTURE, EXPOSURE, ISO] = [0x920a, 0x829d, 0x829a, 0x8827];
  const short = (tag: number, value: number): Entry => [tag, 3, 1, Buffer.from([value >> 8, value & 255])];
  const long = (tag: number, value: number): Entry => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return [tag, 4, 1, bytes];
  };
  const rationals = (tag: number, ...values: [number, number][]): Entry => [
    tag,
    5,
    values.length,
    Buffer.concat(values.map(([above, below]) => rational(tag, above, below)[3])),
  ];

  test.each([
    [95, 100, 'f/0.95'],
    [14, 10, 'f/1.4'],
    [178, 100, 'f/1.78'],
    [28, 10, 'f/2.8'],
    [22, 1, 'f/22'],
  ])('an aperture of %i/%i is %s', (above, below, aperture) => {
    expect(cameraDataOf(exif([rational(APERTURE, above, below)]))).toEqual({ aperture });
  });

  test.each([
    [1, 8000, '1/8000 s'],
    [10, 1210, '1/121 s'],
    [1, 4, '1/4 s'],
    [29, 100, '0.3 s'],
    [1, 3, '1/3 s'],
    [4, 10, '0.4 s'],
    [1, 2, '1/2 s'],
    [6, 10, '0.6 s'],
    [1, 1, '1 s'],
    [13, 10, '1.3 s'],
    [30, 1, '30 s'],
  ])('an exposure of %i/%i is %s', (above, below, exposureTime) => {
    expect(cameraDataOf(exif([rational(EXPOSURE, above, below)]))).toEqual({ exposureTime });
  });

  test('a sensitivity beyond 65535 is in the field that its type names', () => {
    expect(cameraDataOf(exif([short(ISO, 6400), long(0x8832, 1)]))).toEqual({ iso: '6400' });
    const fields = [short(ISO, 65_535), long(0x8831, 80_000), long(0x8832, 102_400), long(0x8833, 204_800)];
    expect(cameraDataOf(exif([...fields, short(0x8830, 2)]))).toEqual({ iso: '102400' });
    expect(cameraDataOf(exif([...fields, short(0x8830, 1)]))).toEqual({ iso: '80000' });
    expect(cameraDataOf(exif([...fields, short(0x8830, 3)]))).toEqual({ iso: '204800' });
    expect(cameraDataOf(exif([short(ISO, 65_535)]))).toEqual({ iso: '65535' });
  });

  test('a focal length comes with its equivalent on 35 mm film where that differs', () => {
    const phone = [rational(FOCAL_LENGTH, 686, 100), short(0xa405, 24)];
    expect(cameraDataOf(exif(phone))).toEqual({ focalLength: '6.9 mm (24 mm equivalent)' });
    const full = [rational(FOCAL_LENGTH, 50, 1), short(0xa405, 50)];
    expect(cameraDataOf(exif(full))).toEqual({ focalLength: '50 mm' });
    expect(cameraDataOf(exif([short(0xa405, 28)]))).toEqual({ focalLength: '28 mm equivalent' });
    expect(cameraDataOf(exif([rational(FOCAL_LENGTH, 50, 1), short(0xa405, 0)]))).toEqual({
      focalLength: '50 mm',
    });
  });

  test('a lens without a name is told by its specification', () => {
    const LENS = 0xa432;
    const lens = (...values: [number, number][]) => cameraDataOf(exif([rationals(LENS, ...values)]));
    expect(lens([24, 1], [70, 1], [28, 10], [28, 10])).toEqual({ lens: '24–70 mm f/2.8' });
    expect(lens([18, 1], [55, 1], [35, 10], [56, 10])).toEqual({ lens: '18–55 mm f/3.5–5.6' });
    expect(lens([50, 1], [50, 1], [12, 10], [12, 10])).toEqual({ lens: '50 mm f/1.2' });
    expect(lens([50, 1], [50, 1], [0, 0], [0, 0])).toEqual({ lens: '50 mm' });
    expect(lens([0, 0], [0, 0], [0, 0], [0, 0])).toEqual({});
  });

  test('EXIF 3.0 writes texts in UTF-8', () => {
    const name = Buffer.from('Voigtländer 50mm\0');
    expect(cameraDataOf(exif([[0xa434, 129, name.length, name]]))).toEqual({ lens: 'Voigtländer 50mm' });
  });
});

describe('what a hostile file claims', () => {
  test('is cut to words that can be shown', () => {
    expect(cameraDataOf(exif([text('a\u202eb\x07 c\0 hidden')]))).toEqual({ model: 'a b c' });
    expect(cameraDataOf(exif([text('x'.repeat(5000))])).model).toHaveLength(100);
    expect(cameraDataOf(exif([text(' \n ')]))).toEqual({});
  });

  test('is left out when it is no sensible amount', () => {
    const [FOCAL_LENGTH, APERTURE, EXPOSURE] = [0x920a, 0x829d, 0x829a];
    expect(
      cameraDataOf(exif([rational(FOCAL_LENGTH, 0, 1), rational(APERTURE, 1, 0), rational(EXPOSURE, 0, 0)])),
    ).toEqual({});
    expect(cameraDataOf(exif([rational(EXPOSURE, 5, 2)]))).toEqual({ exposureTime: '2.5 s' });
    const taken = (value: string): Entry => [0x9003, 2, value.length, Buffer.from(value)];
    for (const value of ['2026:13:40 09:30:00', 'yesterday, late at noon', '0000:00:00 00:00:00'])
      expect(cameraDataOf(exif([taken(value)]))).toEqual({});
  });

  test('costs nothing: counts and offsets beyond the file, directories in a ring', () => {
    const huge = Array.from({ length: 5000 }, (_, i): Entry => [i, 1, 0xffffffff, Buffer.alloc(4, 1)]);
    expect(cameraDataOf(exif(huge))).toEqual({});
    const ring = exif([[0x8769, 4, 1, Buffer.from([0, 0, 0, 8])], text('Ring')]);
    expect(cameraDataOf(ring)).toEqual({ model: 'Ring' });
    const beyond = exif([[0x8769, 4, 1, Buffer.alloc(4, 0xff)]]);
    expect(cameraDataOf(beyond)).toEqual({});
  });

  test('never throws, whatever the bytes', async () => {
    const real = await exifOf(await chatty('jpeg'));
    const random = seededRandom(5);
    for (let i = 0; i < 5000; i += 1) {
      const mutant = Buffer.from(real.subarray(0, Math.floor(random() * real.length) + 1));
      for (let change = 0; change < 4; change += 1)
        mutant[Math.floor(random() * mutant.length)] = Math.floor(random() * 256);
      expect(cameraDataOf(mutant)).toBeTypeOf('object');
    }
  });
});
