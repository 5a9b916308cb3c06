import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { ladderOf } from '../../server/imaging/ladder.ts';
import { JPEG, WEBP } from '../../server/imaging/processImage.ts';
import { alternate, median, ratio } from './rounds.ts';
import { sized } from './smoke.ts';
import { openWorkshop } from './workshop.ts';

/**
 * Photographs a second through the worker (row, checks, objects, thumbhash and all) against calling sharp for the same sizes
 * and formats. Run: node test/bench/worker.ts
 */
const AT_ONCE = 2;
const folder = resolve(import.meta.dirname, '../../server/scripts/demo/photos');
const photos = readdirSync(folder)
  .filter((name) => name.endsWith('.jpg'))
  .map((name) => readFileSync(join(folder, name)));

sharp.concurrency(1);
sharp.cache(false);
const workshop = await openWorkshop();
try {
  let i = 0;
  const next = () => photos[i++ % photos.length]!;
  const contenders = [
    { name: 'sharp', once: () => ladder(next()) },
    { name: 'worker', once: () => workshop.work(next()) },
  ];
  const rates = await alternate(contenders, {
    rounds: sized(7, 1),
    turnMs: sized(4000, 100),
    connections: AT_ONCE,
  });
  for (const { name } of contenders)
    console.log(`${name.padEnd(7)} ${median(rates.get(name)!).toFixed(1)} photographs/s`);
  console.log(`worker / sharp alone   ${ratio(rates, 'worker', 'sharp')}`);
} finally {
  await workshop.close();
}

/** The straightforward program that makes the same files. */
async function ladder(photo: Buffer): Promise<void> {
  for (const { width, height } of ladderOf(await sharp(photo).metadata())) {
    const scaled = sharp(photo).autoOrient().resize({ width, height, fit: 'fill' });
    await Promise.all([scaled.clone().webp(WEBP).toBuffer(), scaled.clone().jpeg(JPEG).toBuffer()]);
  }
}
