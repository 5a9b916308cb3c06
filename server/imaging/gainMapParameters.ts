import { readXmp } from './xmp.ts';

/** One value for each of the channels: red, green and blue. */
export type Channels = [number, number, number];

/** How a gain map leads from the picture to its high dynamic range (ISO 21496-1, Ultra HDR 1.1); gains and headrooms as log2. */
export interface GainMapParameters {
  min: Channels;
  max: Channels;
  gamma: Channels;
  baseOffset: Channels;
  hdrOffset: Channels;
  baseHeadroom: number;
  hdrHeadroom: number;
}

export const HDRGM = 'http://ns.adobe.com/hdr-gain-map/1.0/';

/** From the XMP packet of a gain map; null when it states none that makes sense. */
export function parametersOfXmp(packet: Buffer): GainMapParameters | null {
  const xmp = readXmp(packet);
  const channels = (name: string, missing: number): Channels => {
    const [first = missing, second = first, third = first] = xmp(HDRGM, name).map(Number);
    return [first, second, third];
  };
  if (xmp(HDRGM, 'BaseRenditionIsHDR')[0]?.toLowerCase() === 'true') return null;
  return sensible({
    min: channels('GainMapMin', 0),
    max: channels('GainMapMax', Number.NaN),
    gamma: channels('Gamma', 1),
    baseOffset: channels('OffsetSDR', 1 / 64),
    hdrOffset: channels('OffsetHDR', 1 / 64),
    baseHeadroom: channels('HDRCapacityMin', 0)[0],
    hdrHeadroom: channels('HDRCapacityMax', Number.NaN)[0],
  });
}

const MULTICHANNEL = 0x80;
const BASE_COLOUR_SPACE = 0x40;
const COMMON_DENOMINATOR = 0x08;
const BASE_IS_HDR = 0x04;
const DENOMINATOR = 1_000_000;

/** From the block of ISO 21496-1, annex C.2; null when it states none that makes sense. */
export function parametersOfIso(block: Buffer): GainMapParameters | null {
  if (block.length < 5 || block.readUInt16BE(0) !== 0) return null;
  const flags = block[4]!;
  const count = flags & MULTICHANNEL ? 3 : 1;
  const isCommon = (flags & COMMON_DENOMINATOR) !== 0;
  const bytes = isCommon ? 4 + 8 + count * 20 : 16 + count * 40;
  if (flags & BASE_IS_HDR || block.length < 5 + bytes) return null;
  let at = 5;
  const take = (isSigned: boolean) => {
    at += 4;
    return isSigned ? block.readInt32BE(at - 4) : block.readUInt32BE(at - 4);
  };
  const common = isCommon ? take(false) : null;
  const fraction = (isSigned: boolean) => take(isSigned) / (common ?? take(false));
  const [baseHeadroom, hdrHeadroom] = [fraction(false), fraction(false)];
  const signs = [true, true, false, true, true];
  const rows = Array.from({ length: count }, () => signs.map(fraction));
  const [min, max, gamma, baseOffset, hdrOffset] = signs.map(
    (_, i): Channels => [rows[0]![i]!, rows.at(count - 2)?.[i] ?? rows[0]![i]!, rows.at(-1)![i]!],
  ) as [Channels, Channels, Channels, Channels, Channels];
  return sensible({ min, max, gamma, baseOffset, hdrOffset, baseHeadroom, hdrHeadroom });
}

/** More than 2^16 times as bright is no picture, and every value has to fit the numbers that are written. */
function sensible(parameters: GainMapParameters): GainMapParameters | null {
  const { min, max, gamma, baseHeadroom, hdrHeadroom } = parameters;
  const isBounded = Object.values(parameters)
    .flat()
    .every((value) => Math.abs(value) <= 16);
  const isOrdered = max.every((value, i) => value >= min[i]!) && hdrHeadroom > baseHeadroom;
  return isBounded && isOrdered && baseHeadroom >= 0 && gamma.every((value) => value > 0.01)
    ? parameters
    : null;
}

const hasOneChannel = (parameters: GainMapParameters): boolean =>
  Object.values(parameters).every((value) => !Array.isArray(value) || value.every((one) => one === value[0]));

export function isoOf(parameters: GainMapParameters): Buffer {
  const { min, max, gamma, baseOffset, hdrOffset, baseHeadroom, hdrHeadroom } = parameters;
  const count = hasOneChannel(parameters) ? 1 : 3;
  const fractions = [
    ...[baseHeadroom, hdrHeadroom],
    ...Array.from({ length: count }, (_, i) =>
      [min, max, gamma, baseOffset, hdrOffset].map((all) => all[i]!),
    ).flat(),
  ];
  const block = Buffer.alloc(5 + fractions.length * 8);
  block[4] = BASE_COLOUR_SPACE | (count === 3 ? MULTICHANNEL : 0);
  for (const [i, value] of fractions.entries()) {
    block.writeInt32BE(Math.round(value * DENOMINATOR), 5 + i * 8);
    block.writeUInt32BE(DENOMINATOR, 9 + i * 8);
  }
  return block;
}

/** The properties of an XMP packet for a gain map, as attributes and elements. */
export function xmpOf(parameters: GainMapParameters): { attributes: string; elements: string } {
  const text = (value: number) => String(Number(value.toFixed(6)));
  const names = {
    min: 'GainMapMin',
    max: 'GainMapMax',
    gamma: 'Gamma',
    baseOffset: 'OffsetSDR',
    hdrOffset: 'OffsetHDR',
  };
  const rows = Object.entries(names).map(
    ([key, name]) => [name, parameters[key as keyof typeof names]] as const,
  );
  const isPlain = hasOneChannel(parameters);
  const item = (value: number) => `<rdf:li>${text(value)}</rdf:li>`;
  const attribute = (name: string, value: string) => ` hdrgm:${name}="${value}"`;
  return {
    attributes: [
      attribute('Version', '1.0'),
      ...(isPlain ? rows.map(([name, [value]]) => attribute(name, text(value))) : []),
      attribute('HDRCapacityMin', text(parameters.baseHeadroom)),
      attribute('HDRCapacityMax', text(parameters.hdrHeadroom)),
      attribute('BaseRenditionIsHDR', 'False'),
    ].join(''),
    elements: isPlain
      ? ''
      : rows
          .map(
            ([name, values]) =>
              `<hdrgm:${name}><rdf:Seq>${values.map(item).join('')}</rdf:Seq></hdrgm:${name}>`,
          )
          .join(''),
  };
}
