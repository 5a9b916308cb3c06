import { damaged } from './unusableImage.ts';

/** A box of the ISO base media file format (ISO/IEC 14496-12): where it begins, where its content begins and ends. */
interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

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
 * names and gaps.
 */
export function stripAvif(file: Buffer): Buffer {
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
  blankMeta(stripped, meta);
  const parts = boxesIn(file, meta.body + 4, meta.end);
  for (const { start, end } of pictureExtents(file, parts)) file.copy(stripped, start, start, end);
  return stripped;
}

function boxesIn(file: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = file.readUInt32BE(at);
    if (size === 1 && at + 16 > to) throw damaged();
    const isLong = size === 1;
    const length = isLong ? Number(file.readBigUInt64BE(at + 8)) : size === 0 ? to - at : size;
    const body = at + (isLong ? 16 : 8);
    if (at + length > to || body > at + length) throw damaged();
    boxes.push({ type: text(file, at + 4), start: at, body, end: at + length });
    at += length;
  }
  return boxes;
}

/** Writes the box as free space of the same size. */
function writeFree(target: Buffer, file: Buffer, { start, body, end }: Box): void {
  file.copy(target, start, start, body);
  target.write('free', start + 4, 'latin1');
  target.fill(0, body, end);
}

function blankMeta(stripped: Buffer, meta: Box): void {
  for (const box of boxesIn(stripped, meta.body + 4, meta.end)) {
    if (!META_BOXES.has(box.type)) writeFree(stripped, stripped, box);
    else if (box.type === 'hdlr') stripped.fill(0, Math.min(box.body + 24, box.end), box.end);
    else if (box.type === 'idat') stripped.fill(0, box.body, box.end);
    else if (box.type === 'iprp') blankProperties(stripped, box);
    else if (box.type === 'iinf') blankItems(stripped, box);
  }
}

function blankProperties(stripped: Buffer, iprp: Box): void {
  for (const container of boxesIn(stripped, iprp.body, iprp.end).filter(({ type }) => type === 'ipco')) {
    for (const property of boxesIn(stripped, container.body, container.end)) {
      if (TEXT_PROPERTIES.has(property.type)) writeFree(stripped, stripped, property);
    }
  }
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
    return { id: file.readUIntBE(body + 4, idBytes), type: text(file, typeAt), typeAt, end };
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

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);
