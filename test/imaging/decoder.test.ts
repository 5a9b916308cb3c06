import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openUntrusted } from '../../server/imaging/decoder.ts';
import { blackPng, encode, type Format, scene } from './corpus.ts';

test.each<Format>(['jpeg', 'png', 'webp', 'avif'])('opens %s', async (format) => {
  const file = await encode(scene(), format).toBuffer();
  expect(await openUntrusted(file).metadata()).toMatchObject({ width: 320, height: 240 });
});

test.each<[string, () => Promise<Buffer> | Buffer]>([
  ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['GIF', () => scene().gif().toBuffer()],
  ['TIFF', () => scene().tiff().toBuffer()],
  ['PPM', () => Buffer.from('P6 1 1 255\nabc')],
  ['PDF', () => Buffer.from('%PDF-1.4\n%%EOF')],
  ['Radiance', () => Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\nabcd')],
])('has nothing that could open %s', async (_format, make) => {
  await expect(openUntrusted(await make()).metadata()).rejects.toThrow('unsupported image format');
});

test('opens no file by its path, not even a good one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ciel-decoder-'));
  const path = join(folder, 'photo.jpg');
  await writeFile(path, await scene().jpeg().toBuffer());
  await expect(sharp(path).metadata()).rejects.toThrow();
  await rm(folder, { recursive: true });
});

test('refuses more than 64 megapixels before it decodes one', async () => {
  await expect(openUntrusted(blackPng(8_000, 8_000)).metadata()).resolves.toMatchObject({ width: 8_000 });
  await expect(openUntrusted(blackPng(8_000, 8_001)).metadata()).rejects.toThrow('pixel limit');
});
