import type { Metadata } from 'sharp';
import { type Codes, readAvifColour } from './avifColour.ts';
import { ADOBE_GAMMA, ADOBE_RGB, colourOfCodes, SRGB, SRGB_CURVE, type StatedColour } from './codePoints.ts';
import { type Curve, matrixToD50, type Primaries, power } from './colourMath.ts';
import { interoperabilityOf } from './exif.ts';
import { type PixelSpace, type Profile, readProfile } from './iccProfile.ts';
import { matrixProfile } from './iccWriter.ts';
import { type AcceptedType, isHeic } from './imageType.ts';
import { pngChunks } from './pngChunks.ts';

/** What a decoder, or our own reader, says of a file. */
export interface ColourMetadata extends Pick<Metadata, 'icc' | 'space' | 'exif'> {
  /** What a picture coded by HEVC states by itself. */
  codes?: Codes;
}

/** What the values of a file's pixels mean. */
export interface Colour {
  /** Null when they are sRGB, or high dynamic range. */
  profile: Profile | null;
  hdr: { primaries: Primaries; transfer: 'pq' | 'hlg' } | null;
  /** The profile is the one in the file, so that a decoder may apply it by itself. */
  isEmbedded: boolean;
  /** Black and white are at 16 and 235 of 255, or as far within what a value can be. */
  isNarrow: boolean;
  /** The profile that the original needs. */
  kept: Profile | null;
}

/**
 * Reads the colour of a file in the order of its standard. PNG (third edition): cICP, iCCP, sRGB, gAMA and cHRM. AVIF (ISO/IEC 23000-22):
 * ICC, then nclx, then what the coded picture states. JPEG: ICC, then the interoperability index of DCF 2.0. WebP: ICC. What can't be believed counts as absent.
 */
export function colourOf(file: Buffer, type: AcceptedType, metadata: ColourMetadata): Colour {
  const embedded = readProfile(metadata.icc, spaceOf(metadata));
  if (type === 'image/png') return colourOfPng(file, embedded, metadata);
  // Our decoder of HEIC applies no profile.
  if (embedded) return { ...ofProfile(embedded), isEmbedded: !isHeic(type) };
  if (type === 'image/avif' || isHeic(type)) return ofStated(readAvifColour(file, metadata.codes), null);
  if (type === 'image/jpeg' && spaceOf(metadata) === 'RGB ' && isAdobeByIndex(metadata)) {
    const profile = built(ADOBE_RGB, ADOBE_GAMMA);
    return { profile, hdr: null, isEmbedded: false, isNarrow: false, kept: profile };
  }
  return ofStated(null, null);
}

function spaceOf({ space }: ColourMetadata): PixelSpace {
  if (space === 'cmyk') return 'CMYK';
  return space === 'b-w' || space === 'grey16' ? 'GRAY' : 'RGB ';
}

function colourOfPng(file: Buffer, embedded: Profile | null, metadata: ColourMetadata): Colour {
  const chunks = new Map<string, Buffer>();
  for (const { type, body } of pngChunks(file)) {
    if (type === 'IDAT') break;
    if (!chunks.has(type)) chunks.set(type, body);
  }
  const cicp = chunks.get('cICP');
  const isRgb = cicp !== undefined && cicp.length >= 4 && cicp[2] === 0 && cicp[3]! <= 1;
  const stated = isRgb ? colourOfCodes(cicp[0]!, cicp[1]!) : null;
  if (stated) return { ...ofStated(stated, embedded), isNarrow: cicp![3] === 0 };
  if (embedded) return ofProfile(embedded);
  const isGamma = !chunks.has('sRGB') && spaceOf(metadata) !== 'CMYK';
  return ofStated(isGamma ? statedByGamma(chunks.get('gAMA'), chunks.get('cHRM')) : null, null);
}

/** The gamma of nearly every sRGB file, 1/2.2, is within this part of it. */
const SAME_GAMMA = 0.02;
const SRGB_GAMMA = 45_455;

/** Chromaticities without a gamma say nothing. */
function statedByGamma(gama: Buffer | undefined, chrm: Buffer | undefined): StatedColour | null {
  if (gama === undefined || gama.length < 4) return null;
  const value = gama.readUInt32BE(0);
  if (value < 10_000 || value > 1_000_000) return null;
  const isSrgb = Math.abs(value / SRGB_GAMMA - 1) < SAME_GAMMA;
  return {
    primaries: chrm && chrm.length >= 32 ? readPrimaries(chrm) : SRGB,
    transfer: isSrgb ? SRGB_CURVE : power(100_000 / value),
  };
}

function readPrimaries(chrm: Buffer): Primaries {
  const point = (at: number) => [chrm.readUInt32BE(at) / 1e5, chrm.readUInt32BE(at + 4) / 1e5] as const;
  const primaries = { white: point(0), red: point(8), green: point(16), blue: point(24) };
  const columns = matrixToD50(primaries).columns();
  const isReal = columns.every((column) => column.every((value) => Math.abs(value) < 8));
  return isReal ? primaries : SRGB;
}

/** DCF 2.0: the optional colour space is Adobe RGB. */
const isAdobeByIndex = ({ exif }: ColourMetadata): boolean =>
  exif !== undefined && interoperabilityOf(exif) === 'R03';

/** The curves of a profile hold no high dynamic range: its code points, where it has them (ICC.1:2022, 9.2.17), say that it is one. */
function ofProfile(profile: Profile): Colour {
  const cicp = profile.header.space === 'RGB ' ? profile.tags.get('cicp') : undefined;
  const stated = cicp && cicp[10] === 0 && cicp[11] === 1 ? colourOfCodes(cicp[8]!, cicp[9]!) : null;
  if (stated?.transfer === 'pq' || stated?.transfer === 'hlg') return ofStated(stated, profile);
  return { profile, hdr: null, isEmbedded: true, isNarrow: false, kept: profile };
}

function ofStated(stated: StatedColour | null, kept: Profile | null): Colour {
  const plain = { profile: null, hdr: null, isEmbedded: false, isNarrow: false, kept };
  if (!stated || isSrgb(stated)) return plain;
  const { primaries, transfer } = stated;
  return transfer === 'pq' || transfer === 'hlg'
    ? { ...plain, hdr: { primaries, transfer } }
    : { ...plain, profile: built(primaries, transfer) };
}

/** Chromaticities are stored with few digits. */
const SAME_POINT = 0.003;

function isSrgb({ primaries, transfer }: StatedColour): boolean {
  const points = ['red', 'green', 'blue', 'white'] as const;
  return (
    transfer === SRGB_CURVE &&
    points.every((name) => primaries[name].every((value, i) => Math.abs(value - SRGB[name][i]!) < SAME_POINT))
  );
}

const built = (primaries: Primaries, curve: Curve): Profile =>
  readProfile(matrixProfile(primaries, curve), 'RGB ')!;
