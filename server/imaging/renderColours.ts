import type { Metadata, Sharp } from 'sharp';
import { DISPLAY_P3, SRGB, SRGB_CURVE } from './codePoints.ts';
import type { Colour } from './colourOf.ts';
import { convertColour } from './convertColour.ts';
import { type OpenOptions, openPixels, type Pixels, toDeepPixels, toPixels } from './decoder.ts';
import { decoding } from './decoding.ts';
import { isDisplayLike, isMatrix, isWide, type Profile, writeClean } from './iccProfile.ts';
import { matrixProfile } from './iccWriter.ts';
import { peakOf, toneMappedProfile } from './toneMapping.ts';

/** The picture in sRGB and, if its colours exceed that, in a wide colour space too. */
export interface Rendered {
  srgb: Pixels;
  wide: { pixels: Pixels; profile: Buffer } | null;
}

type Open = (options: OpenOptions) => Sharp;

/** Decodes the picture once, at the size that `open` gives it, and makes of it what can be shown. */
export async function renderColours(
  open: Open,
  colour: Colour,
  { depth }: Pick<Metadata, 'depth'>,
): Promise<Rendered> {
  const { profile, hdr, isEmbedded, isNarrow } = colour;
  const isDeep = depth === 'ushort';
  const values = () => open({ ignoreIcc: true });
  const native = () => (isNarrow ? fullRange(values(), isDeep) : values());
  if (hdr) {
    const pixels = await decoding(() => toDeepPixels(native()));
    return toneMapped(pixels, toneMappedProfile(hdr, peakOf(pixels, hdr)));
  }
  if (!profile) return { srgb: await decoding(() => toPixels(native())), wide: null };
  const isWideMatrix = isMatrix(profile) && isWide(profile);
  if (isEmbedded && !isDeep && !isWideMatrix)
    return { srgb: await decoding(() => toPixels(open({}))), wide: null };
  const pixels = await decoding(() => (isDeep ? toDeepPixels : toPixels)(native()));
  return fromProfile(pixels, profile, isWideMatrix);
}

/** Values of narrow range (Rec. ITU-R BT.709, and PNG, third edition, 11.3.2.6) as those of full range. */
function fullRange(picture: Sharp, isDeep: boolean): Sharp {
  const [unit, top] = isDeep ? [256, 65_535] : [1, 255];
  const scale = top / (219 * unit);
  return picture.linear(scale, -16 * unit * scale);
}

async function toneMapped(pixels: Pixels, profile: Buffer): Promise<Rendered> {
  const wide = { pixels: await convertColour(pixels, profile, 'p3'), profile: displayP3() };
  return { srgb: await convertColour(wide.pixels, wide.profile, 'srgb'), wide };
}

async function fromProfile(pixels: Pixels, profile: Profile, isWide: boolean): Promise<Rendered> {
  const icc = profile.header.space === 'GRAY' ? greyAsRgb(profile) : writeClean(profile);
  const srgb = await convertColour(pixels, icc, 'srgb');
  if (!isWide) return { srgb, wide: null };
  if (!isDisplayLike(profile))
    return { srgb, wide: { pixels: await convertColour(pixels, icc, 'p3'), profile: displayP3() } };
  const own = pixels.isDeep ? await toPixels(openPixels(pixels).toColourspace('srgb')) : pixels;
  return { srgb, wide: { pixels: own, profile: icc } };
}

const displayP3 = () => matrixProfile(DISPLAY_P3, SRGB_CURVE);

/** Grey values are decoded to three equal ones, which need three primaries; any with this white will do. */
const greyAsRgb = ({ tags }: Profile) => matrixProfile(SRGB, tags.get('kTRC') ?? SRGB_CURVE);
