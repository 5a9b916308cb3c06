import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sequenceColour } from '../../server/imaging/av1Sequence.ts';
import { av1Units, SEQUENCE_HEADER } from '../../server/imaging/av1Units.ts';
import { type Colour, colourOf } from '../../server/imaging/colourOf.ts';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import { isWide, readProfile, writeClean } from '../../server/imaging/iccProfile.ts';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import { makeOriginal, processImage } from '../../server/imaging/processImage.ts';
import { cases, readCase } from './cases.ts';
import { displayP3, encode, labelled, middleOf, plain, pngChunk, scene } from './corpus.ts';
import { codedPicture } from './heifWriter.ts';

async function read(file: Buffer, type: AcceptedType): Promise<Colour> {
  return colourOf(file, type, await sharp(file).metadata());
}

const kindOf = ({ profile, hdr }: Colour) => {
  if (hdr) return hdr.transfer;
  return profile ? (isWide(profile) ? 'wide' : 'other') : 'srgb';
};

const words = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, i * 4);
  });
  return bytes;
};

const cicp = (primaries: number, transfer: number, matrix = 0, range = 1) =>
  pngChunk('cICP', Buffer.from([primaries, transfer, matrix, range]));
const iccp = async () =>
  pngChunk('iCCP', Buffer.concat([Buffer.from('P3\0\0'), deflateSync(await displayP3())]));
const srgb = pngChunk('sRGB', Buffer.from([0]));
const gama = (value: number) => pngChunk('gAMA', words(value));
const adobeChrm = pngChunk('cHRM', words(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000));

describe('a PNG', () => {
  const png = async (...chunks: Buffer[]) => {
    const file = await plain('#c04020').png().toBuffer();
    return read(Buffer.concat([file.subarray(0, 33), ...chunks, file.subarray(33)]), 'image/png');
  };

  test('is read in the order cICP, iCCP, sRGB, gAMA and cHRM', async () => {
    expect(kindOf(await png(gama(100_000), srgb, await iccp(), cicp(9, 16)))).toBe('pq');
    expect(kindOf(await png(gama(100_000), await iccp(), cicp(1, 13)))).toBe('srgb');
    expect(kindOf(await png(gama(100_000), await iccp()))).toBe('wide');
    expect(kindOf(await png(gama(100_000), srgb))).toBe('srgb');
    expect(kindOf(await png(gama(100_000)))).toBe('other');
    expect(kindOf(await png(adobeChrm, gama(45_455)))).toBe('wide');
    expect(kindOf(await png())).toBe('srgb');
  });

  test('whose profile names a high dynamic range is one', async () => {
    const { header, tags } = readProfile(await displayP3(), 'RGB ')!;
    const tag = (...codes: number[]) => Buffer.concat([Buffer.from('cicp\0\0\0\0'), Buffer.from(codes)]);
    const kindWith = async (...codes: number[]) => {
      const icc = writeClean({ header, tags: new Map([...tags, ['cicp', tag(...codes)]]) });
      return kindOf(await png(pngChunk('iCCP', Buffer.concat([Buffer.from('HDR\0\0'), deflateSync(icc)]))));
    };
    expect(await kindWith(9, 16, 0, 1)).toBe('pq');
    expect(await kindWith(9, 18, 0, 1)).toBe('hlg');
    expect(await kindWith(12, 13, 0, 1)).toBe('wide');
    expect(await kindWith(9, 16, 9, 1)).toBe('wide');
    expect(await kindWith(200, 16, 0, 1)).toBe('wide');
  });

  test.each([
    [16, 0],
    [60, 51],
    [126, 128],
    [235, 255],
    [255, 255],
  ])('of narrow range shows %i as %i, with 8 and 16 bits', async (level, shown) => {
    const grey = plain(`rgb(${level}, ${level}, ${level})`);
    for (const picture of [grey, grey.clone().toColourspace('rgb16')]) {
      const file = await picture.png().toBuffer();
      const narrow = Buffer.concat([file.subarray(0, 33), cicp(1, 13, 0, 0), file.subarray(33)]);
      const image = await processImage(narrow, 'image/png');
      const near = expect.closeTo(shown, -0.5);
      for (const { body } of image.variants) expect(await middleOf(body)).toEqual([near, near, near]);
      const original = await makeOriginal(narrow, 'image/png', image);
      expect(original.includes(cicp(1, 13, 0, 0))).toBe(true);
    }
  });

  test('is not believed where it makes no sense', async () => {
    expect(kindOf(await png(cicp(200, 13), await iccp()))).toBe('wide');
    expect(kindOf(await png(cicp(9, 16, 9), gama(100_000)))).toBe('other');
    expect(kindOf(await png(gama(0)))).toBe('srgb');
    expect(kindOf(await png(gama(45_455), pngChunk('cHRM', Buffer.alloc(32))))).toBe('srgb');
    expect(kindOf(await png(adobeChrm))).toBe('srgb');
    expect(kindOf(await png(cicp(2, 2)))).toBe('srgb');
    expect(kindOf(await png(cicp(12, 13, 0, 2)))).toBe('srgb');
  });
});

describe('an AVIF', () => {
  test('is read in the order ICC, nclx', async () => {
    const file = readCase(cases.find((one) => one.file === '00-srgb-nclx.avif')!);
    const codes = file.indexOf('nclx') + 4;
    expect(kindOf(await read(file, 'image/avif'))).toBe('srgb');
    file.writeUInt16BE(9, codes);
    file.writeUInt16BE(18, codes + 2);
    expect(kindOf(await read(file, 'image/avif'))).toBe('hlg');
    const tagged = await encode(scene().withIccProfile('p3'), 'avif').toBuffer();
    expect(kindOf(await read(tagged, 'image/avif'))).toBe('wide');
  });
});

function withoutColr(name: string): Buffer {
  const file = readCase({ file: name });
  for (let at = file.indexOf('colr'); at > 0; at = file.indexOf('colr', at)) file.write('free', at);
  return file;
}

describe('an AVIF without an nclx box', () => {
  test.each([
    ['00-srgb-nclx.avif', 'srgb'],
    ['03-p3-nclx.avif', 'wide'],
    ['06-pq-bt2020.avif', 'pq'],
    ['06-hlg-bt2020.avif', 'hlg'],
  ])('%s is what its sequence header states: %s', async (name, kind) => {
    expect(kindOf(await read(withoutColr(name), 'image/avif'))).toBe(kind);
  });
});

test.skipIf(!isHeicAvailable).each([
  ['18-iphone-like.heic', 'srgb'],
  ['24-pq-10bit.heic', 'pq'],
])('%s without an nclx box is what its bitstream states: %s', async (name, kind) => {
  const { colour } = await processImage(withoutColr(name), 'image/heic');
  expect(kindOf(colour)).toBe(kind);
});

test('the sequence header of a moving picture is read as well, and one that is cut off states nothing', () => {
  const { data } = codedPicture(readCase({ file: '07-animated.avif' }));
  const header = [...av1Units(data)].find(({ type }) => type === SEQUENCE_HEADER)!;
  const isReduced = (data[header.body]! & 8) !== 0;
  expect([isReduced, sequenceColour(data)]).toEqual([false, [1, 13]]);
  for (let length = 0; length < header.end - header.body - 1; length++) {
    const cut = Buffer.concat([Buffer.from([10, length]), data.subarray(header.body, header.body + length)]);
    expect(sequenceColour(cut)).toBeNull();
  }
});

describe('a JPEG', () => {
  const byIndex = async (index: string) => {
    const exif = Buffer.concat([
      Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'),
      Buffer.from('010069870400010000001a00000000000000', 'hex'),
      Buffer.from('010005a00400010000002c00000000000000', 'hex'),
      Buffer.from('01000100020004000000', 'hex'),
      Buffer.from(`${index}\0`, 'latin1'),
      Buffer.alloc(4),
    ]);
    const file = await plain('#30c040').jpeg({ quality: 100 }).toBuffer();
    const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    return Buffer.concat([file.subarray(0, 2), head, exif, file.subarray(2)]);
  };

  test('is read in the order ICC, interoperability index', async () => {
    expect(kindOf(await read(await byIndex('R98'), 'image/jpeg'))).toBe('srgb');
    expect(kindOf(await read(await byIndex('R03'), 'image/jpeg'))).toBe('wide');
    const { icc } = await sharp(await plain('#fff').withIccProfile('srgb').jpeg().toBuffer()).metadata();
    expect(kindOf(await read(labelled(await byIndex('R03'), icc!), 'image/jpeg'))).toBe('other');
  });

  test('of Adobe RGB by its index gets a profile in the original, which loses the index', async () => {
    const file = await byIndex('R03');
    const image = await processImage(file, 'image/jpeg');
    const original = await makeOriginal(file, 'image/jpeg', image);
    const { icc, exif } = await sharp(original).metadata();
    expect(exif).toBeUndefined();
    expect(isWide(readProfile(icc, 'RGB ')!)).toBe(true);
    const again = await processImage(original, 'image/jpeg');
    expect(again.variants.map(({ body }) => body)).toEqual(image.variants.map(({ body }) => body));
  });
});

test('16 bits with a profile keep their colours, in grey too', async () => {
  const near = (value: number) => expect.closeTo(value, -0.5);
  const red = await plain('#c04020').toColourspace('rgb16').withIccProfile('p3').png().toBuffer();
  expect(await sharp(red).metadata()).toMatchObject({ depth: 'ushort', hasProfile: true });
  const { variants } = await processImage(red, 'image/png');
  expect(await middleOf(variants[1]!.body)).toEqual([192, 64, 32].map(near));

  const p3 = readProfile(await displayP3(), 'RGB ')!;
  const curve = Buffer.from('6375727600000000000000010100', 'hex');
  const linear = writeClean({ header: { ...p3.header, space: 'GRAY' }, tags: new Map([['kTRC', curve]]) });
  const grey = await sharp(Buffer.alloc(64 * 64, 55), { raw: { width: 64, height: 64, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
  const chunk = pngChunk('iCCP', Buffer.concat([Buffer.from('G\0\0'), deflateSync(linear)]));
  const tagged = Buffer.concat([grey.subarray(0, 33), chunk, grey.subarray(33)]);
  const made = await processImage(tagged, 'image/png');
  expect(made.colour.profile?.header.space).toBe('GRAY');
  expect(await middleOf(made.variants[1]!.body)).toEqual([128, 128, 128].map(near));
});
