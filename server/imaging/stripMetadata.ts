import { crc32 } from 'node:zlib';
import type { AcceptedType } from './imageType.ts';
import { stripAvif } from './stripAvif.ts';
import { damaged } from './unusableImage.ts';
import { stripWebp } from './webpContainer.ts';

/**
 * The same picture, bit for bit, without its metadata, without bytes hidden between its parts or appended to its end. Keeps what
 * decoding needs, the colour profile and the EXIF orientation (1 to 8).
 */
export function stripMetadata(file: Buffer, type: AcceptedType, orientation: number): Buffer {
  const exif = orientation > 1 ? orientationExif(orientation) : null;
  if (type === 'image/jpeg') return stripJpeg(file, exif);
  if (type === 'image/png') return stripPng(file, exif);
  if (type === 'image/webp') return stripWebp(file, exif);
  return stripAvif(file);
}

/** A TIFF structure with one entry: Orientation (0x0112), SHORT. */
function orientationExif(orientation: number): Buffer {
  return Buffer.from(`49492a0008000000010012010300010000000${orientation}00000000000000`, 'hex');
}

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Segments by their markers (ITU-T T.81, annex B). */
function stripJpeg(file: Buffer, exif: Buffer | null): Buffer {
  const kept = [file.subarray(0, 2)];
  if (exif) kept.push(segment(APP1, Buffer.concat([Buffer.from('Exif\0\0'), exif])));
  for (let at = nextMarker(file, 2); at < file.length; ) {
    const marker = file[at + 1]!;
    if (marker === END_OF_IMAGE) break;
    if (isAlone(marker)) {
      at = nextMarker(file, at + 2);
      continue;
    }
    if (at + 4 > file.length) throw damaged();
    const end = at + 2 + file.readUInt16BE(at + 2);
    const body = keptBody(marker, file.subarray(at + 4, end));
    if (body) kept.push(segment(marker, body));
    const next = marker === START_OF_SCAN ? endOfScan(file, end) : end;
    if (next > end) kept.push(file.subarray(end, next));
    at = nextMarker(file, next);
  }
  return Buffer.concat([...kept, Buffer.from([0xff, END_OF_IMAGE])]);
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

/** The part of a segment that is kept; null drops the segment. */
function keptBody(marker: number, body: Buffer): Buffer | null {
  const startsWith = (text: string) => body.toString('latin1', 0, text.length) === text;
  if (marker === 0xe0) return startsWith('JFIF\0') && body.length >= 14 ? withoutThumbnail(body) : null;
  if (marker === 0xe2) return startsWith('ICC_PROFILE\0') ? body : null;
  if (marker === 0xee) return startsWith('Adobe') ? body.subarray(0, 12) : null;
  const isTableOrFrame = marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8;
  return isTableOrFrame ? body : null;
}

const withoutThumbnail = (jfif: Buffer) => Buffer.concat([jfif.subarray(0, 12), Buffer.alloc(2)]);

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Position of the next marker that is neither a restart nor a stuffed byte. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = nextMarker(file, from); at < file.length; at = nextMarker(file, at + 2)) {
    if (!isRestart(file[at + 1]!)) return at;
  }
  return file.length;
}

const PNG_SIGNATURE_BYTES = 8;
const PNG_CHUNKS = new Set([
  ...['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'acTL', 'fcTL', 'fdAT', 'sBIT', 'bKGD', 'pHYs'],
  ...['gAMA', 'cHRM', 'sRGB', 'cICP', 'mDCV', 'cLLI', 'iCCP'],
]);

/** Chunks by their types (W3C PNG, third edition). */
function stripPng(file: Buffer, exif: Buffer | null): Buffer {
  const kept = [file.subarray(0, PNG_SIGNATURE_BYTES)];
  for (let at = PNG_SIGNATURE_BYTES; at + 12 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) throw damaged();
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'iCCP') kept.push(namelessProfile(file.subarray(at + 8, end - 4)));
    else if (PNG_CHUNKS.has(type)) kept.push(file.subarray(at, end));
    if (type === 'IHDR' && exif) kept.push(pngChunk('eXIf', exif));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

const namelessProfile = (body: Buffer) =>
  pngChunk('iCCP', Buffer.concat([Buffer.from('ICC'), body.subarray(Math.max(body.indexOf(0), 0))]));

function pngChunk(type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length);
  chunk.write(type, 4, 'latin1');
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}
