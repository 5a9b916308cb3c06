import type { Codes } from './avifColour.ts';
import type { Pixels } from './decoder.ts';
import { type Libheif, loadLibheif } from './heicLibrary.ts';
import type { HeicPlan } from './heicPlan.ts';
import { damaged, Undecodable } from './unusableImage.ts';
import { type Plane, type Planes, toRgb } from './yuvPixels.ts';

/** Constants of libheif's interface. */
const UNDEFINED = 99;
const UNSPECIFIED = 2;
const YCBCR = 0;
const MONOCHROME = 2;
const ALPHA = 6;
/** Where the structures of the interface have their fields. */
const IGNORE_TRANSFORMATIONS = 1;
/** Leaves values as they are coded: to bring them to another matrix would take several more copies of the picture. */
const KEEP_CODE_POINTS = 69;
const PRIMARIES = 4;
const TRANSFER = 8;
const MATRIX = 12;
const FULL_RANGE = 16;
const STRUCT_BYTES = 64;

export interface DecodedHeic extends Pixels {
  /** Of the container, or else of the coded picture: of those libde265 knows the ones up to 2013, without Display P3 and HLG. */
  codes: Codes;
}

/**
 * Decodes a HEIC file to pixels in its own colours, cropped but not turned, and made smaller where that is enough for the
 * variants. Blocks until it is done.
 */
export function decodeHeic(file: Buffer, plan: HeicPlan): DecodedHeic {
  try {
    const { codes, ...planes } = planesOf(loadLibheif(plan.memory), file, plan);
    if (planes.luma.width !== plan.width || planes.luma.height !== plan.height) throw damaged();
    return { ...toRgb(planes, plan.crop), codes };
  } catch (error) {
    // The program aborts when it cannot get on; what is wrong is then within the file.
    throw error instanceof Error && error.name === 'RuntimeError' ? new Undecodable({ cause: error }) : error;
  }
}

function planesOf(lib: Libheif, file: Buffer, plan: HeicPlan): Planes & { codes: Codes } {
  const scratch = lib._malloc(STRUCT_BYTES);
  const [error, out] = [scratch, scratch + 16];
  const word = (at: number) => Buffer.from(lib.HEAPU8.buffer, at, 4).readInt32LE(0);
  const pointer = (call: () => void): number => {
    call();
    // Whether for lack of memory is not to be told: the file is tried once more, alone.
    if (word(error) !== 0) throw new Undecodable();
    return word(out);
  };
  const bytes = lib._malloc(file.length);
  const context = lib._heif_context_alloc();
  if (scratch === 0 || bytes === 0 || context === 0) throw new Undecodable();
  lib.HEAPU8.set(file, bytes);
  // libheif expects no more than the crop to be coded, which it is not made to apply.
  if (plan.cropAt !== null) lib.HEAPU8.set(wholeAperture(plan), bytes + plan.cropAt);
  pointer(() => lib._heif_context_read_from_memory_without_copy(error, context, bytes, file.length, 0));
  const handle = pointer(() => lib._heif_context_get_primary_image_handle(error, context, out));
  const options = lib._heif_decoding_options_alloc();
  lib.HEAPU8[options + IGNORE_TRANSFORMATIONS] = 1;
  lib.HEAPU8[options + KEEP_CODE_POINTS] = 1;
  const image = pointer(() => lib._heif_decode_image(error, handle, out, UNDEFINED, UNDEFINED, options));
  const colourSpace = lib._heif_image_get_colorspace(image);
  if (colourSpace !== YCBCR && colourSpace !== MONOCHROME) throw damaged();
  const plane = (channel: number) => planeOf(lib, image, channel, out, word);
  lib._heif_image_get_nclx_color_profile(error, image, out);
  const nclx = word(error) === 0 ? word(out) : 0;
  return {
    luma: plane(0),
    chroma: colourSpace === YCBCR ? [plane(1), plane(2)] : null,
    alpha: lib._heif_image_has_channel(image, ALPHA) ? plane(ALPHA) : null,
    codes: nclx ? [word(nclx + PRIMARIES), word(nclx + TRANSFER)] : [UNSPECIFIED, UNSPECIFIED],
    matrix: nclx ? word(nclx + MATRIX) : UNDEFINED,
    isFullRange: nclx ? lib.HEAPU8[nclx + FULL_RANGE] !== 0 : true,
  };
}

function wholeAperture({ width, height }: HeicPlan): Buffer {
  const clap = Buffer.alloc(32);
  for (const [i, value] of [width, 1, height, 1, 0, 1, 0, 1].entries()) clap.writeInt32BE(value, i * 4);
  return clap;
}

/** A view into the memory of the program, which must not run again while it is used. */
function planeOf(
  lib: Libheif,
  image: number,
  channel: number,
  out: number,
  word: (at: number) => number,
): Plane {
  const start = lib._heif_image_get_plane_readonly2(image, channel, out);
  const bits = lib._heif_image_get_bits_per_pixel_range(image, channel);
  const width = lib._heif_image_get_width(image, channel);
  const height = lib._heif_image_get_height(image, channel);
  const stride = word(out);
  if (start === 0 || bits < 8 || bits > 16 || width < 1 || height < 1) throw damaged();
  const { buffer } = lib.HEAPU8;
  return bits > 8
    ? { data: new Uint16Array(buffer, start, (stride / 2) * height), stride: stride / 2, width, height, bits }
    : { data: new Uint8Array(buffer, start, stride * height), stride, width, height, bits };
}
