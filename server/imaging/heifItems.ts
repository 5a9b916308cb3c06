import { type Box, boxesIn, fourCharacters } from './avifBoxes.ts';
import { damaged } from './unusableImage.ts';

/** Far more than cameras write: 48 megapixels in tiles of 512 by 512 are 200 items. */
const MAX_ITEMS = 5000;
/** Without a bound, extents that take no bytes of their own would cost nothing to claim. */
const MAX_EXTENTS = 10_000;

export interface Extent {
  start: number;
  end: number;
}

export interface Item {
  id: number;
  type: string;
  typeAt: number;
  end: number;
}

/** The items that a box `iinf` lists (ISO/IEC 14496-12). */
export function itemsIn(file: Buffer, iinf: Box): Item[] {
  const from = iinf.body + (file[iinf.body] === 0 ? 6 : 8);
  const boxes = boxesIn(file, from, iinf.end);
  if (boxes.length > MAX_ITEMS) throw damaged();
  return boxes.map(({ body, end }) => {
    const version = file[body]!;
    const idBytes = version === 2 ? 2 : 4;
    const typeAt = body + 4 + idBytes + 2;
    if (version < 2 || typeAt + 4 > end) throw damaged();
    return { id: file.readUIntBE(body + 4, idBytes), type: fourCharacters(file, typeAt), typeAt, end };
  });
}

/** Where each item's bytes are (ISO/IEC 14496-12, box `iloc`). */
export function readLocations(file: Buffer, iloc: Box, idat: Box | undefined): (Extent & { id: number })[] {
  const found: (Extent & { id: number })[] = [];
  let at = iloc.body;
  const take = (bytes: number): number => {
    if (at + bytes > iloc.end) throw damaged();
    const value =
      bytes === 0 ? 0 : bytes === 8 ? Number(file.readBigUInt64BE(at)) : file.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = take(1);
  take(3);
  const sizes = take(2);
  const [offsetBytes, lengthBytes, baseBytes] = [12, 8, 4].map((shift) => (sizes >> shift) & 15) as [
    number,
    number,
    number,
  ];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version === 2 ? 4 : 2;
  for (let items = take(idBytes); items > 0; items--) {
    const id = take(idBytes);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseBytes);
    for (let extents = take(2); extents > 0; extents--) {
      take(indexBytes);
      const start = base + take(offsetBytes) + (method === 1 ? (idat?.body ?? Number.NaN) : 0);
      const length = take(lengthBytes);
      if (method > 1 || found.length === MAX_EXTENTS) throw damaged();
      found.push({ id, start, end: length === 0 ? file.length : start + length });
    }
  }
  return found;
}

export interface Reference {
  type: string;
  from: number;
  to: number[];
}

/** What items have to do with each other (box `iref`). */
export function referencesIn(file: Buffer, iref: Box | undefined): Reference[] {
  if (!iref) return [];
  const ids = file[iref.body] === 0 ? 2 : 4;
  return boxesIn(file, iref.body + 4, iref.end).map(({ type, body, end }) => {
    const count = file.readUInt16BE(body + ids);
    const first = body + ids + 2;
    if (count > MAX_ITEMS || first + count * ids > end) throw damaged();
    const to = Array.from({ length: count }, (_, i) => file.readUIntBE(first + i * ids, ids));
    return { type, from: file.readUIntBE(body, ids), to };
  });
}
