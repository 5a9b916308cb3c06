import { type Box, boxesIn, fourCharacters, metaBoxes } from './avifBoxes.ts';
import { colourOfCodes, type StatedColour } from './codePoints.ts';

/** The colour that the primary item of an AVIF states by code points (box `colr`, kind `nclx`); null when there is none. */
export function readAvifColour(file: Buffer): StatedColour | null {
  const boxes = metaBoxes(file);
  const pitm = boxes.find(({ type }) => type === 'pitm');
  const iprp = boxes.find(({ type }) => type === 'iprp');
  if (!pitm || !iprp) return null;
  const parts = boxesIn(file, iprp.body, iprp.end);
  const ipco = parts.find(({ type }) => type === 'ipco');
  if (!ipco) return null;
  const properties = boxesIn(file, ipco.body, ipco.end);
  const associations = parts.filter(({ type }) => type === 'ipma');
  const numbers = associations.flatMap((ipma) => propertiesOf(file, ipma, primaryItem(file, pitm)));
  for (const number of numbers) {
    const colr = properties[number - 1];
    if (colr?.type !== 'colr' || colr.end - colr.body < 11) continue;
    if (fourCharacters(file, colr.body) === 'nclx')
      return colourOfCodes(file.readUInt16BE(colr.body + 4), file.readUInt16BE(colr.body + 6));
  }
  return null;
}

const primaryItem = (file: Buffer, { body }: Box): number =>
  file[body] === 0 ? file.readUInt16BE(body + 4) : file.readUInt32BE(body + 4);

/** The properties, numbered from 1, of an item (ISO/IEC 23008-12, box `ipma`). */
function propertiesOf(file: Buffer, { body, end }: Box, wanted: number): number[] {
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
