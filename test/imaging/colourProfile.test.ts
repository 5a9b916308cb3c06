import sharp from 'sharp';
import { expect, test } from 'vitest';
import { wideGamutProfile } from '../../server/imaging/colourProfile.ts';
import { CANARY, displayP3, labelled, middleOf, plain } from './corpus.ts';

type Colour = [x: number, y: number, z: number];

const s15Fixed16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeInt32BE(Math.round(value * 65536), i * 4);
  });
  return bytes;
};

const xyz = (...colour: Colour) => Buffer.concat([Buffer.from('XYZ \0\0\0\0'), s15Fixed16(...colour)]);
const gamma = Buffer.concat([Buffer.from('curv\0\0\0\0\0\0\0\x01'), Buffer.from([2, 51]), Buffer.alloc(2)]);
const words = Buffer.from(`text\0\0\0\0${CANARY} of a certain monitor\0`.padEnd(48, '\0'));

/** A profile of version 2, as editors write it: names, maker, date. */
function profileOf(red: Colour, green: Colour, blue: Colour, space = 'RGB '): Buffer {
  const tags: [string, Buffer][] = [
    ['cprt', words],
    ['wtpt', xyz(0.9505, 1, 1.0891)],
    ['rXYZ', xyz(...red)],
    ['gXYZ', xyz(...green)],
    ['bXYZ', xyz(...blue)],
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Buffer] => [name, gamma]),
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let end = 128 + table.length;
  tags.forEach(([name, body], i) => {
    table.write(name, 4 + i * 12);
    table.writeUInt32BE(end, 8 + i * 12);
    table.writeUInt32BE(body.length, 12 + i * 12);
    end += body.length;
  });
  const head = Buffer.alloc(128);
  head.writeUInt32BE(end);
  head.writeUInt32BE(0x02100000, 8);
  head.write(`mntr${space}XYZ `, 12);
  head.write('acsp', 36);
  head.write('CNRY', 48);
  return Buffer.concat([head, table, ...tags.map(([, body]) => body)]);
}

const adobeRgb = profileOf([0.6097, 0.3111, 0.0195], [0.2053, 0.6257, 0.0609], [0.1492, 0.0632, 0.7446]);
const srgb = profileOf([0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]);

test('a wide profile is rewritten: the same colours, without its texts', async () => {
  for (const profile of [adobeRgb, await displayP3()]) {
    const made = wideGamutProfile(profile)!;
    expect(made.includes(CANARY)).toBe(false);
    expect(made.includes('CNRY')).toBe(false);
    for (const color of ['#00ff00', '#c08040', '#3060f0', '#808080']) {
      const jpeg = await plain(color).jpeg({ quality: 100 }).toBuffer();
      const [old, fresh] = await Promise.all([profile, made].map((icc) => middleOf(labelled(jpeg, icc))));
      expect(fresh!.map((value, i) => Math.abs(value - old![i]!)).every((apart) => apart <= 1)).toBe(true);
    }
    const metadata = await sharp(labelled(await plain('#fff').jpeg().toBuffer(), made)).metadata();
    expect(metadata.hasProfile).toBe(true);
    expect(wideGamutProfile(made)?.equals(made)).toBe(true);
  }
});

test('there is none for what sRGB can show, for other kinds of colour, and for nonsense', () => {
  expect(wideGamutProfile(undefined)).toBeNull();
  expect(wideGamutProfile(srgb)).toBeNull();
  expect(
    wideGamutProfile(profileOf([0.61, 0.31, 0.02], [0.2, 0.63, 0.06], [0.15, 0.06, 0.74], 'CMYK')),
  ).toBeNull();
  expect(wideGamutProfile(profileOf([0, 0, 0], [0, 0, 0], [0, 0, 0]))).toBeNull();
  expect(wideGamutProfile(Buffer.alloc(50))).toBeNull();
  for (let length = 0; length < adobeRgb.length; length += 1)
    expect(() => wideGamutProfile(adobeRgb.subarray(0, length))).not.toThrow();
});
