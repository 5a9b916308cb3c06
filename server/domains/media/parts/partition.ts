import type { Part, StoredPart } from '../../../infra/storage/storage.ts';

/** Files that are not larger are sent whole. Stores refuse parts below 5 MiB, except for the last. */
export const PART_BYTES = 8 * 1024 ** 2;

export const isInParts = (bytes: number) => bytes > PART_BYTES;

/** The parts of a file of this length: all of PART_BYTES, and a smaller last one. */
export const partsOf = (bytes: number): Part[] =>
  Array.from({ length: Math.ceil(bytes / PART_BYTES) }, (_, place) => ({
    number: place + 1,
    from: place * PART_BYTES,
    to: Math.min((place + 1) * PART_BYTES, bytes),
  }));

/** Those that are not there with the length that they must have. */
export function missingFrom(parts: Part[], stored: StoredPart[]): Part[] {
  const lengths = new Map(stored.map(({ number, bytes }) => [number, bytes]));
  return parts.filter(({ number, from, to }) => lengths.get(number) !== to - from);
}
