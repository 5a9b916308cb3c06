import { type Box, boxesIn, metaBoxes } from './avifBoxes.ts';

/** The properties of the primary item of an AVIF or HEIC (ISO/IEC 23008-12), in their order; none when it is not described. */
export function primaryProperties(file: Buffer): Box[] {
  const boxes = metaBoxes(file);
  const pitm = boxes.find(({ type }) => type === 'pitm');
  const iprp = boxes.find(({ type }) => type === 'iprp');
  if (!pitm || !iprp) return [];
  const parts = boxesIn(file, iprp.body, iprp.end);
  const ipco = parts.find(({ type }) => type === 'ipco');
  if (!ipco) return [];
  const properties = boxesIn(file, ipco.body, ipco.end);
  const associations = parts.filter(({ type }) => type === 'ipma');
  const numbers = associations.flatMap((ipma) => propertiesOf(file, ipma, primaryItem(file, pitm)));
  return numbers.flatMap((number) => properties[number - 1] ?? []);
}

export const primaryItem = (file: Buffer, { body }: Box): number =>
  file[body] === 0 ? file.readUInt16BE(body + 4) : file.readUInt32BE(body + 4);

/** The properties, numbered from 1, of an item (box `ipma`). */
export function propertiesOf(file: Buffer, { body, end }: Box, wanted: number): number[] {
  const ids = file[body] === 0 ? 2 : 4;
  const numbers = (file[body + 3]! & 1) + 1;
  let at = body + 8;
  for (let items = file.readUInt32BE(body + 4); items > 0 && at + ids < end; items--) {
    const id = file.readUIntBE(at, ids);
    const count = file[at + ids]!;
    at += ids + 1;
    if (at + count * numbers > end) return [];
    if (id === wanted)
      return Array.from({ length: count }, (_, i) =>
        numbers === 1 ? file[at + i]! & 0x7f : file.readUInt16BE(at + i * 2) & 0x7fff,
      );
    at += count * numbers;
  }
  return [];
}
