import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeHeic } from '../../server/imaging/decodeHeic.ts';
import { openPixels } from '../../server/imaging/decoder.ts';
import { isHeicAvailable, loadLibheif, withMemoryLimit } from '../../server/imaging/heicLibrary.ts';
import { planHeic } from '../../server/imaging/heicPlan.ts';
import { makeOriginal, processImage } from '../../server/imaging/processImage.ts';
import { UnusableImage } from '../../server/imaging/unusableImage.ts';
import { CANARY } from './corpus.ts';
import {
  auxC,
  box,
  clap,
  codedPart,
  exifItem,
  grid,
  gridOf,
  imir,
  irot,
  ispe,
  readHeicCase,
  type Written,
  type WrittenItem,
  writeHeif,
} from './heifWriter.ts';

const MIB = 1024 ** 2;
const plain = codedPart('18-iphone-like.heic');
const tile = codedPart('25-grid.heic');
const [WIDTH, HEIGHT] = [320, 240];
const picture = (...more: Buffer[]): WrittenItem => ({
  type: 'hvc1',
  data: plain.data,
  properties: [plain.hvcC, ispe(WIDTH, HEIGHT), ...more],
});
const tileItem: WrittenItem = { type: 'hvc1', data: tile.data, properties: [tile.hvcC, ispe(128, 128)] };
const gridItem = (rows: number, columns: number, width: number, height: number): WrittenItem => ({
  type: 'grid',
  data: grid(rows, columns, width, height),
  properties: [ispe(width, height)],
});

const refusal = async (file: Buffer): Promise<string | null> => {
  try {
    const image = await processImage(file, 'image/heic');
    await makeOriginal(file, 'image/heic', image);
    return null;
  } catch (error) {
    if (!(error instanceof UnusableImage)) throw error;
    return error.message;
  }
};

describe.skipIf(!isHeicAvailable)('a HEIC file', () => {
  const upright = async (file: Buffer) => {
    const image = await processImage(file, 'image/heic');
    const jpegs = image.variants.filter(({ format }) => format === 'jpeg');
    const jpeg = jpegs.toSorted((a, b) => b.width - a.width)[0]!;
    const { data, info } = await sharp(jpeg.body).raw().toBuffer({ resolveWithObject: true });
    return { ...info, data };
  };
  const meanDifference = (a: Buffer, b: Buffer) => {
    let sum = 0;
    for (const [i, value] of a.entries()) sum += Math.abs(value - b[i]!);
    return sum / a.length;
  };

  describe('is upright', () => {
    // What the standard says of each, by sharp on the same pixels: irot turns anticlockwise, axis 0 exchanges top and bottom.
    test.each<[what: string, properties: Buffer[], turn: (picture: Sharp) => Sharp]>([
      ['as it is', [], (picture) => picture],
      ['turned once', [irot(1)], (picture) => picture.rotate(270)],
      ['turned twice', [irot(2)], (picture) => picture.rotate(180)],
      ['turned three times', [irot(3)], (picture) => picture.rotate(90)],
      ['mirrored on axis 0', [imir(0)], (picture) => picture.flip()],
      ['mirrored on axis 1', [imir(1)], (picture) => picture.flop()],
    ])('%s', async (_what, properties, turn) => {
      const base = await upright(writeHeif({ items: [picture()] }));
      const raw = { width: base.width, height: base.height, channels: 3 as const };
      const right = await turn(sharp(base.data, { raw })).raw().toBuffer({ resolveWithObject: true });
      const made = await upright(writeHeif({ items: [picture(...properties)] }));
      expect([made.width, made.height]).toEqual([right.info.width, right.info.height]);
      expect(meanDifference(made.data, right.data)).toBeLessThan(2);
    });

    test('turned and mirrored, in either order', async () => {
      const base = await upright(writeHeif({ items: [picture()] }));
      const raw = { width: base.width, height: base.height, channels: 3 as const };
      const turned = await sharp(base.data, { raw }).rotate(270).raw().toBuffer({ resolveWithObject: true });
      const turnedRaw = { ...raw, width: turned.info.width, height: turned.info.height };
      const right = await sharp(turned.data, { raw: turnedRaw }).flop().raw().toBuffer();
      const first = await upright(writeHeif({ items: [picture(irot(1), imir(1))] }));
      expect(meanDifference(first.data, right)).toBeLessThan(2);
      const second = await upright(writeHeif({ items: [picture(imir(1), irot(3))] }));
      expect(meanDifference(second.data, right)).toBeLessThan(2);
    });

    test('whatever its EXIF block says of it', async () => {
      const tiff = Buffer.from('49492a0008000000010012010300010000000600000000000000', 'hex');
      const items = [picture(), exifItem(tiff.toString('latin1'))];
      const image = await processImage(writeHeif({ items, references: [['cdsc', 2, 1]] }), 'image/heic');
      expect(image).toMatchObject({ width: WIDTH, height: HEIGHT, orientation: 1 });
      expect(image.exif).toBeDefined();
    });
  });

  test('is cropped to its clean aperture', async () => {
    const crop = clap([160, 1], [120, 1], [-80, 1], [-60, 1]);
    const whole = await upright(writeHeif({ items: [picture()] }));
    const corner = await upright(writeHeif({ items: [picture(crop)] }));
    expect([corner.width, corner.height]).toEqual([160, 120]);
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 as const };
    const right = await sharp(whole.data, { raw })
      .extract({ left: 0, top: 0, width: 160, height: 120 })
      .raw()
      .toBuffer();
    expect(meanDifference(corner.data, right)).toBeLessThan(2);
  });

  test('keeps its picture and nothing else in the original', async () => {
    const depth = 'urn:mpeg:hevc:2015:auxid:2';
    const items = [
      picture(),
      { ...picture(auxC(`${depth}`), box('uuid', `${CANARY} property`)), name: `${CANARY} depth` },
      { ...picture(), name: `${CANARY} thumbnail` },
      exifItem(`II*\0\x08\0\0\0\0\0\0\0\0\0${CANARY} gps`),
      { type: 'mime', data: Buffer.from(`${CANARY} xmp`), name: `${CANARY}` },
    ];
    const file = writeHeif({
      items,
      references: [
        ['auxl', 2, 1],
        ['thmb', 3, 1],
        ['cdsc', 4, 1],
        ['cdsc', 5, 1],
      ],
      more: [box('grpl', `${CANARY} group`), box('uuid', `${CANARY} box`)],
      tail: [box('moov', `${CANARY} motion`), box('uuid', `${CANARY} tail`)],
    });
    const image = await processImage(file, 'image/heic');
    const original = await makeOriginal(file, 'image/heic', image);
    expect(file.toString('latin1').split(CANARY)).toHaveLength(11);
    expect(original.includes(CANARY)).toBe(false);
    expect(original.includes(depth)).toBe(false);
    expect(original).toHaveLength(file.length);
    // The data of the picture once, that of depth and thumbnail no longer.
    expect(original.toString('latin1').split(plain.data.toString('latin1'))).toHaveLength(2);
    const again = await processImage(original, 'image/heic');
    expect(again.variants.map(({ body }) => body)).toEqual(image.variants.map(({ body }) => body));
    expect((await makeOriginal(original, 'image/heic', again)).equals(original)).toBe(true);
  });

  test('as iPhones make it leaves thumbnail, depth, gain map and the words of its tiles behind', async () => {
    const file = readHeicCase('30-iphone-whole.heic');
    const image = await processImage(file, 'image/heic');
    const original = await makeOriginal(file, 'image/heic', image);
    for (const word of [CANARY, 'hdrgainmap', 'auxid', 'Exif', 'mime', 'Apple', 'HDRGainMap']) {
      expect(file.includes(word), word).toBe(true);
      expect(original.includes(word), word).toBe(false);
    }
    const parts =
      file.toString('latin1').split('hvc1').length - original.toString('latin1').split('hvc1').length;
    expect(parts).toBe(3);
    const again = await processImage(original, 'image/heic');
    expect(again.variants.map(({ body }) => body)).toEqual(image.variants.map(({ body }) => body));
  });

  test('of an image sequence is its still picture', async () => {
    const file = writeHeif({
      items: [picture()],
      brands: ['msf1', 'hevc', 'heic', 'mif1'],
      tail: [box('moov')],
    });
    expect(await refusal(file)).toBeNull();
  });

  test('shows transparency on white', async () => {
    const image = await processImage(readHeicCase('27-transparent.heic'), 'image/heic');
    const right = await processImage(readHeicCase('21-transparent.png'), 'image/png');
    for (const [i, { body }] of image.variants.entries()) {
      const values = await Promise.all(
        [body, right.variants[i]!.body].map((file) => sharp(file).raw().toBuffer()),
      );
      expect(meanDifference(values[0]!, values[1]!)).toBeLessThan(4);
    }
  });

  test('of 64 megapixels is averaged while it is converted, because no variant is as large', () => {
    const file = readHeicCase('26-64mp-grid.heic');
    const plan = planHeic(file);
    expect(plan).toMatchObject({ width: 9216, height: 6912 });
    expect(plan.memory).toBeLessThan(300 * MIB);
    const { data, width, height } = decodeHeic(file, plan);
    expect([width, height]).toEqual([4608, 3456]);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    for (const [x, y, colour] of [
      [100, 100, [200, 60, 40]],
      [4500, 100, [40, 90, 160]],
      [4500, 3400, [230, 220, 90]],
    ] as const)
      for (const [i, value] of at(x, y).entries()) expect(Math.abs(value - colour[i]!)).toBeLessThan(6);
  });

  describe('refused without being decoded', () => {
    const many = (count: number, item: WrittenItem) => Array.from({ length: count }, () => item);
    const ids = (count: number) => Array.from({ length: count }, (_, i) => i + 2);
    const tooLarge = (width: number, height: number): Written => ({
      items: [{ ...picture(), properties: [plain.hvcC, ispe(width, height)] }],
    });
    const written: [what: string, written: Written, message: RegExp][] = [
      ['with 65 megapixels', tooLarge(10_000, 6500), /64 megapixels/],
      ['with sides of 2³²', tooLarge(0xffffffff, 0xffffffff), /64 megapixels/],
      ['without a width', tooLarge(0, 10), /damaged/],
      ['without a size', { items: [{ ...picture(), properties: [plain.hvcC] }] }, /damaged/],
      ['with two sizes', { items: [picture(ispe(10, 10))] }, /damaged/],
      ['without a primary item', { items: [picture()], primary: 7 }, /not coded as HEIC/],
      ['of another codec', { items: [{ ...picture(), type: 'av01' }] }, /not coded as HEIC/],
      ['that is a list of layers', { items: [{ ...picture(), type: 'iovl' }] }, /not coded as HEIC/],
      [
        'with a crop beyond the picture',
        { items: [picture(clap([640, 1], [480, 1], [0, 1], [0, 1]))] },
        /damaged/,
      ],
      ['with a crop of nothing', { items: [picture(clap([0, 1], [0, 1], [0, 1], [0, 1]))] }, /damaged/],
      ['with a crop divided by zero', { items: [picture(clap([9, 0], [9, 0], [0, 0], [0, 0]))] }, /damaged/],
      [
        'with a tile used twice',
        { items: [gridItem(1, 2, 256, 128), tileItem], references: [['dimg', 1, 2, 2]] },
        /damaged/,
      ],
      [
        'with fewer tiles than places',
        { items: [gridItem(2, 2, 256, 256), ...many(3, tileItem)], references: [['dimg', 1, ...ids(3)]] },
        /damaged/,
      ],
      [
        'with tiles beyond the picture',
        { items: [gridItem(2, 2, 128, 128), ...many(4, tileItem)], references: [['dimg', 1, ...ids(4)]] },
        /damaged/,
      ],
      [
        'with tiles that do not cover it',
        { items: [gridItem(2, 2, 300, 256), ...many(4, tileItem)], references: [['dimg', 1, ...ids(4)]] },
        /damaged/,
      ],
      [
        'whose grid has another size than its item',
        {
          items: [{ ...gridItem(1, 2, 256, 128), properties: [ispe(128, 128)] }, ...many(2, tileItem)],
          references: [['dimg', 1, 2, 3]],
        },
        /damaged/,
      ],
      [
        'whose grid is a tile of itself',
        { items: [gridItem(1, 1, 128, 128)], references: [['dimg', 1, 1]] },
        /damaged/,
      ],
      [
        'with grids within a grid',
        {
          items: [gridItem(1, 1, 128, 128), gridItem(1, 1, 128, 128), tileItem],
          references: [
            ['dimg', 1, 2],
            ['dimg', 2, 3],
          ],
        },
        /damaged/,
      ],
      [
        'with tiny tiles',
        {
          items: [gridItem(1, 1, 8, 8), { ...tileItem, properties: [tile.hvcC, ispe(8, 8)] }],
          references: [['dimg', 1, 2]],
        },
        /damaged/,
      ],
      [
        'whose data lies beyond its end',
        { items: [{ ...picture(), extents: [[100, 1_000_000]] }] },
        /damaged/,
      ],
      [
        'whose data is the same bytes many times over',
        { items: [{ ...picture(), extents: Array(200).fill([0, 2000]) }] },
        /damaged/,
      ],
      [
        'with more extents than anything has',
        { items: [{ ...picture(), extents: Array(20_000).fill([0, 0]) }] },
        /damaged/,
      ],
      [
        'with the configuration cut off',
        { items: [{ ...picture(), properties: [box('hvcC', 'abc'), ispe(320, 240)] }] },
        /damaged/,
      ],
    ];

    test.each(written)('%s', async (_what, file, message) => {
      expect(await refusal(writeHeif(file))).toMatch(message);
    });
  });

  test('whose references are circular ends all the same', async () => {
    const file = writeHeif({
      items: [picture(), picture(auxC('urn:mpeg:hevc:2015:auxid:1')), exifItem('II*\0')],
      references: [
        ['auxl', 1, 2],
        ['auxl', 2, 1],
        ['dimg', 1, 1],
        ['dimg', 2, 2],
        ['cdsc', 3, 3],
        ['thmb', 1, 1],
      ],
    });
    expect(await refusal(file)).toMatch(/damaged/);
  });

  describe('whose size is not that of its bitstream', () => {
    test.each([
      [640, 480],
      [16, 16],
      [240, 320],
      [9000, 7000],
    ])('is refused, %i×%i', async (width, height) => {
      const items = [{ ...picture(), properties: [plain.hvcC, ispe(width, height)] }];
      expect(await refusal(writeHeif({ items }))).toMatch(/damaged/);
    });
  });

  test('with bytes that are no HEVC is refused', async () => {
    for (const data of [
      Buffer.alloc(0),
      Buffer.alloc(1),
      Buffer.alloc(3000, 0xff),
      plain.data.subarray(0, 900),
    ])
      expect(await refusal(writeHeif({ items: [{ ...picture(), data }] })), `${data.length}`).not.toBeNull();
  });

  test('takes no more memory than its plan says', () => {
    const names = ['18-iphone-like.heic', '25-grid.heic', '24-pq-10bit.heic', '27-transparent.heic'];
    // 10 bits, 4:4:4, another matrix than libheif would choose: 15 megapixels.
    for (const file of [...names.map(readHeicCase), gridOf('24-pq-10bit.heic', 14, 14)]) {
      const plan = planHeic(file);
      expect(plan.memory).toBeLessThan((file.length > MIB ? 240 : 40) * MIB);
      expect(openPixels(decodeHeic(file, plan))).toBeDefined();
    }
  });

  test('cannot make the decoder grow beyond its limit', () => {
    const lib = loadLibheif(20 * MIB);
    expect(lib._malloc(64 * MIB)).toBe(0);
    expect(lib.HEAPU8.length).toBeLessThanOrEqual(20 * MIB);
    const file = readHeicCase('26-64mp-grid.heic');
    const plan = { ...planHeic(file), memory: 60 * MIB };
    expect(() => decodeHeic(file, plan)).toThrow(UnusableImage);
  });
});

test('a program without a memory to limit is an error of the installation', () => {
  const empty = Buffer.from('0061736d01000000', 'hex');
  expect(() => withMemoryLimit(empty, MIB)).toThrow(/no memory/);
});
