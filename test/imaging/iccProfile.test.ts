import sharp from 'sharp';
import { expect, test } from 'vitest';
import { isWide, readProfile, writeClean, writeCleanInto } from '../../server/imaging/iccProfile.ts';
import { seededRandom } from '../support/random.ts';
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

const clean = (icc: Buffer | undefined, space: 'RGB ' | 'CMYK' = 'RGB ') => {
  const profile = readProfile(icc, space);
  return profile && writeClean(profile);
};

test('a profile is made anew: the same colours, none of the words', async () => {
  for (const profile of [adobeRgb, srgb, await displayP3()]) {
    const made = clean(profile)!;
    expect(made.includes(CANARY)).toBe(false);
    expect(made.includes('CNRY')).toBe(false);
    for (const color of ['#00ff00', '#c08040', '#3060f0', '#808080']) {
      const jpeg = await plain(color).jpeg({ quality: 100 }).toBuffer();
      const [old, fresh] = await Promise.all([profile, made].map((icc) => middleOf(labelled(jpeg, icc))));
      expect(fresh!.map((value, i) => Math.abs(value - old![i]!)).every((apart) => apart <= 1)).toBe(true);
    }
    const metadata = await sharp(labelled(await plain('#fff').jpeg().toBuffer(), made)).metadata();
    expect(metadata.hasProfile).toBe(true);
    expect(clean(made)?.equals(made)).toBe(true);
  }
});

test('a profile in a box of a fixed size fills it, without its two texts when they do not fit', () => {
  const profile = readProfile(adobeRgb, 'RGB ')!;
  const full = writeClean(profile);
  for (const room of [full.length + 40, full.length, full.length - 60]) {
    const written = writeCleanInto(profile, room)!;
    expect(written).toHaveLength(room);
    expect(written.readUInt32BE(0)).toBe(room);
    expect(readProfile(written, 'RGB ')).toEqual(profile);
  }
  expect(writeCleanInto(profile, 200)).toBeNull();
});

test('what exceeds sRGB is wide', async () => {
  const wide = [adobeRgb, await displayP3(), srgb].map((icc) => isWide(readProfile(icc, 'RGB ')!));
  expect(wide).toEqual([true, true, false]);
  const nothing = profileOf([0, 0, 0], [0, 0, 0], [0, 0, 0]);
  expect(isWide(readProfile(nothing, 'RGB ')!)).toBe(false);
});

test('a profile is not believed without its signature, with other colours than the pixels have, or when it is cut off', () => {
  expect(readProfile(undefined, 'RGB ')).toBeNull();
  expect(readProfile(Buffer.alloc(50), 'RGB ')).toBeNull();
  const unsigned = Buffer.from(adobeRgb);
  unsigned.fill(0, 36, 40);
  expect(readProfile(unsigned, 'RGB ')).toBeNull();
  expect(readProfile(adobeRgb, 'CMYK')).toBeNull();
  expect(readProfile(adobeRgb, 'GRAY')).toBeNull();
  const inks = profileOf([0.61, 0.31, 0.02], [0.2, 0.63, 0.06], [0.15, 0.06, 0.74], 'CMYK');
  expect(readProfile(inks, 'CMYK')).toBeNull();
  for (let length = 0; length < adobeRgb.length; length += 1) {
    const cut = readProfile(adobeRgb.subarray(0, length), 'RGB ');
    if (cut) expect(writeClean(cut)).toEqual(clean(adobeRgb));
  }
});

test('any bytes of a profile are read without an error', async () => {
  const { icc } = await sharp(
    await plain('#fff').toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
  ).metadata();
  expect(readProfile(icc, 'CMYK')).not.toBeNull();
  const random = seededRandom(13);
  for (const [profile, space] of [
    [icc!, 'CMYK'],
    [await displayP3(), 'RGB '],
  ] as const)
    for (let i = 0; i < 500; i += 1) {
      const mutant = Buffer.from(profile);
      for (let change = 0; change < 6; change += 1)
        mutant[Math.floor(random() ** 3 * mutant.length)] = Math.floor(random() * 256);
      const read = readProfile(mutant, space);
      if (read) expect(writeClean(read).length).toBeLessThan(profile.length * 4);
    }
});
