import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planHeic } from '../../server/imaging/heicPlan.ts';
import { readContainer } from '../../server/imaging/heifContainer.ts';

const bytes = (size: number, ...values: number[]) => {
  const body = Buffer.alloc(size * values.length);
  for (const [i, value] of values.entries()) body.writeUIntBE(value, i * size, size);
  return body;
};

export const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  return Buffer.concat([bytes(4, body.length + 8), Buffer.from(type, 'latin1'), body]);
};
const full = (type: string, version: number, ...parts: (Buffer | string)[]) =>
  box(type, Buffer.from([version, 0, 0, 0]), ...parts);

export interface WrittenItem {
  type: string;
  data: Buffer;
  properties?: Buffer[];
  name?: string;
  /** Instead of where the data is. */
  extents?: [start: number, length: number][];
}

export interface Written {
  items: WrittenItem[];
  /** Numbers of items from 1. */
  primary?: number;
  references?: [type: string, from: number, ...to: number[]][];
  brands?: string[];
  /** Boxes in `meta` and behind everything. */
  more?: Buffer[];
  tail?: Buffer[];
}

/** A HEIF file of these items, as the standard lays it out (ISO/IEC 23008-12), valid or not. */
export function writeHeif({
  items,
  primary = 1,
  references = [],
  brands,
  more = [],
  tail = [],
}: Written): Buffer {
  const properties = [...new Set(items.flatMap((item) => item.properties ?? []))];
  const associations = items.map((item, i) => {
    const numbers = (item.properties ?? []).map((property) => properties.indexOf(property) + 1);
    return Buffer.concat([bytes(2, i + 1), bytes(1, numbers.length, ...numbers)]);
  });
  const infes = items.map(({ type, name = '' }, i) => full('infe', 2, bytes(2, i + 1, 0), type, `${name}\0`));
  const irefs = references.map(([type, from, ...to]) => box(type, bytes(2, from, to.length, ...to)));
  const make = (mdatAt: number): Buffer => {
    let at = mdatAt;
    const locations = items.map(({ data, extents }, i) => {
      const places = extents ?? [[at, data.length]];
      at += data.length;
      const body = Buffer.concat(places.map(([start, length]) => bytes(4, start, length)));
      return Buffer.concat([bytes(2, i + 1, 0, places.length), body]);
    });
    return Buffer.concat([
      box('ftyp', brands?.[0] ?? 'heic', bytes(4, 0), ...(brands ?? ['mif1', 'heic'])),
      full(
        'meta',
        0,
        full('hdlr', 0, bytes(4, 0), 'pict', Buffer.alloc(12), 'name\0'),
        full('pitm', 0, bytes(2, primary)),
        full('iloc', 0, bytes(1, 0x44, 0x00), bytes(2, items.length), ...locations),
        full('iinf', 0, bytes(2, items.length), ...infes),
        ...(irefs.length > 0 ? [full('iref', 0, ...irefs)] : []),
        box('iprp', box('ipco', ...properties), full('ipma', 0, bytes(4, items.length), ...associations)),
        ...more,
      ),
      box('mdat', ...items.map(({ data }) => data)),
      ...tail,
    ]);
  };
  const dataBytes = items.reduce((sum, { data }) => sum + data.length, 0);
  const tailBytes = tail.reduce((sum, { length }) => sum + length, 0);
  return make(make(0).length - dataBytes - tailBytes);
}

export const ispe = (width: number, height: number) => full('ispe', 0, bytes(4, width, height));
export const irot = (quarters: number) => box('irot', bytes(1, quarters));
export const imir = (axis: number) => box('imir', bytes(1, axis));
export const auxC = (kind: string) => full('auxC', 0, `${kind}\0`);
/** Width, height and the offset of the centre from that of the picture, as fractions. */
export const clap = (...fractions: [number, number][]) => {
  const body = Buffer.alloc(32);
  for (const [i, [part, whole]] of fractions.entries()) {
    body.writeInt32BE(part, i * 8);
    body.writeUInt32BE(whole, i * 8 + 4);
  }
  return box('clap', body);
};
export const grid = (rows: number, columns: number, width: number, height: number) =>
  Buffer.concat([bytes(1, 0, 0, rows - 1, columns - 1), bytes(2, width, height)]);
export const exifItem = (tiff: Buffer | string): WrittenItem => ({
  type: 'Exif',
  data: Buffer.concat([bytes(4, 0), Buffer.from(tiff as string, 'latin1')]),
});

export const readHeicCase = (name: string) => readFileSync(join(import.meta.dirname, 'cases', name));

/** The first coded picture of a file, to be put into others: its data and the property that configures the decoder. */
export function codedPart(name: string): { data: Buffer; hvcC: Buffer } {
  const { data, configuration } = codedPicture(readHeicCase(name));
  return { data, hvcC: configuration };
}

export function codedPicture(file: Buffer): { data: Buffer; configuration: Buffer } {
  const container = readContainer(file);
  const id = container.partsOf(container.primary)[0] ?? container.primary;
  const { start, end } = container.propertiesOf(id).find(({ type }) => /^(hvcC|av1C)$/.test(type))!;
  return { data: container.bytesOf(id, file.length), configuration: file.subarray(start, end) };
}

/** A grid of as many tiles, all the first coded picture of a file but each with data of its own. */
export function gridOf(name: string, rows: number, columns: number): Buffer {
  const file = readHeicCase(name);
  const { data, hvcC } = codedPart(name);
  const { width, height } = planHeic(file);
  const size = [columns * width, rows * height] as const;
  const tile: WrittenItem = { type: 'hvc1', data, properties: [hvcC, ispe(width, height)] };
  const tiles = Array.from({ length: rows * columns }, () => tile);
  const whole = { type: 'grid', data: grid(rows, columns, ...size), properties: [ispe(...size)] };
  return writeHeif({ items: [whole, ...tiles], references: [['dimg', 1, ...tiles.map((_, i) => i + 2)]] });
}
