import { AV1C_HEAD, blankAv1 } from './av1Units.ts';
import { type Box, boxesIn, fourCharacters, metaBoxes, writeFree } from './avifBoxes.ts';
import { HEVC, pictureItems, readContainer } from './heifContainer.ts';
import { type Extent, type Item, itemsIn, readLocations } from './heifItems.ts';
import { blankHevc, blankHevcConfiguration, lengthBytesOf } from './hevcUnits.ts';
import { type Profile, writeCleanInto } from './iccProfile.ts';
import { withoutTracks } from './stillAvif.ts';
import { damaged } from './unusableImage.ts';

/** Types of items that belong to the picture (AV1 Image File Format); all others (Exif, XMP, …) are blanked. */
const PICTURE_ITEMS = new Set(['av01', 'grid', 'iovl', 'iden', 'tmap']);
const META_BOXES = new Set(['hdlr', 'pitm', 'iloc', 'iinf', 'iref', 'iprp', 'idat', 'grpl']);
const TEXT_PROPERTIES = new Set(['udes', 'uuid', 'altt']);

type IsKept = (item: Pick<Item, 'id' | 'type'>) => boolean;

/**
 * The same file with every byte in its place, but zeros for everything that is not part of the picture: other items, other boxes,
 * names, gaps and the tracks of an animation. `profile` takes the place of the one in the file.
 */
export const stripAvif = (file: Buffer, profile: Profile | null): Buffer =>
  stripped(withoutTracks(file, 'avif'), profile, ({ type }) => PICTURE_ITEMS.has(type));

/**
 * The same for HEIC, where thumbnails, depth and mattes are coded like the picture: only what the primary item is made of stays, and
 * its transparency.
 */
export function stripHeic(animated: Buffer, profile: Profile | null): Buffer {
  const file = withoutTracks(animated, 'heic');
  const container = readContainer(file);
  const items = pictureItems(file, container);
  const clean = stripped(file, profile, ({ id }) => items.has(id));
  const used = new Set([...items].flatMap((id) => container.propertiesOf(id).map(({ start }) => start)));
  for (const box of metaBoxes(clean)) {
    if (box.type === 'grpl') writeFree(clean, clean, box);
    if (box.type !== 'iprp') continue;
    for (const property of propertyBoxes(clean, box))
      if (!used.has(property.start)) writeFree(clean, clean, property);
  }
  return clean;
}

function stripped(file: Buffer, profile: Profile | null, isKept: IsKept): Buffer {
  const boxes = boxesIn(file, 0, file.length);
  const ftyp = boxes.find(({ type }) => type === 'ftyp');
  const meta = boxes.find(({ type }) => type === 'meta');
  if (!ftyp || !meta) throw damaged();
  const stripped = Buffer.alloc(boxes.at(-1)!.end);
  for (const box of boxes) {
    if (box === ftyp || box === meta) file.copy(stripped, box.start, box.start, box.end);
    else if (box.type === 'mdat') file.copy(stripped, box.start, box.start, box.body);
    else writeFree(stripped, file, box);
  }
  blankMeta(stripped, meta, profile, isKept);
  const parts = boxesIn(file, meta.body + 4, meta.end);
  const extents = pictureExtents(file, parts, isKept);
  for (const { start, end } of extents) file.copy(stripped, start, start, end);
  blankNotes(stripped, new Set(extents.map(({ id }) => id)));
  return stripped;
}

/** Coded pictures have places for metadata of their own, which encoders and cameras use. */
function blankNotes(stripped: Buffer, items: Set<number>): void {
  const container = readContainer(stripped);
  for (const id of items) {
    const type = container.typeOf(id) ?? '';
    if (type !== 'av01' && !HEVC.has(type)) continue;
    const data = container.bytesOf(id, stripped.length);
    if (type === 'av01') blankAv1(data);
    else {
      const hvcC = container.propertiesOf(id).find((property) => property.type === 'hvcC');
      if (!hvcC) throw damaged();
      blankHevc(data, lengthBytesOf(stripped.subarray(hvcC.body, hvcC.end)));
    }
    let at = 0;
    for (const { start, end } of container.extentsOf(id))
      at += data.copy(stripped, start, at, at + end - start);
  }
}

function blankMeta(stripped: Buffer, meta: Box, profile: Profile | null, isKept: IsKept): void {
  for (const box of boxesIn(stripped, meta.body + 4, meta.end)) {
    if (!META_BOXES.has(box.type)) writeFree(stripped, stripped, box);
    else if (box.type === 'hdlr') stripped.fill(0, Math.min(box.body + 24, box.end), box.end);
    else if (box.type === 'idat') stripped.fill(0, box.body, box.end);
    else if (box.type === 'iprp') blankProperties(stripped, box, profile);
    else if (box.type === 'iinf') blankItems(stripped, box, isKept);
  }
}

function blankProperties(stripped: Buffer, iprp: Box, profile: Profile | null): void {
  for (const property of propertyBoxes(stripped, iprp)) {
    if (TEXT_PROPERTIES.has(property.type)) writeFree(stripped, stripped, property);
    if (property.type === 'colr') blankColour(stripped, property, profile);
    const body = stripped.subarray(property.body, property.end);
    if (property.type === 'hvcC') blankHevcConfiguration(body);
    if (property.type === 'av1C') blankAv1(body.subarray(AV1C_HEAD));
  }
}

const propertyBoxes = (file: Buffer, iprp: Box): Box[] =>
  boxesIn(file, iprp.body, iprp.end)
    .filter(({ type }) => type === 'ipco')
    .flatMap(({ body, end }) => boxesIn(file, body, end));

/** Code points stay. An ICC profile becomes the believed one, in its place and size. */
function blankColour(stripped: Buffer, colr: Box, profile: Profile | null): void {
  const kind = fourCharacters(stripped, colr.body);
  if (kind === 'nclx') return;
  const room = colr.end - colr.body - 4;
  const clean = profile && (kind === 'prof' || kind === 'rICC') ? writeCleanInto(profile, room) : null;
  if (clean) clean.copy(stripped, colr.body + 4);
  else writeFree(stripped, stripped, colr);
}

function blankItems(stripped: Buffer, iinf: Box, isKept: IsKept): void {
  for (const { id, type, typeAt, end } of itemsIn(stripped, iinf)) {
    if (!isKept({ id, type })) stripped.write('free', typeAt, 'latin1');
    stripped.fill(0, typeAt + 4, end);
  }
}

function pictureExtents(file: Buffer, parts: Box[], isKept: IsKept): (Extent & { id: number })[] {
  const part = (type: string) => parts.find((box) => box.type === type);
  const iinf = part('iinf');
  const iloc = part('iloc');
  if (!iinf || !iloc) throw damaged();
  const pictures = new Set(
    itemsIn(file, iinf)
      .filter(isKept)
      .map(({ id }) => id),
  );
  const extents = readLocations(file, iloc, part('idat')).filter(({ id }) => pictures.has(id));
  if (extents.some(({ start, end }) => start > end || end > file.length)) throw damaged();
  return extents;
}
