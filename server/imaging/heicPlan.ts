import type { Box } from './avifBoxes.ts';
import { tooManyPixels } from './decoding.ts';
import { HEVC, type HeifContainer, isAlpha, profileOf, readContainer } from './heifContainer.ts';
import { pixelLimits } from './limits.ts';
import { turnedBy } from './turns.ts';
import { damaged, UnusableImage } from './unusableImage.ts';

const MAX_METADATA_BYTES = 1024 ** 2;
const MAX_TILES = 4000;
/** Grids of many tiny tiles cost more than their pixels. */
const MIN_TILE_SIDE = 32;
const MIB = 1024 ** 2;
/** The program and its stacks, before the first picture. */
const BASE_BYTES = 32 * MIB;
const MAX_MEMORY = 512 * MIB;

export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a HEIC file says of its picture, checked before anything is decoded. */
export interface HeicPlan {
  /** As coded, before it is cropped and turned. */
  width: number;
  height: number;
  crop: Area;
  /** Where the file states the crop; null when it states none. */
  cropAt: number | null;
  /** EXIF's number for the turn that shows it upright; the Exif block of a HEIC does not count. */
  orientation: number;
  isDeep: boolean;
  /** Upper bound on the memory of the decoder in bytes. */
  memory: number;
  icc: Buffer | undefined;
  exif: Buffer | undefined;
  xmp: Buffer | undefined;
}

/** Reads sizes, depth and turns of the primary item. Throws UnusableImage for what contradicts itself or is too large. */
export function planHeic(file: Buffer): HeicPlan {
  const container = readContainer(file);
  const { primary } = container;
  const coded = codedItems(file, container);
  const { width, height } = sizeOf(file, container, primary);
  if (width * height > pixelLimits.heic) throw tooManyPixels(pixelLimits.heic);
  const alpha = container.about(primary, 'auxl').filter((id) => isAlpha(file, container, id));
  for (const id of alpha) requireSameSize(sizeOf(file, container, id), { width, height });
  const bytes = coded.reduce((sum, id) => sum + container.lengthOf(id), 0);
  if (bytes > file.length) throw damaged();
  const layouts = coded.map((id) => layoutOf(file, container, id));
  const perPixel = Math.max(...layouts.map((layout) => layout.bytesPerPixel)) + (alpha.length > 0 ? 2 : 0);
  const memory = Math.ceil((BASE_BYTES + 3 * file.length + width * height * perPixel) / MIB) * MIB;
  if (memory > MAX_MEMORY) throw tooManyPixels(Math.floor((MAX_MEMORY - BASE_BYTES) / perPixel / 1e6) * 1e6);
  const properties = container.propertiesOf(primary);
  return {
    width,
    height,
    crop: cropOf(file, properties, { width, height }),
    cropAt: properties.find(({ type }) => type === 'clap')?.body ?? null,
    orientation: turnedBy(file, properties),
    isDeep: layouts.some((layout) => layout.isDeep),
    memory,
    icc: profileOf(file, container, primary) ?? profileOf(file, container, coded[0]!),
    exif: exifOf(container),
    xmp: describing(container, 'mime'),
  };
}

/** The coded pictures that make the primary one: itself, or the tiles of its grid. */
function codedItems(file: Buffer, container: HeifContainer): number[] {
  const { primary } = container;
  const type = container.typeOf(primary) ?? '';
  if (HEVC.has(type)) return [primary];
  if (type !== 'grid') throw new UnusableImage('This HEIF file is not coded as HEIC; send it as JPEG');
  const { rows, columns, ...size } = gridOf(container.bytesOf(primary, 12));
  requireSameSize(size, sizeOf(file, container, primary));
  const tiles = container.partsOf(primary);
  const isComplete = tiles.length === rows * columns && new Set(tiles).size === tiles.length;
  if (!isComplete || tiles.length > MAX_TILES) throw damaged();
  const tile = sizeOf(file, container, tiles[0]!);
  const isCovered =
    columns * tile.width >= size.width &&
    (columns - 1) * tile.width < size.width &&
    rows * tile.height >= size.height &&
    (rows - 1) * tile.height < size.height;
  if (!isCovered || Math.min(tile.width, tile.height) < MIN_TILE_SIDE) throw damaged();
  for (const id of tiles) {
    if (!HEVC.has(container.typeOf(id) ?? '')) throw damaged();
    requireSameSize(sizeOf(file, container, id), tile);
  }
  return tiles;
}

interface Size {
  width: number;
  height: number;
}

/** ISO/IEC 23008-12, `ImageGrid`. */
function gridOf(body: Buffer): Size & { rows: number; columns: number } {
  const isLong = (body[1]! & 1) === 1;
  const [rows, columns] = [body.readUInt8(2) + 1, body.readUInt8(3) + 1];
  const side = (at: number) => (isLong ? body.readUInt32BE(4 + at * 4) : body.readUInt16BE(4 + at * 2));
  return { rows, columns, width: side(0), height: side(1) };
}

function sizeOf(file: Buffer, container: HeifContainer, id: number): Size {
  const sizes = container.propertiesOf(id).filter(({ type }) => type === 'ispe');
  const [ispe] = sizes;
  if (!ispe || sizes.length > 1 || ispe.end - ispe.body < 12) throw damaged();
  const [width, height] = [file.readUInt32BE(ispe.body + 4), file.readUInt32BE(ispe.body + 8)];
  if (width === 0 || height === 0) throw damaged();
  return { width, height };
}

function requireSameSize(a: Size, b: Size): void {
  if (a.width !== b.width || a.height !== b.height) throw damaged();
}

/** Samples per pixel for each chroma format of HEVC. */
const SAMPLES = [1, 1.5, 2, 3];

/** The picture of the decoder and its copy, and one byte per pixel for what the decoder notes of each block (box `hvcC`). */
function layoutOf(file: Buffer, container: HeifContainer, id: number) {
  const hvcC = container.propertiesOf(id).find(({ type }) => type === 'hvcC');
  if (!hvcC || hvcC.end - hvcC.body < 23) throw damaged();
  const depth = 8 + Math.max(file[hvcC.body + 17]! & 7, file[hvcC.body + 18]! & 7);
  const samples = SAMPLES[file[hvcC.body + 16]! & 3]!;
  return { isDeep: depth > 8, bytesPerPixel: 2 * samples * (depth > 8 ? 2 : 1) + 1 };
}

/** The clean aperture (box `clap`): a size and the offset of its centre, as fractions. */
function cropOf(file: Buffer, properties: Box[], { width, height }: Size): Area {
  const clap = properties.find(({ type }) => type === 'clap');
  if (!clap) return { left: 0, top: 0, width, height };
  if (clap.end - clap.body < 32) throw damaged();
  const fraction = (at: number) =>
    file.readInt32BE(clap.body + at * 8) / file.readUInt32BE(clap.body + at * 8 + 4);
  const [wide, high] = [Math.round(fraction(0)), Math.round(fraction(1))];
  const left = Math.round(fraction(2) + (width - wide) / 2);
  const top = Math.round(fraction(3) + (height - high) / 2);
  const isInside =
    wide > 0 && high > 0 && left >= 0 && top >= 0 && left + wide <= width && top + high <= height;
  if (!isInside) throw damaged();
  return { left, top, width: wide, height: high };
}

/** The Exif block as in a JPEG. The item begins with where its TIFF structure is. */
function exifOf(container: HeifContainer): Buffer | undefined {
  const body = describing(container, 'Exif');
  if (body === undefined || body.length < 12) return undefined;
  const tiff = body.subarray(4 + body.readUInt32BE(0));
  return tiff.length < 8 ? undefined : Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

/** The first item of a type that describes the primary one. */
function describing(container: HeifContainer, type: 'Exif' | 'mime'): Buffer | undefined {
  const id = container.about(container.primary, 'cdsc').find((item) => container.typeOf(item) === type);
  if (id === undefined || container.lengthOf(id) > MAX_METADATA_BYTES) return undefined;
  return container.bytesOf(id, MAX_METADATA_BYTES);
}
