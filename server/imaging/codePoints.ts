import { type Curve, type Primaries, power } from './colourMath.ts';

const D65 = [0.3127, 0.329] as const;
const C = [0.31, 0.316] as const;
const FILM_C: Primaries = { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C };

export const SRGB: Primaries = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 };
export const DISPLAY_P3: Primaries = {
  red: [0.68, 0.32],
  green: [0.265, 0.69],
  blue: [0.15, 0.06],
  white: D65,
};
/** Adobe RGB (1998), which the optional colour space of DCF 2.0 names as well. */
export const ADOBE_RGB: Primaries = {
  red: [0.64, 0.33],
  green: [0.21, 0.71],
  blue: [0.15, 0.06],
  white: D65,
};
export const ADOBE_GAMMA = power(563 / 256);

const NTSC: Primaries = { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 };

/** ColourPrimaries of Rec. ITU-T H.273. */
const primariesByCode: Record<number, Primaries> = {
  1: SRGB,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: NTSC,
  7: NTSC,
  8: FILM_C,
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  11: { ...DISPLAY_P3, white: [0.314, 0.351] },
  12: DISPLAY_P3,
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

export const SRGB_CURVE: Curve = { gamma: 2.4, a: 1 / 1.055, b: 0.055 / 1.055, c: 1 / 12.92, d: 0.04045 };
const BT709: Curve = { gamma: 1 / 0.45, a: 1 / 1.099, b: 0.099 / 1.099, c: 1 / 4.5, d: 0.081 };
const SMPTE240: Curve = { gamma: 1 / 0.45, a: 1 / 1.1115, b: 0.1115 / 1.1115, c: 1 / 4, d: 0.0912 };

/** TransferCharacteristics of Rec. ITU-T H.273. */
const transfers: Record<number, Curve | 'pq' | 'hlg'> = {
  1: BT709,
  4: power(2.2),
  5: power(2.8),
  6: BT709,
  7: SMPTE240,
  8: power(1),
  11: BT709,
  12: BT709,
  13: SRGB_CURVE,
  14: BT709,
  15: BT709,
  16: 'pq',
  17: power(2.6),
  18: 'hlg',
};

const UNSPECIFIED = 2;

export interface StatedColour {
  primaries: Primaries;
  transfer: Curve | 'pq' | 'hlg';
}

/** What two code points mean; null when one is unknown. An unspecified one means that of sRGB. */
export function colourOfCodes(primariesCode: number, transferCode: number): StatedColour | null {
  if (primariesCode === UNSPECIFIED && transferCode === UNSPECIFIED) return null;
  const primaries = primariesCode === UNSPECIFIED ? SRGB : primariesByCode[primariesCode];
  const transfer = transferCode === UNSPECIFIED ? SRGB_CURVE : transfers[transferCode];
  return primaries && transfer ? { primaries, transfer } : null;
}
