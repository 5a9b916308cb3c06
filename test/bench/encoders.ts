import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/**
 * Bytes and CPU time of the encoders that variants could be made with, at 800 pixels. With a folder as argument it also writes the pixels
 * and what became of them, as PNG, for a program that compares them. Run: node test/bench/encoders.ts [folder]
 */
const contenders: Record<string, (picture: Sharp) => Sharp> = {
  'JPEG 82, as before': (picture) => picture.jpeg({ quality: 82 }),
  'JPEG 82 mozjpeg': (picture) => picture.jpeg({ quality: 82, mozjpeg: true }),
  'JPEG 85 mozjpeg': (picture) => picture.jpeg({ quality: 85, mozjpeg: true }),
  'WebP 80, as before': (picture) => picture.webp({ quality: 80, effort: 4 }),
  'WebP 85': (picture) => picture.webp({ quality: 85, effort: 4 }),
  'WebP 88': (picture) => picture.webp({ quality: 88, effort: 4 }),
  'AVIF 65 e2': (picture) => picture.avif({ quality: 65, effort: 2 }),
  'AVIF 65 e2 4:2:0': (picture) => picture.avif({ quality: 65, effort: 2, chromaSubsampling: '4:2:0' }),
  'AVIF 68 e2 4:2:0': (picture) => picture.avif({ quality: 68, effort: 2, chromaSubsampling: '4:2:0' }),
  'AVIF 65 e1 4:2:0': (picture) => picture.avif({ quality: 65, effort: 1, chromaSubsampling: '4:2:0' }),
  'AVIF 70 e1 4:2:0': (picture) => picture.avif({ quality: 70, effort: 1, chromaSubsampling: '4:2:0' }),
};

sharp.concurrency(1);
sharp.cache(false);
const photos = resolve(import.meta.dirname, '../../server/scripts/demo/photos');
const names = readdirSync(photos).filter((name) => name.endsWith('.jpg'));
const folder = process.argv[2];
if (folder) mkdirSync(folder, { recursive: true });

for (const [name, encode] of Object.entries(contenders)) {
  let [bytes, ms] = [0, 0];
  for (const photo of names) {
    const { data, info } = await sharp(readFileSync(join(photos, photo)))
      .resize({ width: 800, height: 800, fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const open = () =>
      sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
    const before = process.cpuUsage();
    const encoded = await encode(open()).toBuffer();
    const { user, system } = process.cpuUsage(before);
    bytes += encoded.length;
    ms += (user + system) / 1000;
    if (!folder) continue;
    writeFileSync(join(folder, `${photo}.png`), await open().png().toBuffer());
    writeFileSync(join(folder, `${photo} ${name}.png`), await sharp(encoded).png().toBuffer());
  }
  const [meanBytes, meanMs] = [bytes / names.length / 1000, ms / names.length];
  console.log(
    `${name.padEnd(20)} ${meanBytes.toFixed(1).padStart(6)} kB ${meanMs.toFixed(0).padStart(4)} ms`,
  );
}
