import { damaged } from './unusableImage.ts';

export const APP1 = 0xe1;
export const APP2 = 0xe2;
export const START_OF_SCAN = 0xda;
export const END_OF_IMAGE = 0xd9;

/** A segment by its marker (ITU-T T.81, annex B). */
export interface Segment {
  marker: number;
  body: Buffer;
  /** The entropy-coded data behind a start of scan. */
  scan: Buffer;
}

/** The segments in their order, up to the end of the image or of the file; returns true when the end of the image is there. */
export function* jpegSegments(file: Buffer): Generator<Segment, boolean> {
  for (let at = nextMarker(file, 2); at < file.length; ) {
    const marker = file[at + 1]!;
    if (marker === END_OF_IMAGE) return true;
    if (isAlone(marker)) {
      at = nextMarker(file, at + 2);
      continue;
    }
    if (at + 4 > file.length) throw damaged();
    const end = at + 2 + file.readUInt16BE(at + 2);
    const next = marker === START_OF_SCAN ? endOfScan(file, end) : end;
    yield { marker, body: file.subarray(at + 4, end), scan: file.subarray(end, Math.max(next, end)) };
    at = nextMarker(file, next);
  }
  return false;
}

export function writeSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Skips fill bytes and bytes that belong to nothing. */
function nextMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]!;
    if (next !== 0 && next !== 0xff) return at;
  }
  return file.length;
}

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isAlone = (marker: number) => isRestart(marker) || marker === 0x01 || marker === 0xd8;

/** Position of the next marker that is neither a restart nor a stuffed byte. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = nextMarker(file, from); at < file.length; at = nextMarker(file, at + 2)) {
    if (!isRestart(file[at + 1]!)) return at;
  }
  return file.length;
}
