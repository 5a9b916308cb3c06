import { readCurve } from './iccCurve.ts';
import { cleanTable } from './iccTable.ts';
import { named, type ProfileHeader, writeProfile } from './iccWriter.ts';

export type PixelSpace = 'RGB ' | 'GRAY' | 'CMYK';

/** A profile that is believed: it describes the pixels of its file, and holds colours only. */
export interface Profile {
  header: ProfileHeader;
  tags: Map<string, Buffer>;
}

const HEADER = 128;
const MAX_TAGS = 100;
const CLASSES = ['mntr', 'scnr', 'prtr', 'spac'];
const CURVES = ['rTRC', 'gTRC', 'bTRC'];
const COLORANTS = ['rXYZ', 'gXYZ', 'bXYZ'];
const TO_CONNECTION = ['A2B0', 'A2B1', 'A2B2'];
/** Output profiles must have the way back, too. */
const FROM_CONNECTION = ['B2A0', 'B2A1', 'B2A2', 'gamt'];
const KEPT = ['wtpt', 'cicp', 'kTRC', ...COLORANTS, ...CURVES, ...TO_CONNECTION];

/**
 * Reads an embedded ICC profile (ICC.1:2022). Null when it has no signature, describes another colour space than the pixels have, or
 * lacks what its kind needs: such a profile is not believed.
 */
export function readProfile(icc: Buffer | undefined, space: PixelSpace): Profile | null {
  if (!icc || icc.length < HEADER + 4 || text(icc, 36) !== 'acsp') return null;
  const header = {
    version: icc.readUInt16BE(8),
    profileClass: text(icc, 12),
    space: text(icc, 16),
    connection: text(icc, 20),
    intent: icc.readUInt32BE(64) & 3,
  };
  const isKnown =
    header.version >= 0x0200 && header.version < 0x0500 && CLASSES.includes(header.profileClass);
  if (!isKnown || header.space !== space || !['XYZ ', 'Lab '].includes(header.connection)) return null;
  const kept = header.profileClass === 'prtr' ? [...KEPT, ...FROM_CONNECTION] : KEPT;
  const tags = readTags(icc.subarray(0, Math.max(icc.readUInt32BE(0), HEADER + 4)), kept);
  const hasTable = tags.has('A2B0');
  const hasCurves = space === 'GRAY' ? tags.has('kTRC') : space === 'RGB ' && hasMatrix({ header, tags });
  return hasTable || hasCurves ? { header, tags } : null;
}

const hasMatrix = ({ header, tags }: Profile): boolean =>
  header.connection === 'XYZ ' && [...COLORANTS, ...CURVES].every((name) => tags.has(name));

/** The way of its colours is three primaries and curves, not a table. */
export const isMatrix = (profile: Profile): boolean =>
  profile.header.space === 'RGB ' && !profile.tags.has('A2B0') && hasMatrix(profile);

/** A new profile with the same colours and nothing else: no names, makers, dates or private tags. */
export function writeClean({ header, tags }: Profile): Buffer {
  return writeProfile(header, [...named(header.version), ...tags]);
}

/** The same in at most `room` bytes, filled up with zeros; null when it does not fit. */
export function writeCleanInto(profile: Profile, room: number): Buffer | null {
  const full = writeClean(profile);
  const written = full.length <= room ? full : writeProfile(profile.header, [...profile.tags]);
  if (written.length > room) return null;
  const padded = Buffer.concat([written, Buffer.alloc(room - written.length)]);
  padded.writeUInt32BE(room);
  return padded;
}

function readTags(icc: Buffer, kept: string[]): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const end = Math.min(icc.length - 11, HEADER + 4 + Math.min(icc.readUInt32BE(HEADER), MAX_TAGS) * 12);
  for (let at = HEADER + 4; at < end; at += 12) {
    const name = text(icc, at);
    const offset = icc.readUInt32BE(at + 4);
    const body = kept.includes(name)
      ? cleanTag(name, icc.subarray(offset, offset + icc.readUInt32BE(at + 8)))
      : null;
    if (body) tags.set(name, body);
  }
  return tags;
}

/** The bytes that mean something for a tag of its type, and no byte behind them; null when they are not all there. */
function cleanTag(name: string, body: Buffer): Buffer | null {
  if (COLORANTS.includes(name) || name === 'wtpt') return fixedTag(body, 'XYZ ', 20);
  if (name === 'cicp') return fixedTag(body, 'cicp', 12);
  return name.endsWith('TRC') ? (readCurve(body)?.bytes ?? null) : cleanTable(body);
}

function fixedTag(body: Buffer, type: string, length: number): Buffer | null {
  if (body.length < length || text(body, 0) !== type) return null;
  const clean = Buffer.from(body.subarray(0, length));
  clean.fill(0, 4, 8);
  return clean;
}

type Point = [x: number, y: number];

/** Area of the sRGB triangle in the xy plane, adapted to D50. */
const SRGB_AREA = triangle([
  [0.6484, 0.3309],
  [0.3212, 0.5979],
  [0.1559, 0.066],
]);
/** Half-way between sRGB (1.0) and Display P3 (about 1.36). */
const WIDE = 1.18;

/** Its colours exceed sRGB. Of a table that is unknown, and sRGB is taken as enough. */
export function isWide({ header, tags }: Profile): boolean {
  if (!hasMatrix({ header, tags })) return false;
  return triangle(COLORANTS.map((name) => chromaticity(tags.get(name)!))) > SRGB_AREA * WIDE;
}

/** Its curves are near a display's, so that eight bits suffice for each channel. */
export const isDisplayLike = ({ tags }: Profile): boolean =>
  CURVES.every((name) => {
    const middle = readCurve(tags.get(name)!)?.at(0.5) ?? 0;
    return middle > 0.1 && middle < 0.4;
  });

function chromaticity(tag: Buffer): Point {
  const [x = 0, y = 0, z = 0] = [8, 12, 16].map((at) => tag.readInt32BE(at) / 65536);
  return [x / (x + y + z), y / (x + y + z)];
}

function triangle(points: Point[]): number {
  const [[ax, ay], [bx, by], [cx, cy]] = points as [Point, Point, Point];
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);
