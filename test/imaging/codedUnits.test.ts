import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { av1Units } from '../../server/imaging/av1Units.ts';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import { blankHevc } from '../../server/imaging/hevcUnits.ts';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import { makeOriginal, processImage } from '../../server/imaging/processImage.ts';
import { CANARY, encode, scene } from './corpus.ts';
import { auxC, box, codedPart, codedPicture, ispe, type WrittenItem, writeHeif } from './heifWriter.ts';

/** Where metadata hides within a coded picture. */
const secret = (bytes: number) => Buffer.alloc(bytes, `${CANARY} serial 63.617,-19.983 `);

async function originalOf(file: Buffer, type: AcceptedType) {
  expect(file.includes(CANARY)).toBe(true);
  const image = await processImage(file, type);
  const original = await makeOriginal(file, type, image);
  expect(original.includes(CANARY)).toBe(false);
  expect(original).toHaveLength(file.length);
  const again = await processImage(original, type);
  expect(again.variants.map(({ body }) => body)).toEqual(image.variants.map(({ body }) => body));
  expect((await makeOriginal(original, type, again)).equals(original)).toBe(true);
  return { image, original };
}

describe.skipIf(!isHeicAvailable)(
  'the original of a HEIC loses what its stream says besides the picture',
  () => {
    const { data, hvcC } = codedPart('18-iphone-like.heic');
    const unit = (type: number, body: Buffer) => {
      const whole = Buffer.concat([Buffer.alloc(4), Buffer.from([type << 1, 1]), body]);
      whole.writeUInt32BE(whole.length - 4);
      return whole;
    };
    // Supplemental enhancement information: user data with an identifier, and of ITU-T T.35; then other types.
    const before = [unit(39, Buffer.concat([Buffer.from([5, 200]), secret(201)])), unit(39, secret(1500))];
    const after = [unit(40, secret(300)), unit(38, secret(40)), unit(41, secret(9)), unit(62, secret(700))];
    const picture = (...more: Buffer[]): WrittenItem => ({
      type: 'hvc1',
      data: Buffer.concat([...before, data, ...after]),
      properties: [hvcC, ispe(320, 240), ...more],
    });
    const plain = async () => processImage(writeHeif({ items: [{ ...picture(), data }] }), 'image/heic');

    test('in front of the slices and behind them, and in transparency', async () => {
      const items = [picture(), picture(auxC('urn:mpeg:hevc:2015:auxid:1'))];
      await originalOf(writeHeif({ items, references: [['auxl', 2, 1]] }), 'image/heic');
      const { image } = await originalOf(writeHeif({ items: [picture()] }), 'image/heic');
      expect(image.variants.map(({ body }) => body)).toEqual(
        (await plain()).variants.map(({ body }) => body),
      );
    });

    test('in an item of several extents, which cut its units', async () => {
      const one = picture();
      const whole = writeHeif({ items: [one, { type: 'free', data: Buffer.from(CANARY) }] });
      const at = whole.indexOf(one.data);
      const lengths = [2, 5, 100, 900, one.data.length - 1007];
      const cuts = lengths.map(
        (length, i) => [lengths.slice(0, i).reduce((a, b) => a + b, 0), length] as const,
      );
      const moved = (from: number) => cuts.map(([start, length]): [number, number] => [from + start, length]);
      const draft = writeHeif({ items: [{ ...one, extents: moved(at) }] });
      const extents = moved(draft.indexOf(one.data));
      await originalOf(writeHeif({ items: [{ ...one, extents }] }), 'image/heic');
    });

    test('in the configuration of the decoder, and behind it', async () => {
      const body = Buffer.from(hvcC.subarray(8));
      body[22]! += 1;
      const note = Buffer.concat([Buffer.from([39 << 1, 1]), secret(80)]);
      const list = Buffer.concat([Buffer.from([39, 0, 1, 0, note.length]), note]);
      const told = box('hvcC', body, list, secret(20));
      const items = [{ ...picture(), properties: [told, ispe(320, 240)] }];
      const { image } = await originalOf(writeHeif({ items }), 'image/heic');
      expect(image.variants.map(({ body }) => body)).toEqual(
        (await plain()).variants.map(({ body }) => body),
      );
    });
  },
);

test('a blank message fills its place at any length', () => {
  for (let length = 5; length < 1100; length++) {
    const data = Buffer.concat([Buffer.alloc(4), Buffer.from([78, 1]), Buffer.alloc(length - 2, CANARY)]);
    data.writeUInt32BE(length);
    blankHevc(data, 4);
    const unit = data.subarray(4);
    let at = 2;
    while (at < length - 1) {
      expect(unit[at]).toBe(3);
      expect(unit[at + 1]).toBeLessThan(255);
      at += 2 + unit[at + 1]!;
    }
    expect([at, unit[at]]).toEqual([length - 1, 0x80]);
    expect(unit.includes(CANARY)).toBe(false);
  }
});

test('the original of an AVIF loses what its stream says besides the picture', async () => {
  const encoded = await encode(scene(), 'avif').toBuffer();
  const { data, configuration } = codedPicture(encoded);
  // All but those of reserved types end with trailing bits.
  const unit = (type: number, text: Buffer) => {
    const body = Buffer.concat([text, Buffer.from([0x80])]);
    const head = [(type << 3) | 2, 0x80 | (body.length & 127), body.length >> 7];
    return Buffer.concat([Buffer.from(head), body]);
  };
  const told = [unit(5, Buffer.concat([Buffer.from([4, 0xb5]), secret(500)])), unit(15, secret(30))];
  const av1C = box('av1C', configuration.subarray(8), unit(5, secret(40)), unit(9, secret(25)));
  const item = { type: 'av01', properties: [av1C, ispe(320, 240)] };
  const [first] = av1Units(data);
  const inside = [data.subarray(0, first!.end), ...told, data.subarray(first!.end)];
  const brands = ['avif', 'mif1', 'miaf'];
  const file = writeHeif({
    brands,
    items: [{ ...item, data: Buffer.concat([...inside, unit(10, secret(60))]) }],
  });
  const { original } = await originalOf(file, 'image/avif');
  const values = await Promise.all([encoded, original].map((one) => sharp(one).raw().toBuffer()));
  expect(values[1]!.equals(values[0]!)).toBe(true);
});
