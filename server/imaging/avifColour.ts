import { fourCharacters } from './avifBoxes.ts';
import { colourOfCodes, type StatedColour } from './codePoints.ts';
import { readContainer } from './heifContainer.ts';

/**
 * The colour that the primary item of an AVIF or HEIC, or its first tile, states by code points (box `colr`, kind `nclx`); null
 * when there is none.
 */
export function readAvifColour(file: Buffer): StatedColour | null {
  const container = readContainer(file);
  const { primary } = container;
  for (const id of [primary, ...container.partsOf(primary).slice(0, 1)]) {
    for (const { type, body, end } of container.propertiesOf(id)) {
      if (type === 'colr' && end - body >= 11 && fourCharacters(file, body) === 'nclx')
        return colourOfCodes(file.readUInt16BE(body + 4), file.readUInt16BE(body + 6));
    }
  }
  return null;
}
