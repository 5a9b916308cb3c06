import { boxesIn, fourCharacters, writeFree } from './avifBoxes.ts';

/** Brands that promise tracks (ISO/IEC 23008-12). */
const TRACK_BRANDS = new Set(['avis', 'hevc', 'hevx', 'msf1']);

/**
 * An animation as the still picture of this brand that it holds as well, with every byte in its place; any other file unchanged.
 */
export function withoutTracks(file: Buffer, brand: 'avif' | 'heic'): Buffer {
  const boxes = boxesIn(file, 0, file.length);
  const ftyp = boxes.find(({ type }) => type === 'ftyp');
  const brands: number[] = [];
  for (let at = ftyp?.body ?? 0; ftyp && at + 4 <= ftyp.end; at += 4)
    if (TRACK_BRANDS.has(fourCharacters(file, at))) brands.push(at);
  if (brands.length === 0) return file;
  const still = Buffer.from(file);
  for (const at of brands) still.write(brand, at, 'latin1');
  for (const box of boxes) if (box.type === 'moov') writeFree(still, file, box);
  return still;
}
