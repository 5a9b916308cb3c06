import { type Box, boxesIn, fourCharacters, writeFree } from './avifBoxes.ts';
import { type Profile, writeCleanInto } from './iccProfile.ts';
import { withoutTracks } from './stillAvif.ts';
import { damaged } from './unusableImage.ts';

interface Extent {
  start: number;
  end: number;
}

/** Types of items that belong to the picture (AV1 Image File Format); all others (Exif, XMP, …) are blanked. */
const PICTURE_ITEMS = new Set(['av01', 'grid', 'iovl', 'iden', 'tmap']);
const META_BOXES = new Set(['hdlr', 'pitm', 'iloc', 'iinf', 'iref', 'iprp', 'idat', 'grpl']);
const TEXT_PROPERTIES = new Set(['udes', 'uuid', 'altt']);

/**
 * The same file with every byte in its place, but zeros for everything that is not part of the picture: other items, other boxes,
 * names, gaps and the tracks of an animation. `profile` takes the place of the one in the file.
 */
export function stripAvif(animated: Buffer, profile: Profile | null): Buffer {
  const file = withoutTracks(animated);
  const boxes = boxesIn(file, 0, file.length);
  const ftyp = boxes.find(({ type }) => type === 'ftyp');
  const meta = boxes.find(({ type }) => type === 'meta');
  if (!ftyp || !meta) throw damaged();
  const stripped = Buffer.alloc(boxes.at(-1)!.end);
  for (const box of boxes) {
    const isKept = box === ftyp || box === meta;
    if (isKept) file.copy(stripped, box.start, box.start, box.end);
    else if (box.type === 'mdat') file.copy(stripped, box.start, box.start, box.body);
    else writeFree(stripped, file, box);
  }
  blankMeta(stripped, meta, profile);
  const parts = boxesIn(file, meta.body + 4, meta.end);
  for (const { start, end } of pictureExtents(file, parts)) file.copy(stripped, start, start, end);
  return stripped;
}

function blankMeta(stripped: Buffer, meta: Box, profile: Profile | null): void {
  for (const box of boxesIn(stripped, meta.body + 4, meta.end)) {
    if (!META_BOXES.has(box.type)) writeFree(stripped, stripped, box);
    else if (box.type === 'hdlr') stripped.fill(0, Math.min(box.body + 24, box.end), box.end);
    else if (box.type === 'idat') stripped.fill(0, box.body, box.end);
    else if (box.type === 'iprp') blankProperties(stripped, box, profile);
    else if (box.type === 'iinf') blankItems(stripped, box);
  }
}

function blankProperties(stripped: Buffer, iprp: Box, profile: Profile | null): void {
  for (const container of boxesIn(stripped, iprp.body, iprp.end).filter(({ type }) => type === 'ipco')) {
    for (const property of boxesIn(stripped, container.body, container.end)) {
      if (TEXT_PROPERTIES.has(property.type)) writeFree(stripped, stripped, property);
      if (property.type === 'colr') blankColour(stripped, property, profile);
    }
  }
}

/** Code points stay. An ICC profile becomes the believed one, in its place and size. */
function blankColour(stripped: Buffer, colr: Box, profile: Profile | null): void {
  const kind = fourCharacters(stripped, colr.body);
  if (kind === 'nclx') return;
  const room = colr.end - colr.body - 4;
  const clean = profile && (kind === 'prof' || kind === 'rICC') ? writeCleanInto(profile, room) : null;
  if (clean) clean.copy(stripped, colr.body + 4);
  else writeFree(stripped, stripped, colr);
}

function blankItems(stripped: Buffer, iinf: Box): void {
  for (const { type, typeAt, end } of itemsIn(stripped, iinf)) {
    if (!PICTURE_ITEMS.has(type)) stripped.write('free', typeAt, 'latin1');
    stripped.fill(0, typeAt + 4, end);
  }
}

interface Item {
  id: number;
  type: string;
  typeAt: number;
  end: number;
}

function itemsIn(file: Buffer, iinf: Box): Item[] {
  const from = iinf.body + (file[iinf.body] === 0 ? 6 : 8);
  return boxesIn(file, from, iinf.end).map(({ body, end }) => {
    const version = file[body]!;
    const idBytes = version === 2 ? 2 : 4;
    const typeAt = body + 4 + idBytes + 2;
    if (version < 2 || typeAt + 4 > end) throw damaged();
    return { id: file.readUIntBE(body + 4, idBytes), type: fourCharacters(file, typeAt), typeAt, end };
  });
}

function pictureExtents(file: Buffer, parts: Box[]): Extent[] {
  const part = (type: string) => parts.find((box) => box.type === type);
  const iinf = part('iinf');
  const iloc = part('iloc');
  if (!iinf || !iloc) throw damaged();
  const pictures = new Set(
    itemsIn(file, iinf)
      .filter(({ type }) => PICTURE_ITEMS.has(type))
      .map(({ id }) => id),
  );
  const extents = readLocations(file, iloc, part('idat')).filter(({ id }) => pictures.has(id));
  if (extents.some(({ start, end }) => start > end || end > file.length)) throw damaged();
  return extents;
}

/** Where each item's bytes are (ISO/IEC 14496-12, box `iloc`). */
function readLocations(file: Buffer, iloc: Box, idat: Box | undefined): (Extent & { id: number })[] {
  const found: (Extent & { id: number })[] = [];
  let at = iloc.body;
  const take = (bytes: number): number => {
    if (at + bytes > iloc.end) throw damaged();
    const value =
      bytes === 0 ? 0 : bytes === 8 ? Number(file.readBigUInt64BE(at)) : file.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = take(1);
  take(3);
  const sizes = take(2);
  const [offsetBytes, lengthBytes, baseBytes] = [12, 8, 4].map((shift) => (sizes >> shift) & 15) as [
    number,
    number,
    number,
  ];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version === 2 ? 4 : 2;
  for (let items = take(idBytes); items > 0; items--) {
    const id = take(idBytes);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseBytes);
    for (let extents = take(2); extents > 0; extents--) {
      take(indexBytes);
      const start = base + take(offsetBytes) + (method === 1 ? (idat?.body ?? Number.NaN) : 0);
      const length = take(lengthBytes);
      if (method > 1) throw damaged();
      found.push({ id, start, end: length === 0 ? file.length : start + length });
    }
  }
  return found;
}
