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
