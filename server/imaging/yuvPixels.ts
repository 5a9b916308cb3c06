import type { Pixels } from './decoder.ts';
import type { Area, HeicPlan } from './heicPlan.ts';
import { damaged } from './unusableImage.ts';

/** Samples of one channel, line by line. */
export interface Plane {
  data: Uint8Array | Uint16Array;
  /** Samples from one line to the next. */
  stride: number;
  width: number;
  height: number;
  bits: number;
}

export interface Planes {
  luma: Plane;
  /** Cb and Cr, at full or half width and height; null for grey. */
  chroma: [Plane, Plane] | null;
  alpha: Plane | null;
  /** Matrix coefficients and range of Rec. ITU-T H.273. */
  matrix: number;
  isFullRange: boolean;
}

/** No variant is larger: a picture that is at least twice as large is averaged while it is converted. */
const LONGEST_SIDE = 4096;
const MOST_PIXELS = 12_582_912;

/** The light of red and blue in each matrix; any other, and none, means Rec. BT.601 as in JPEG. */
const WEIGHTS = new Map<number, [red: number, blue: number]>([
  [1, [0.2126, 0.0722]],
  [4, [0.3, 0.11]],
  [7, [0.212, 0.087]],
  [9, [0.2627, 0.0593]],
  [10, [0.2627, 0.0593]],
]);
const BT601: [number, number] = [0.299, 0.114];
const IDENTITY = 0;

/** Converts what is within `area` to RGB, 8 bits deep or 16, with alpha if there is any. */
export function toRgb(planes: Planes, area: Area): Pixels {
  const { luma, alpha } = planes;
  requireFitting(planes);
  const step = shrinkOf(area);
  const width = Math.max(1, Math.floor(area.width / step));
  const height = Math.max(1, Math.floor(area.height / step));
  const channels = alpha ? 4 : 3;
  const isDeep = luma.bits > 8;
  const most = isDeep ? 65_535 : 255;
  const out = isDeep ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  const line = new Float64Array(area.width * channels);
  const sums = new Float64Array(width * channels);
  const convert = lineConverter(planes, area, channels, most);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = 0; row < step; row++) {
      convert(Math.min(area.top + y * step + row, luma.height - 1), line);
      addLine(line, sums, { width, channels, step });
    }
    const from = y * width * channels;
    for (let i = 0; i < sums.length; i++) out[from + i] = sums[i]! / (step * step) + 0.5;
  }
  return { data: Buffer.from(out.buffer), width, height, channels, ...(isDeep ? { isDeep } : {}) };
}

/** Bytes of what a file becomes, at the most: with transparency. */
export function decodedBytes({ crop, isDeep }: Pick<HeicPlan, 'crop' | 'isDeep'>): number {
  const pixels = (crop.width * crop.height) / shrinkOf(crop) ** 2;
  return pixels * (isDeep ? 8 : 4);
}

const shrinkOf = ({ width, height }: Area): number =>
  Math.max(
    1,
    Math.floor(Math.min(Math.max(width, height) / LONGEST_SIDE, Math.sqrt((width * height) / MOST_PIXELS))),
  );

function addLine(
  line: Float64Array,
  sums: Float64Array,
  { width, channels, step }: { width: number; channels: number; step: number },
): void {
  if (step === 1) {
    sums.set(line.length === sums.length ? line : line.subarray(0, sums.length));
    return;
  }
  for (let x = 0; x < width; x++)
    for (let column = 0; column < step; column++)
      for (let channel = 0; channel < channels; channel++)
        sums[x * channels + channel]! += line[(x * step + column) * channels + channel]!;
}

function requireFitting({ luma, chroma, alpha }: Planes): void {
  const isHalf = (part: number, whole: number) => part === whole || part === Math.ceil(whole / 2);
  for (const { width, height, bits } of chroma ?? [])
    if (!isHalf(width, luma.width) || !isHalf(height, luma.height) || bits !== luma.bits) throw damaged();
  if (chroma && (chroma[0].width !== chroma[1].width || chroma[0].height !== chroma[1].height))
    throw damaged();
  if (alpha && (alpha.width !== luma.width || alpha.height !== luma.height)) throw damaged();
}

/** Writes one line of the picture as values from 0 to `most`. */
function lineConverter(
  { luma, chroma, alpha, matrix, isFullRange }: Planes,
  { left, width }: Area,
  channels: number,
  most: number,
): (y: number, line: Float64Array) => void {
  const unit = 2 ** (luma.bits - 8);
  const top = 2 ** luma.bits - 1;
  const [black, range, swing] = isFullRange ? [0, top, top] : [16 * unit, 219 * unit, 224 * unit];
  const [red, blue] = WEIGHTS.get(matrix) ?? BT601;
  const toRed = (2 * (1 - red) * most) / swing;
  const toBlue = (2 * (1 - blue) * most) / swing;
  const redToGreen = (toRed * red) / (1 - red - blue);
  const blueToGreen = (toBlue * blue) / (1 - red - blue);
  const scale = most / range;
  const zero = 128 * unit;
  const within = (value: number) => (value < 0 ? 0 : value > most ? most : value);
  const [cb, cr] = (chroma ?? []).map((plane) => new Float64Array(plane.width)) as [
    Float64Array,
    Float64Array,
  ];
  const isHalfWide = chroma !== null && chroma[0].width !== luma.width;
  return (y, line) => {
    if (chroma) {
      blendLine(chroma[0], y, luma.height, cb);
      blendLine(chroma[1], y, luma.height, cr);
    }
    const from = y * luma.stride;
    for (let x = left, at = 0; x < left + width; x++, at += channels) {
      const value = (luma.data[from + x]! - black) * scale;
      let u = zero;
      let v = zero;
      if (chroma && !isHalfWide) {
        u = cb[x]!;
        v = cr[x]!;
      } else if (chroma) {
        const near = x >> 1;
        const far = Math.min(cb.length - 1, Math.max(0, near + ((x & 1) === 0 ? -1 : 1)));
        u = cb[near]! * 0.75 + cb[far]! * 0.25;
        v = cr[near]! * 0.75 + cr[far]! * 0.25;
      }
      if (matrix === IDENTITY && chroma) {
        line[at] = within((v - black) * scale);
        line[at + 1] = within(value);
        line[at + 2] = within((u - black) * scale);
      } else {
        line[at] = within(value + (v - zero) * toRed);
        line[at + 1] = within(value - (v - zero) * redToGreen - (u - zero) * blueToGreen);
        line[at + 2] = within(value + (u - zero) * toBlue);
      }
      if (alpha) line[at + 3] = (alpha.data[y * alpha.stride + x]! * most) / (2 ** alpha.bits - 1);
    }
  };
}

/** The chroma of a line of the picture; between two lines of a smaller plane it is blended, as its samples are centred. */
function blendLine(
  { data, stride, width, height }: Plane,
  y: number,
  lumaHeight: number,
  into: Float64Array,
): void {
  const isHalf = height !== lumaHeight;
  const near = isHalf ? y >> 1 : y;
  const far = isHalf ? Math.min(height - 1, Math.max(0, near + ((y & 1) === 0 ? -1 : 1))) : near;
  for (let x = 0; x < width; x++)
    into[x] = isHalf
      ? data[near * stride + x]! * 0.75 + data[far * stride + x]! * 0.25
      : data[near * stride + x]!;
}
