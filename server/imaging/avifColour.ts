import { sequenceColour } from './av1Sequence.ts';
import { AV1C_HEAD } from './av1Units.ts';
import { type Box, fourCharacters } from './avifBoxes.ts';
import { colourOfCodes, type StatedColour } from './codePoints.ts';
import { type HeifContainer, readContainer } from './heifContainer.ts';

/** Primaries and transfer as code points of Rec. ITU-T H.273. */
export type Codes = [primaries: number, transfer: number];

/**
 * The colour that the primary item of an AVIF or HEIC, or its first tile, states by code points: in the box `colr`, kind `nclx`, else in
 * the coded picture; null when there is none. `coded` is what the decoder of HEVC found there.
 */
export function readAvifColour(file: Buffer, coded: Codes | undefined): StatedColour | null {
  const container = readContainer(file);
  const { primary } = container;
  const items = [primary, ...container.partsOf(primary).slice(0, 1)];
  const properties = items.flatMap((id) => container.propertiesOf(id));
  const nclx = properties.find(
    ({ type, body, end }) => type === 'colr' && end - body >= 11 && fourCharacters(file, body) === 'nclx',
  );
  if (nclx) return colourOfCodes(file.readUInt16BE(nclx.body + 4), file.readUInt16BE(nclx.body + 6));
  const codes = coded ?? codesOfAv1(file, container, items.at(-1)!, properties);
  return codes && colourOfCodes(...codes);
}

/** The sequence header is in the data; the box `av1C` may repeat it. */
function codesOfAv1(file: Buffer, container: HeifContainer, id: number, properties: Box[]) {
  if (container.typeOf(id) !== 'av01') return null;
  const av1C = properties.find(({ type }) => type === 'av1C');
  const repeated = av1C && sequenceColour(file.subarray(av1C.body + AV1C_HEAD, av1C.end));
  return repeated ?? sequenceColour(container.bytesOf(id, file.length));
}
