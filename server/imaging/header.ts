import { fourCharacters } from './avifBoxes.ts';
import { primaryProperties } from './avifItems.ts';
import { reading, tooManyPixels } from './decoding.ts';
import { planHeic } from './heicPlan.ts';
import type { AcceptedType } from './imageType.ts';
import { jpegSegments, START_OF_SCAN } from './jpegSegments.ts';
import { MAX_COEFFICIENT_BYTES, type PixelKind, pixelLimits } from './limits.ts';
import { damaged } from './unusableImage.ts';
import { decodedBytes } from './yuvPixels.ts';

/** What the head of a file says about the picture, read by ourselves: it decides before any decoder sees the file. */
export interface Header {
  width: number;
  height: number;
  /** How it has to be decoded. */
  kind: PixelKind;
  /** Bytes that a decoder holds for each pixel of the whole picture. */
  heldBytes: number;
  /** More than 8 bits per channel. */
  isDeep: boolean;
}

export function pixelLimitOf({ kind, heldBytes }: Header): number {
  const limit = pixelLimits[kind];
  return kind === 'progressiveJpeg' ? Math.min(limit, Math.floor(MAX_COEFFICIENT_BYTES / heldBytes)) : limit;
}

const readers: Record<AcceptedType, (file: Buffer) => Header> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/avif': readAvif,
  'image/heic': readHeic,
  'image/heif': readHeic,
};

/** Throws UnusableImage when the head is not there, or the picture has too many pixels. */
export function headerOf(file: Buffer, type: AcceptedType): Header {
  const header = reading(() => readers[type](file));
  if (header.width === 0 || header.height === 0) throw damaged();
  const limit = pixelLimitOf(header);
  if (header.width * header.height > limit) throw tooManyPixels(limit);
  return header;
}

/** More metadata than this in front of the picture, in more segments, is a file made to waste time. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;
const MAX_HEAD_SEGMENTS = 10_000;
const PROGRESSIVE = new Set([0xc2, 0xc6, 0xca, 0xce]);
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const COEFFICIENT_BYTES = 2;

/** A progressive picture, or one with a scan for each colour, is held as coefficients until its last scan. */
function readJpeg(file: Buffer): Header {
  let frame: Buffer | null = null;
  let isProgressive = false;
  let segments = 0;
  for (const { marker, body } of jpegSegments(file.subarray(0, MAX_HEAD_BYTES))) {
    if (++segments > MAX_HEAD_SEGMENTS) throw damaged();
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker) && !frame) {
      frame = body;
      isProgressive = PROGRESSIVE.has(marker);
    }
    if (marker !== START_OF_SCAN || !frame) continue;
    const isWhole = isProgressive || (body[0] ?? 0) < (frame[5] ?? 0);
    const size = { width: frame.readUInt16BE(3), height: frame.readUInt16BE(1), isDeep: false };
    return isWhole
      ? { ...size, kind: 'progressiveJpeg', heldBytes: coefficientsPerPixel(frame) * COEFFICIENT_BYTES }
      : { ...size, kind: 'baselineJpeg', heldBytes: 0 };
  }
  throw damaged();
}

function coefficientsPerPixel(frame: Buffer): number {
  const areas = Array.from({ length: frame[5]! }, (_, i) => {
    const sampling = frame[7 + i * 3] ?? 0x11;
    return { across: sampling >> 4 || 1, down: sampling & 15 || 1 };
  });
  const across = Math.max(...areas.map((area) => area.across));
  const down = Math.max(...areas.map((area) => area.down));
  return areas.reduce((sum, area) => sum + (area.across * area.down) / (across * down), 0);
}

/** Grey, RGB, palette, grey with alpha, RGB with alpha. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function readPng(file: Buffer): Header {
  const isInterlaced = file.readUInt8(28) !== 0;
  const isDeep = file.readUInt8(24) > 8;
  const channels = CHANNELS[file.readUInt8(25)] ?? 4;
  return {
    width: file.readUInt32BE(16),
    height: file.readUInt32BE(20),
    kind: isInterlaced ? 'interlacedPng' : 'png',
    heldBytes: isInterlaced ? channels * (isDeep ? 2 : 1) : 0,
    isDeep,
  };
}

const LOSSLESS_BYTES = 4;

function readWebp(file: Buffer): Header {
  const first = fourCharacters(file, 12);
  const plain = { kind: 'webp', isDeep: false } as const;
  if (first === 'VP8X') {
    const isLossless = file.includes('VP8L');
    const hasAlpha = (file.readUInt8(20) & 0x10) !== 0;
    const size = { width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) };
    return { ...plain, ...size, heldBytes: isLossless ? LOSSLESS_BYTES : hasAlpha ? 1 : 0 };
  }
  if (first === 'VP8L') {
    const bits = file.readUInt32LE(21);
    const size = { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    return { ...plain, ...size, heldBytes: LOSSLESS_BYTES };
  }
  if (first !== 'VP8 ') throw damaged();
  const size = { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  return { ...plain, ...size, heldBytes: 0 };
}

/** As measured: planes, frames that the codec keeps, and the picture that is made of them. */
const AVIF_BYTES = 17;
const DEEP_AVIF_BYTES = 20;

/** Its size and depth are properties of the primary item. */
function readAvif(file: Buffer): Header {
  const properties = primaryProperties(file);
  const ispe = properties.find(({ type }) => type === 'ispe');
  if (!ispe || ispe.end - ispe.body < 12) throw damaged();
  const av1C = properties.find(({ type }) => type === 'av1C');
  const pixi = properties.find(({ type }) => type === 'pixi');
  const isDeep =
    (av1C !== undefined && (file.readUInt8(av1C.body + 2) & 0x40) !== 0) ||
    (pixi !== undefined && pixi.end - pixi.body > 5 && file.readUInt8(pixi.body + 5) > 8);
  return {
    width: file.readUInt32BE(ispe.body + 4),
    height: file.readUInt32BE(ispe.body + 8),
    kind: isDeep ? 'deepAvif' : 'avif',
    heldBytes: isDeep ? DEEP_AVIF_BYTES : AVIF_BYTES,
    isDeep,
  };
}

/** The decoder has a memory of its own; the pixels that it makes are copied out of it. */
function readHeic(file: Buffer): Header {
  const plan = planHeic(file);
  const { width, height, isDeep } = plan;
  const heldBytes = (plan.memory + decodedBytes(plan)) / (width * height);
  return { width, height, kind: 'heic', heldBytes, isDeep };
}
