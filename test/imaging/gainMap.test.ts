import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openOwn, openPixels, toPixels } from '../../server/imaging/decoder.ts';
import { openGainMap } from '../../server/imaging/gainMap.ts';
import { findGainMap, withGainMap } from '../../server/imaging/gainMapJpeg.ts';
import {
  type Channels,
  type GainMapParameters,
  isoOf,
  parametersOfIso,
} from '../../server/imaging/gainMapParameters.ts';
import { processImage } from '../../server/imaging/processImage.ts';
import { decode } from '../../server/jobs/decoderProcess.ts';
import { foundByExiftool, hasExiftool } from '../support/exiftool.ts';
import { CANARY, chatty, chattyExif, scene } from './corpus.ts';

const all = (value: number): Channels => [value, value, value];

const grey: GainMapParameters = {
  min: all(0),
  max: all(2),
  gamma: all(1),
  baseOffset: all(1 / 64),
  hdrOffset: all(1 / 64),
  baseHeadroom: 0,
  hdrHeadroom: 2,
};
const coloured: GainMapParameters = { ...grey, max: [2, 1.5, 1], gamma: [1, 1.1, 1.2], min: [0, -0.25, 0] };

/** White in the upper right quarter, black elsewhere, and told on. */
function corner(width = 80, height = 60) {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height / 2; y++) data.fill(255, (y * width + width / 2) * 3, (y + 1) * width * 3);
  return openPixels({ data, width, height, channels: 3 });
}

async function ultraHdr({
  parameters = grey,
  orientation = 1,
  isGrey = true,
  map = corner(),
  picture = scene(),
} = {}) {
  const jpeg = await (isGrey ? map.extractChannel(0) : map).withExifMerge(chattyExif).jpeg().toBuffer();
  const told = await (orientation === 1 ? picture : picture.withMetadata({ orientation })).jpeg().toBuffer();
  return withGainMap(told, { jpeg, parameters });
}

/** The mean of the four corners: upper left, upper right, lower right, lower left. */
async function cornersOf(jpeg: Buffer): Promise<number[]> {
  const { data, width, height, channels } = await toPixels(openOwn(jpeg).toColourspace('srgb'));
  const at = (x: number, y: number) =>
    data[(Math.floor(y * height) * width + Math.floor(x * width)) * channels]!;
  return [at(0.2, 0.2), at(0.8, 0.2), at(0.8, 0.8), at(0.2, 0.8)].map((value) => Math.round(value / 255));
}

/** What libultrahdr makes of a file, in a process in which sharp may use it. */
async function byLibultrahdr(
  file: Buffer,
): Promise<{ map: [number, number]; peak: number; written: Buffer }> {
  const program = `
    import sharp from 'sharp';
    const file = Buffer.from(process.env.FILE, 'base64');
    const { gainMap } = await sharp(file).metadata();
    const { width, height } = await sharp(gainMap.image).metadata();
    const { data } = await sharp(file).withGainMap().toColourspace('scrgb').raw({ depth: 'float' }).toBuffer({ resolveWithObject: true });
    const light = new Float32Array(data.buffer, data.byteOffset, data.length / 4);
    const written = await sharp(file).keepGainMap().jpeg().toBuffer();
    console.log(JSON.stringify({ map: [width, height], peak: light.reduce((a, b) => Math.max(a, b)), written: written.toString('base64') }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, FILE: file.toString('base64') },
  });
  const { written, ...seen } = JSON.parse(stdout);
  return { ...seen, written: Buffer.from(written, 'base64') };
}

describe('a JPEG with a gain map', () => {
  test('passes it on to its JPEG variants, upright and no larger than it helps', async () => {
    const { hasGainMap, variants } = await processImage(await ultraHdr({ orientation: 6 }), 'image/jpeg');
    expect(hasGainMap).toBe(true);
    for (const { format, body, width, height } of variants) {
      const found = format === 'jpeg' ? findGainMap(body) : null;
      expect(found !== null).toBe(format === 'jpeg');
      if (!found) continue;
      expect(found.parameters).toEqual(grey);
      expect(await cornersOf(found.jpeg)).toEqual([0, 0, 1, 0]);
      const map = (await openGainMap(body, { width, height }, 4096))!;
      expect(map.isGrey).toBe(true);
      expect([map.pixels.width, map.pixels.height]).toEqual(
        [60, 80].map((side) => Math.min(side, Math.round(width / 2) * (side / 60))),
      );
    }
  });

  test('tells nothing else', async () => {
    const { head, bytes } = await decode(await ultraHdr(), { type: 'image/jpeg' });
    expect(head).toMatchObject({ isHdr: true });
    expect(bytes.every((body) => !body.includes(CANARY))).toBe(true);
    expect(findGainMap(bytes[0]!)).toBeNull();
    if (hasExiftool) expect(await foundByExiftool(...bytes)).toEqual([]);
  });

  test('is read by libultrahdr, and what that writes is read here', async () => {
    for (const parameters of [grey, coloured]) {
      const file = await ultraHdr({ parameters, isGrey: parameters === grey });
      const { variants } = await processImage(file, 'image/jpeg');
      const largest = variants.find(({ format }) => format === 'jpeg')!;
      const { map, peak, written } = await byLibultrahdr(largest.body);
      expect(map).toEqual([80, 60]);
      expect(peak).toBeGreaterThan(2);
      const read = findGainMap(written)!.parameters;
      for (const [name, value] of Object.entries(parameters))
        [value].flat().forEach((one, i) => {
          expect([read[name as keyof GainMapParameters]].flat()[i]).toBeCloseTo(one, 3);
        });
    }
  });

  test('loses gains of each channel when it is converted from a wide colour space, and keeps common ones', async () => {
    const wide = () => scene().withIccProfile('p3');
    const keeps = async (isGrey: boolean) => {
      const file = await ultraHdr({ picture: wide(), isGrey, parameters: isGrey ? grey : coloured });
      return (await processImage(file, 'image/jpeg')).hasGainMap;
    };
    expect([await keeps(true), await keeps(false)]).toEqual([true, false]);
  });

  test('is shown without it when it makes no sense', async () => {
    const hasMap = async (file: Buffer) => (await processImage(file, 'image/jpeg')).hasGainMap;
    expect(await hasMap(await ultraHdr({ map: corner(80, 80) }))).toBe(false);
    expect(await hasMap(await ultraHdr({ map: corner(640, 480) }))).toBe(false);
    expect(await hasMap(await ultraHdr({ parameters: { ...grey, hdrHeadroom: 0 } }))).toBe(false);
    expect(await hasMap(await ultraHdr({ parameters: { ...grey, max: all(-1) } }))).toBe(false);
    expect(await hasMap(await chatty('jpeg'))).toBe(false);
  });

  test('is shown without it when it is cut off or damaged', async () => {
    const file = await ultraHdr();
    const mapAt = file.lastIndexOf(Buffer.from([0xff, 0xd8, 0xff]));
    for (let end = mapAt; end < file.length; end += 97)
      expect((await processImage(file.subarray(0, end), 'image/jpeg')).hasGainMap).toBe(false);
    const mpf = file.indexOf('MPF\0', 0, 'latin1') + 4;
    for (let at = mpf; at < mpf + 82; at++) {
      const damaged = Buffer.from(file);
      damaged[at] = 0xff;
      expect(await openGainMap(damaged, { width: 320, height: 240 }, 320)).toSatisfy(
        (map) => map === null || map.pixels.width === 80,
      );
    }
  });
});

test('the numbers of ISO 21496-1 are written and read, with a denominator for each or for all', () => {
  for (const parameters of [grey, coloured]) {
    const block = isoOf(parameters);
    expect(parametersOfIso(block)).toEqual(parameters);
    for (let end = 0; end < block.length; end++) expect(parametersOfIso(block.subarray(0, end))).toBeNull();
  }
  const common = Buffer.alloc(5 + 4 + 8 + 20);
  common[4] = 0x48;
  [64, 0, 128, 0, 128, 64, 1, 1].forEach((value, i) => {
    common.writeInt32BE(value, 5 + i * 4);
  });
  expect(parametersOfIso(common)).toEqual(grey);
  common[4] = 0x4c;
  expect(parametersOfIso(common)).toBeNull();
});
