import sharp from 'sharp';

/**
 * What colours are, by the formulas of the standards, in double precision and without the code that is tested: the right values of
 * the cases.
 */
export type Triple = [number, number, number];
type Rows = [Triple, Triple, Triple];

/** Values from 0 to 1, in sRGB, another space, or as light. */
export interface Picture {
  values: Float64Array;
  width: number;
  height: number;
}

/** Linear RGB to XYZ at D50 (CSS Color 4, sample code, with its Bradford matrix applied). */
const TO_XYZ: Record<'srgb' | 'p3' | 'adobe' | 'bt2020', Rows> = {
  srgb: [
    [0.4360657, 0.3851515, 0.1430784],
    [0.2224932, 0.716887, 0.0606169],
    [0.0139163, 0.0970834, 0.7140876],
  ],
  p3: [
    [0.5151196, 0.2919797, 0.1571957],
    [0.2411968, 0.6922301, 0.0665731],
    [-0.0010505, 0.0418828, 0.7843783],
  ],
  adobe: [
    [0.6097559, 0.2052401, 0.149224],
    [0.3111242, 0.625656, 0.0632197],
    [0.0194811, 0.0608902, 0.7448387],
  ],
  bt2020: [
    [0.6734591, 0.1656666, 0.1251006],
    [0.279039, 0.6753372, 0.0456238],
    [-0.0019334, 0.029978, 0.7970592],
  ],
};

export type Space = keyof typeof TO_XYZ;

const apply = (rows: Rows, [x, y, z]: Triple): Triple =>
  rows.map((row) => row[0] * x + row[1] * y + row[2] * z) as Triple;

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Rows): Rows {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const rows: Rows = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return rows.map((row) => row.map((value) => value / det)) as Rows;
}

const srgbCurve = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const clip = (v: number) => Math.min(Math.max(v, 0), 1);

type Size = Pick<Picture, 'width' | 'height'>;

/** The pixels as they are in the file, upright, at the size of a variant. */
export async function valuesOf(file: Buffer, { width, height }: Size): Promise<Picture> {
  const { data, info } = await sharp(file, { ignoreIcc: true, failOn: 'none' })
    .autoOrient()
    .resize({ width, height, fit: 'fill' })
    .toColourspace('rgb16')
    .flatten({ background: '#fff' })
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const words = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return { values: Float64Array.from(words, (v) => v / 65535), width: info.width, height: info.height };
}

/** Light of a display in linear RGB of a space, 1 being its white. */
export type Light = (picture: Picture) => { space: Space; at: (value: Triple) => Triple };

const curved =
  (space: Space, curve: (v: number) => number): Light =>
  () => ({ space, at: (value) => value.map(curve) as Triple });

export const lights = {
  srgb: curved('srgb', srgbCurve),
  p3: curved('p3', srgbCurve),
  adobe: curved('adobe', (v) => v ** (563 / 256)),
  linear: curved('srgb', (v) => v),
  pq: toneMapped((value) => value.map(pq) as Triple),
  hlg: toneMapped((value) => {
    const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
    const scene = value.map((v) => (v <= 0.5 ? (v * v) / 3 : (Math.exp((v - c) / a) + b) / 12)) as Triple;
    const luminance = 0.2627 * scene[0] + 0.678 * scene[1] + 0.0593 * scene[2];
    return scene.map((v) => 1000 * luminance ** 0.2 * v) as Triple;
  }),
} satisfies Record<string, Light>;

const [M1, M2, C1, C2, C3] = [0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875];

function pq(signal: number): number {
  const root = signal ** (1 / M2);
  return 10_000 * (Math.max(root - C1, 0) / (C2 - C3 * root)) ** (1 / M1);
}

function pqOf(light: number): number {
  const root = (light / 10_000) ** M1;
  return ((C1 + C2 * root) / (1 + C3 * root)) ** M2;
}

/** The EETF of BT.2390 on the brightest channel, to a display of 203 cd/m²; the peak is that of all but the brightest thousandth. */
function toneMapped(light: (value: Triple) => Triple): Light {
  return ({ values }) => {
    const most = Array.from({ length: values.length / 3 }, (_, i) =>
      Math.max(values[i * 3]!, values[i * 3 + 1]!, values[i * 3 + 2]!),
    ).sort((a, b) => a - b);
    const signal = most[Math.floor(most.length * 0.999)]!;
    const peak = Math.max(...light([signal, signal, signal]));
    const [top, target] = [pqOf(peak), pqOf(203) / pqOf(peak)];
    const knee = 1.5 * target - 0.5;
    const map = (value: number): number => {
      const e = Math.min(pqOf(value) / top, 1);
      if (e < knee || target >= 1) return Math.min(value, 203);
      const t = (e - knee) / (1 - knee);
      const spline =
        (2 * t ** 3 - 3 * t ** 2 + 1) * knee +
        (t ** 3 - 2 * t ** 2 + t) * (1 - knee) +
        (-2 * t ** 3 + 3 * t ** 2) * target;
      return pq(spline * top);
    };
    return {
      space: 'bt2020',
      at: (value) => {
        const linear = light(value);
        const brightest = Math.max(...linear);
        return linear.map((v) => (brightest === 0 ? 0 : (v * map(brightest)) / brightest / 203)) as Triple;
      },
    };
  };
}

/**
 * The same picture as Lab (D50, CIE 1976), as a display of `gamut` can show it. High dynamic range is brought into P3 by moving colours
 * towards the grey of their luminance, others are clipped.
 */
export function labOf(picture: Picture, light: Light, gamut: Space): Float64Array {
  const { space, at } = light(picture);
  const fromXyz = { p3: inverse(TO_XYZ.p3), gamut: inverse(TO_XYZ[gamut]) };
  const lab = new Float64Array(picture.values.length);
  for (let i = 0; i < lab.length; i += 3) {
    let xyz = apply(TO_XYZ[space], at([picture.values[i]!, picture.values[i + 1]!, picture.values[i + 2]!]));
    if (space === 'bt2020') xyz = apply(TO_XYZ.p3, desaturated(apply(fromXyz.p3, xyz)));
    lab.set(labOfXyz(apply(TO_XYZ[gamut], apply(fromXyz.gamut, xyz).map(clip) as Triple)), i);
  }
  return lab;
}

function desaturated(rgb: Triple): Triple {
  const grey = clip(0.2289746 * rgb[0] + 0.6917385 * rgb[1] + 0.0792869 * rgb[2]);
  let part = 1;
  for (const v of rgb) {
    if (v < 0) part = Math.min(part, grey / (grey - v));
    if (v > 1) part = Math.min(part, (1 - grey) / (v - grey));
  }
  return rgb.map((v) => grey + part * (v - grey)) as Triple;
}

function labOfXyz(xyz: Triple): Triple {
  const white = [0.9642, 1, 0.8249];
  const [x, y, z] = xyz.map((v, i) => {
    const t = v / white[i]!;
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  }) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Side of the squares whose means are compared: what a lossy encoder does to single pixels is no matter of colour. */
const SQUARE = 4;

/** Mean ΔE76 of two pictures of one size, by squares of 4 by 4 pixels. */
export function meanDelta(one: Float64Array, other: Float64Array, { width, height }: Picture): number {
  if (one.length !== other.length || one.length !== width * height * 3)
    throw new Error(`sizes differ: ${one.length} and ${other.length}`);
  const across = Math.ceil(width / SQUARE);
  const sums = new Float64Array(across * Math.ceil(height / SQUARE) * 4);
  for (let i = 0; i < one.length; i += 3) {
    const [x, y] = [(i / 3) % width, Math.floor(i / 3 / width)];
    const square = (Math.floor(y / SQUARE) * across + Math.floor(x / SQUARE)) * 4;
    for (let c = 0; c < 3; c++) sums[square + c]! += one[i + c]! - other[i + c]!;
    sums[square + 3]! += 1;
  }
  let total = 0;
  for (let at = 0; at < sums.length; at += 4)
    total += Math.hypot(sums[at]!, sums[at + 1]!, sums[at + 2]!) / sums[at + 3]!;
  return total / (sums.length / 4);
}
