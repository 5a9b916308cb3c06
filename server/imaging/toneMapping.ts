import { DISPLAY_P3 } from './codePoints.ts';
import { labOf, matrixToD50, matrixToXyz, type Primaries, type Vector } from './colourMath.ts';
import type { Pixels } from './decoder.ts';
import { tableProfile } from './iccWriter.ts';

export interface HdrColour {
  primaries: Primaries;
  transfer: 'pq' | 'hlg';
}

/** Diffuse white (Rec. ITU-R BT.2408), in cd/m²: what a display without high dynamic range shows as its white. */
export const DIFFUSE_WHITE = 203;
/** Peak and gamma of the display for which HLG is defined (Rec. ITU-R BT.2100). */
const HLG_PEAK = 1000;
const HLG_GAMMA = 1.2;
const GRID = 33;
/** The brightest thousandth may be lost: single sparks would darken everything else. */
const LOST = 0.001;

const M1 = 2610 / 16384;
const M2 = (2523 / 4096) * 128;
const C1 = 3424 / 4096;
const C2 = (2413 / 4096) * 32;
const C3 = (2392 / 4096) * 32;

/** Perceptual quantizer (SMPTE ST 2084): signal to cd/m², and back. */
export function fromPq(signal: number): number {
  const root = signal ** (1 / M2);
  return 10_000 * (Math.max(root - C1, 0) / (C2 - C3 * root)) ** (1 / M1);
}

export function toPq(light: number): number {
  const root = (Math.max(light, 0) / 10_000) ** M1;
  return ((C1 + C2 * root) / (1 + C3 * root)) ** M2;
}

/** Hybrid log-gamma: signal to scene light, 0 to 1. */
function fromHlg(signal: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12;
}

/**
 * Light up to `peak` to light up to diffuse white, as Rec. ITU-R BT.2390 (EETF) has it: what is dark stays, what is bright is rolled
 * off by a spline.
 */
export function toneMap(light: number, peak: number): number {
  if (peak <= DIFFUSE_WHITE) return Math.min(light, DIFFUSE_WHITE);
  const top = toPq(peak);
  const target = toPq(DIFFUSE_WHITE) / top;
  const signal = Math.min(toPq(light) / top, 1);
  const knee = 1.5 * target - 0.5;
  if (signal < knee) return light;
  const t = (signal - knee) / (1 - knee);
  const rolled =
    (2 * t ** 3 - 3 * t ** 2 + 1) * knee +
    (t ** 3 - 2 * t ** 2 + t) * (1 - knee) +
    (3 * t ** 2 - 2 * t ** 3) * target;
  return fromPq(rolled * top);
}

/** A profile that shows high dynamic range on a display that ends at diffuse white, within Display P3. */
export function toneMappedProfile({ primaries, transfer }: HdrColour, peak: number): Buffer {
  const toOther = matrixToXyz(primaries);
  const weights = toOther.rows[1];
  const toP3 = matrixToXyz(DISPLAY_P3).inverse().times(toOther);
  const brightness = matrixToXyz(DISPLAY_P3).rows[1];
  const toConnection = matrixToD50(DISPLAY_P3);
  return tableProfile(GRID, (rgb) => {
    const light = displayLight(rgb as unknown as Vector, transfer, weights);
    const most = Math.max(...light);
    const scale = most === 0 ? 0 : toneMap(most, peak) / most / DIFFUSE_WHITE;
    const mapped = toP3.apply(light.map((value) => value * scale) as unknown as Vector);
    return [...labOf(toConnection.apply(withinGamut(mapped, dot(brightness, mapped))))];
  });
}

function displayLight(rgb: Vector, transfer: 'pq' | 'hlg', weights: Vector): Vector {
  if (transfer === 'pq') return rgb.map(fromPq) as unknown as Vector;
  const scene = rgb.map(fromHlg) as unknown as Vector;
  const gain = HLG_PEAK * Math.max(dot(weights, scene), 0) ** (HLG_GAMMA - 1);
  return scene.map((value) => value * gain) as unknown as Vector;
}

/** Moves a colour that can't be shown towards the grey of the same luminance until it can. */
function withinGamut(rgb: Vector, luminance: number): Vector {
  const grey = Math.min(Math.max(luminance, 0), 1);
  const part = rgb.reduce((least, value) => {
    if (value < 0) return Math.min(least, grey / (grey - value));
    return value > 1 ? Math.min(least, (1 - grey) / (value - grey)) : least;
  }, 1);
  return rgb.map((value) => Math.min(Math.max(grey + (value - grey) * part, 0), 1)) as unknown as Vector;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The light of the brightest pixels, in cd/m²; the format allows far more than most pictures have. */
export function peakOf({ data, channels }: Pixels, { primaries, transfer }: HdrColour): number {
  const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const counts = new Uint32Array(1024);
  for (let at = 0; at + 2 < values.length; at += channels) {
    const most = Math.max(values[at]!, values[at + 1]!, values[at + 2]!);
    counts[most >> 6]! += 1;
  }
  let left = (values.length / channels) * LOST;
  let level = counts.length - 1;
  while (level > 0 && counts[level]! <= left) left -= counts[level--]!;
  const signal = (level + 1) / counts.length;
  const weights = matrixToXyz(primaries).rows[1];
  return Math.max(...displayLight([signal, signal, signal], transfer, weights));
}
