import { decodeText } from './plainText.ts';

/** The value of an entry: text unchanged, numbers with rationals divided, several rationals as a list. */
export type ExifValue = string | number | number[];

const EXIF_DIRECTORY = 0x8769;
const INTEROPERABILITY_DIRECTORY = 0xa005;
const INTEROPERABILITY_INDEX = 0x0001;
const MAX_ENTRIES = 500;
const MAX_TEXT_BYTES = 1000;
const MAX_RATIONALS = 4;
const TEXT = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
/** EXIF 3.0. */
const UTF8_TEXT = 129;
const SIZES: Record<number, number> = { [TEXT]: 1, [SHORT]: 2, [LONG]: 4, [RATIONAL]: 8, [UTF8_TEXT]: 1 };

/**
 * The wanted entries, by tag, of the first directory and the EXIF directory (CIPA DC-008). Only these are read, and only the first
 * value of each, or the first four rationals: anything else that a file contains, or claims to, costs nothing.
 */
export function readExif(exif: Buffer, wanted: number[]): Map<number, ExifValue> {
  const found = new Map<number, ExifValue>();
  const bytes = readerOf(exif);
  if (!bytes) return found;
  const tags = new Set([...wanted, EXIF_DIRECTORY]);
  readDirectory(bytes, bytes.long(4), tags, found);
  const directory = found.get(EXIF_DIRECTORY);
  if (typeof directory === 'number') readDirectory(bytes, directory, tags, found);
  found.delete(EXIF_DIRECTORY);
  return found;
}

/** The interoperability index, such as R98 or R03; null when there is none. */
export function interoperabilityOf(exif: Buffer): ExifValue | null {
  const bytes = readerOf(exif);
  const directory = readExif(exif, [INTEROPERABILITY_DIRECTORY]).get(INTEROPERABILITY_DIRECTORY);
  if (!bytes || typeof directory !== 'number') return null;
  const found = new Map<number, ExifValue>();
  readDirectory(bytes, directory, new Set([INTEROPERABILITY_INDEX]), found);
  return found.get(INTEROPERABILITY_INDEX) ?? null;
}

function readerOf(exif: Buffer): Reader | null {
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const order = tiff.toString('latin1', 0, 4);
  return order === 'II*\0' || order === 'MM\0*' ? new Reader(tiff, order.startsWith('II')) : null;
}

function readDirectory(bytes: Reader, at: number, wanted: Set<number>, found: Map<number, ExifValue>): void {
  const entries = Math.min(bytes.short(at), MAX_ENTRIES);
  for (let entry = at + 2; entry < at + 2 + entries * 12; entry += 12) {
    const tag = bytes.short(entry);
    if (!wanted.has(tag)) continue;
    const value = readValue(bytes, entry);
    if (value !== null) found.set(tag, value);
  }
}

function readValue(bytes: Reader, entry: number): ExifValue | null {
  const type = bytes.short(entry + 2);
  const count = bytes.long(entry + 4);
  const isInside = (SIZES[type] ?? 0) * count <= 4;
  const at = isInside ? entry + 8 : bytes.long(entry + 8);
  if (count === 0) return null;
  if (type === TEXT || type === UTF8_TEXT) return bytes.text(at, Math.min(count, MAX_TEXT_BYTES));
  if (type === SHORT) return bytes.short(at);
  if (type === LONG) return bytes.long(at);
  if (type !== RATIONAL) return null;
  const ratio = (index: number) => bytes.long(at + index * 8) / bytes.long(at + index * 8 + 4);
  return count === 1
    ? ratio(0)
    : Array.from({ length: Math.min(count, MAX_RATIONALS) }, (_, index) => ratio(index));
}

/** Reads zeros beyond the end. */
class Reader {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;

  constructor(bytes: Buffer, isLittle: boolean) {
    this.#bytes = bytes;
    this.#isLittle = isLittle;
  }

  short(at: number): number {
    if (at + 2 > this.#bytes.length) return 0;
    return this.#isLittle ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  long(at: number): number {
    if (at + 4 > this.#bytes.length) return 0;
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  text(at: number, length: number): string {
    const bytes = this.#bytes.subarray(at, at + length);
    const end = bytes.indexOf(0);
    return decodeText(end < 0 ? bytes : bytes.subarray(0, end));
  }
}
