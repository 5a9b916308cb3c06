import sharp from 'sharp';
import { thumbHashToAverageRGBA } from 'thumbhash';
import { describe, expect, test } from 'vitest';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import { makeOriginal, type ProcessedImage, processImage } from '../../server/imaging/processImage.ts';
import { UnusableImage } from '../../server/imaging/unusableImage.ts';
import { seededRandom } from '../support/random.ts';
import {
  blackPng,
  CANARY,
  chatty,
  difference,
  displayP3,
  encode,
  type Format,
  labelled,
  middleOf,
  plain,
  pngChunk,
  scene,
} from './corpus.ts';

const NAMES = ['thumb', 'medium', 'large', 'xlarge', 'full'];

/** Of the step, or the next smaller one that there is. */
const bodyOf = ({ variants }: ProcessedImage, name: string, format: string): Buffer =>
  variants.find((one) => NAMES.indexOf(one.name) <= NAMES.indexOf(name) && one.format === format)!.body;

const sizesOf = ({ variants }: ProcessedImage) =>
  variants.map((variant) => `${variant.name} ${variant.format} ${variant.width}x${variant.height}`);

describe('the result of processing a photograph', () => {
  test('is up to five sizes, each as WebP and JPEG, as large as it says', async () => {
    const pictures = await processImage(await scene(2000, 1500).jpeg().toBuffer(), 'image/jpeg');
    expect(pictures).toMatchObject({ width: 2000, height: 1500 });
    expect(sizesOf(pictures)).toEqual([
      'xlarge webp 2000x1500',
      'xlarge jpeg 2000x1500',
      'large webp 1600x1200',
      'large jpeg 1600x1200',
      'medium webp 800x600',
      'medium jpeg 800x600',
      'thumb webp 200x150',
      'thumb jpeg 200x150',
    ]);
    for (const { body, ...variant } of pictures.variants) {
      const { format, width, height } = await sharp(body).metadata();
      expect({ format, width, height }).toEqual({
        format: variant.format,
        width: variant.width,
        height: variant.height,
      });
    }
  });

  test.each<[number, number]>([
    [150, 100],
    [1, 1],
    [200, 3],
  ])('is never larger than the original: %i by %i', async (width, height) => {
    const pictures = await processImage(await scene(width, height).png().toBuffer(), 'image/png');
    expect(new Set(sizesOf(pictures).map((line) => line.split(' ')[2]))).toEqual(
      new Set([`${width}x${height}`]),
    );
  });

  test.each<[number, number, string]>([
    [1, 60_000, '1x16383'],
    [60_000, 1, '16383x1'],
  ])('is one step, no longer than WebP can be, of a line: %i by %i', async (width, height, thumb) => {
    const pictures = await processImage(blackPng(width, height), 'image/png');
    expect(sizesOf(pictures)).toEqual([`thumb webp ${thumb}`, `thumb jpeg ${thumb}`]);
  });

  test.each<Format>(['jpeg', 'png', 'webp', 'avif'])('looks like the %s it was made of', async (format) => {
    const file = await chatty(format);
    const pictures = await processImage(file, `image/${format}`);
    for (const { body } of pictures.variants.slice(0, 2))
      expect(await difference(body, file)).toBeLessThan(6);
  });

  test.each<Format>(['jpeg', 'png', 'webp', 'avif'])(
    'has no word of the %s it was made of',
    async (format) => {
      const pictures = await processImage(await chatty(format, { orientation: 6 }), `image/${format}`);
      for (const { body } of pictures.variants) {
        expect(body.includes(CANARY)).toBe(false);
        const { exif, xmp, iptc, icc, orientation } = await sharp(body).metadata();
        expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
      }
    },
  );
});

describe('orientation', () => {
  const formats: Format[] = ['jpeg', 'png', 'webp'];
  const cases = formats.flatMap((format) => [1, 2, 3, 4, 5, 6, 7, 8].map((o) => [format, o] as const));

  test.each(cases)('is applied to the variants of a %s with orientation %i', async (format, orientation) => {
    const file = await chatty(format, { orientation });
    const upright = await sharp(file).autoOrient().png().toBuffer();
    const pictures = await processImage(file, `image/${format}`);
    const { width, height } = await sharp(upright).metadata();
    expect(pictures).toMatchObject({ width, height, orientation });
    expect(await difference(bodyOf(pictures, 'large', 'jpeg'), upright)).toBeLessThan(6);
    expect(await difference(bodyOf(pictures, 'large', 'webp'), upright)).toBeLessThan(6);
    const original = await makeOriginal(file, `image/${format}`, pictures);
    const shown = await sharp(original).autoOrient().png().toBuffer();
    expect(await difference(shown, upright)).toBe(0);
  });
});

describe('colour', () => {
  const RED_OF_SRGB_IN_P3 = [234, 51, 35];

  test.each<Format>(['jpeg', 'png', 'webp'])('beyond sRGB stays in the WebP made of a %s', async (format) => {
    const file =
      format === 'jpeg'
        ? labelled(await plain('#ff0000').jpeg({ quality: 100 }).toBuffer(), await displayP3())
        : await encode(sharp(await wideRed()).keepIccProfile(), format).toBuffer();
    expect(await middleOf(file, { keepProfile: true })).toEqual(
      [254, 0, 0].map((v) => expect.closeTo(v, -0.5)),
    );
    const pictures = await processImage(file, `image/${format}`);
    for (const name of ['large', 'medium', 'thumb']) {
      const webp = bodyOf(pictures, name, 'webp');
      expect(await middleOf(webp, { keepProfile: true })).toEqual([254, 0, 0].map(near));
      expect((await sharp(webp).metadata()).icc).toBeDefined();
    }
  });

  const near = (value: number) => expect.closeTo(value, -1);

  test('of a wide picture means in the WebP what it meant in the original', async () => {
    const file = labelled(
      await plain('#ea3323').jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
      await displayP3(),
    );
    expect(await middleOf(file, { keepProfile: true })).toEqual(RED_OF_SRGB_IN_P3.map(near));
    expect(await middleOf(file)).toEqual([255, 0, 0].map(near));
    const pictures = await processImage(file, 'image/jpeg');
    expect(await middleOf(bodyOf(pictures, 'large', 'webp'))).toEqual([255, 0, 0].map(near));
    expect(await middleOf(bodyOf(pictures, 'large', 'jpeg'))).toEqual([255, 0, 0].map(near));
    expect((await sharp(bodyOf(pictures, 'large', 'jpeg')).metadata()).icc).toBeUndefined();
  });

  test('profiles go out without the words in them, and not at all when sRGB is enough', async () => {
    const profile = await displayP3();
    const wide = await processImage(labelled(await scene().jpeg().toBuffer(), profile), 'image/jpeg');
    const { icc } = await sharp(bodyOf(wide, 'large', 'webp')).metadata();
    expect(profile.toString('latin1')).toContain('hand');
    expect(icc!.toString('latin1')).not.toContain('hand');
    expect(icc!.length).toBeLessThan(profile.length);
    const narrow = await processImage(await scene().withIccProfile('srgb').jpeg().toBuffer(), 'image/jpeg');
    expect((await sharp(bodyOf(narrow, 'large', 'webp')).metadata()).icc).toBeUndefined();
  });

  test('of printing inks becomes sRGB', async () => {
    for (const file of [
      await plain('#ff0000').toColourspace('cmyk').jpeg().toBuffer(),
      await plain('#ff0000').toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
    ]) {
      const pictures = await processImage(file, 'image/jpeg');
      const [red, green, blue] = await middleOf(bodyOf(pictures, 'large', 'jpeg'));
      expect((await sharp(bodyOf(pictures, 'large', 'jpeg')).metadata()).space).toBe('srgb');
      expect(red! - Math.max(green!, blue!)).toBeGreaterThan(150);
    }
  });

  test('of 16 bits becomes 8, of grey stays grey, wide or not', async () => {
    const deep = plain('#c8c8c8').toColourspace('rgb16');
    const sixteen = await deep.clone().png().toBuffer();
    const wide = await deep.clone().withIccProfile('p3').png().toBuffer();
    expect((await sharp(sixteen).metadata()).depth).toBe('ushort');
    expect(await sharp(wide).metadata()).toMatchObject({ depth: 'ushort', hasProfile: true });
    const grey = await plain('#c8c8c8').greyscale().png().toBuffer();
    for (const file of [sixteen, wide, grey]) {
      const pictures = await processImage(file, 'image/png');
      expect(await middleOf(bodyOf(pictures, 'large', 'webp'))).toEqual([200, 200, 200].map(near));
      expect(await middleOf(bodyOf(pictures, 'large', 'jpeg'))).toEqual([200, 200, 200].map(near));
    }
  });

  test('that is transparent is white in both formats', async () => {
    const glass = { r: 0, g: 0, b: 255, alpha: 0.5 };
    const file = await sharp({ create: { width: 64, height: 64, channels: 4, background: glass } })
      .png()
      .toBuffer();
    const pictures = await processImage(file, 'image/png');
    for (const format of ['webp', 'jpeg'])
      expect(await middleOf(bodyOf(pictures, 'large', format))).toEqual([127, 127, 255].map(near));
    expect(pictures.dominantColor).toMatch(/^#7[ef]7[ef]f[ef]$/);
    const original = await makeOriginal(file, 'image/png', pictures);
    expect(await middleOf(original)).toEqual([0, 0, 255, 128].map(near));
  });

  test('is summarised in a placeholder and a dominant colour', async () => {
    const file = await plain('#3366cc').jpeg().toBuffer();
    const { thumbhash, dominantColor } = await processImage(file, 'image/jpeg');
    const { r, g, b } = thumbHashToAverageRGBA(Buffer.from(thumbhash, 'base64'));
    expect([r, g, b].map((part) => part * 255)).toEqual([0x33, 0x66, 0xcc].map(near));
    expect([...Buffer.from(dominantColor.slice(1), 'hex')]).toEqual([0x33, 0x66, 0xcc].map(near));
  });

  const wideRed = async () =>
    labelled(await plain('#ff0000').jpeg({ quality: 100 }).toBuffer(), await displayP3());
});

test('of an animation the first frame is shown', async () => {
  const frames = await Promise.all(['#ff0000', '#00ff00'].map((color) => plain(color).png().toBuffer()));
  const animated = await sharp(frames, { join: { animated: true } })
    .webp({ delay: [100, 100] })
    .toBuffer();
  const pictures = await processImage(animated, 'image/webp');
  expect(pictures).toMatchObject({ width: 64, height: 64 });
  expect((await middleOf(bodyOf(pictures, 'large', 'jpeg')))[0]).toBeGreaterThan(240);

  const still = await plain('#ff0000').png().toBuffer();
  const control = pngChunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
  const apng = Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]);
  const ofApng = await processImage(apng, 'image/png');
  expect((await middleOf(bodyOf(ofApng, 'large', 'jpeg')))[0]).toBeGreaterThan(240);
});

describe('a JPEG without its end-of-image marker', () => {
  test.each([false, true])('is a whole picture, progressive: %s', async (progressive) => {
    const file = await scene(640, 480).jpeg({ progressive }).toBuffer();
    const whole = await processImage(file, 'image/jpeg');
    for (const missing of [1, 2]) {
      const cut = file.subarray(0, -missing);
      const image = await processImage(cut, 'image/jpeg');
      expect(image.variants).toEqual(whole.variants);
      const original = await makeOriginal(cut, 'image/jpeg', image);
      expect(original.subarray(-2).toString('hex')).toBe('ffd9');
      await sharp(original, { failOn: 'warning' }).raw().toBuffer();
    }
  });

  test('is refused when any of its picture is missing too', async () => {
    for (const progressive of [false, true]) {
      const file = await scene(640, 480).jpeg({ progressive }).toBuffer();
      const lastScan = file.lastIndexOf(Buffer.from('ffda', 'hex'));
      const cuts = [file.length - 40, file.length - 400, ...(progressive ? [lastScan] : [])];
      for (const at of cuts)
        await expect(processImage(file.subarray(0, at), 'image/jpeg'), `${at}`).rejects.toThrow('damaged');
    }
  });
});

describe('refused for good, in words for people:', () => {
  const refusal = (file: Buffer, type: AcceptedType) =>
    processImage(file, type).then(
      () => null,
      (error: unknown) => (error instanceof UnusableImage ? error.message : Promise.reject(error)),
    );

  test('256 megapixels in a small PNG', async () => {
    const file = blackPng(16_000, 16_000);
    expect(file.length).toBeLessThan(300_000);
    expect(await refusal(file, 'image/png')).toContain('64 megapixels');
  });

  test('more than 32 megapixels of what has to be decoded in one piece', async () => {
    const interlaced = blackPng(6_000, 6_000, { isInterlaced: true });
    expect(await refusal(interlaced, 'image/png')).toContain('32 megapixels');
    expect(await refusal(blackPng(6_000, 6_000), 'image/png')).toBeNull();
  });

  test.each(['png', 'jpeg', 'webp'] as const)('a %s that claims far more than it holds', async (format) => {
    const file = Buffer.from(await encode(scene(), format).toBuffer());
    if (format === 'png') file.writeUInt32BE(0x7fffffff, 16);
    if (format === 'jpeg') file.writeUInt32BE(0xffffffff, file.indexOf(Buffer.from('ffc0', 'hex')) + 5);
    if (format === 'webp') file.writeUInt32LE(0x3fff3fff, 26);
    expect(await refusal(file, `image/${format}`)).not.toBeNull();
  });

  test('formats that are not ours, whatever they are called', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    const tiff = await scene().tiff().toBuffer();
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const file of [svg, gif, tiff, pdf, html, Buffer.from('PK\x03\x04'), Buffer.alloc(0)])
      expect(await refusal(file, 'image/jpeg')).toContain('damaged');
  });

  test('one of ours that is not the one it was declared as', async () => {
    expect(await refusal(await encode(scene(), 'png').toBuffer(), 'image/jpeg')).toContain('damaged');
  });

  const tails = ['jpeg', 'progressive', 'png', 'webp', 'avif'] as const;
  test.each(tails)('a %s that is cut off anywhere', async (kind) => {
    const picture = scene(1700, 1300);
    const format = kind === 'progressive' ? 'jpeg' : kind;
    const file = await (kind === 'progressive'
      ? picture.jpeg({ progressive: true })
      : encode(picture, format)
    ).toBuffer();
    for (let percent = 0; percent < 100; percent += 5) {
      const cut = file.subarray(0, Math.floor((file.length * percent) / 100));
      expect(await refusal(cut, `image/${format}`), `${percent} %`).not.toBeNull();
    }
    expect(await refusal(file, `image/${format}`)).toBeNull();
  });
});

test('any bytes at all end as pictures or as a fault of the file, soon', async () => {
  const random = seededRandom(20_261_123);
  const outcomes = { made: 0, refused: 0 };
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const file = await chatty(format, { picture: scene(96, 64) });
    for (let i = 0; i < 125; i += 1) {
      const mutant = mutated(file, random);
      try {
        const pictures = await processImage(mutant, `image/${format}`);
        await makeOriginal(mutant, `image/${format}`, pictures);
        outcomes.made += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(UnusableImage);
        outcomes.refused += 1;
      }
    }
  }
  expect(outcomes.made + outcomes.refused).toBe(500);
  expect(Math.min(outcomes.made, outcomes.refused)).toBeGreaterThan(20);
}, 120_000);

function mutated(file: Buffer, random: () => number): Buffer {
  const mutant = Buffer.from(file);
  const changes = 1 + Math.floor(random() * 12);
  for (let i = 0; i < changes; i += 1)
    mutant[Math.floor(random() * mutant.length)] = Math.floor(random() * 256);
  return mutant;
}
