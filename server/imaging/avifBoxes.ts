import { damaged } from './unusableImage.ts';

/** A box of the ISO base media file format (ISO/IEC 14496-12): where it begins, where its content begins and ends. */
export interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** Far more than any file has side by side: each costs time and memory. */
const MAX_BOXES = 10_000;

export function boxesIn(file: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = file.readUInt32BE(at);
    if (size === 1 && at + 16 > to) throw damaged();
    const isLong = size === 1;
    const length = isLong ? Number(file.readBigUInt64BE(at + 8)) : size === 0 ? to - at : size;
    const body = at + (isLong ? 16 : 8);
    if (at + length > to || body > at + length || boxes.length === MAX_BOXES) throw damaged();
    boxes.push({ type: fourCharacters(file, at + 4), start: at, body, end: at + length });
    at += length;
  }
  return boxes;
}

/** Writes the box as free space of the same size. */
export function writeFree(target: Buffer, file: Buffer, { start, body, end }: Box): void {
  file.copy(target, start, start, body);
  target.write('free', start + 4, 'latin1');
  target.fill(0, body, end);
}

/** The boxes in the box `meta`, which describe the items of the file; none when there is no such box. */
export function metaBoxes(file: Buffer): Box[] {
  const meta = boxesIn(file, 0, file.length).find(({ type }) => type === 'meta');
  return meta && meta.body + 4 <= meta.end ? boxesIn(file, meta.body + 4, meta.end) : [];
}

export const fourCharacters = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);
