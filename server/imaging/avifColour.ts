import { fourCharacters } from './avifBoxes.ts';
import { primaryProperties } from './avifItems.ts';
import { colourOfCodes, type StatedColour } from './codePoints.ts';

/** The colour that the primary item of an AVIF states by code points (box `colr`, kind `nclx`); null when there is none. */
export function readAvifColour(file: Buffer): StatedColour | null {
  for (const colr of primaryProperties(file)) {
    if (colr.type !== 'colr' || colr.end - colr.body < 11) continue;
    if (fourCharacters(file, colr.body) === 'nclx')
      return colourOfCodes(file.readUInt16BE(colr.body + 4), file.readUInt16BE(colr.body + 6));
  }
  return null;
}
