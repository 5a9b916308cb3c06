import {
  type GainMapParameters,
  HDRGM,
  isoOf,
  parametersOfIso,
  parametersOfXmp,
  xmpOf,
} from './gainMapParameters.ts';
import { APP1, APP2, jpegSegments, type Segment, START_OF_SCAN, writeSegment } from './jpegSegments.ts';

const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const ISO = Buffer.from('urn:iso:std:iso:ts:21496:-1\0', 'latin1');
const MPF = Buffer.from('MPF\0', 'latin1');
const MP_ENTRIES = 0xb002;
const MP_ENTRY_BYTES = 16;
/** A file holds previews beside the gain map. */
const MAX_PICTURES = 8;
const MAX_SEGMENTS = 1000;

export interface StoredGainMap {
  jpeg: Buffer;
  parameters: GainMapParameters;
}

/** The gain map that a JPEG carries behind its picture (CIPA DC-007), or null. */
export function findGainMap(file: Buffer): StoredGainMap | null {
  for (const jpeg of furtherPictures(file)) {
    const parameters = parametersOf(jpeg);
    if (parameters) return { jpeg, parameters };
  }
  return null;
}

/** Those in front of the picture. */
function headOf(jpeg: Buffer): Segment[] {
  const head: Segment[] = [];
  for (const segment of jpegSegments(jpeg)) {
    if (segment.marker === START_OF_SCAN || head.length === MAX_SEGMENTS) break;
    head.push(segment);
  }
  return head;
}

const bodyOf = (segments: Segment[], marker: number, name: Buffer) =>
  segments
    .find((segment) => segment.marker === marker && segment.body.subarray(0, name.length).equals(name))
    ?.body.subarray(name.length);

function furtherPictures(file: Buffer): Buffer[] {
  const tiff = bodyOf(headOf(file), APP2, MPF);
  if (!tiff || tiff.length < 8) return [];
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const entries = Array.from({ length: short(directory) }, (_, i) => directory + 2 + i * 12);
  const list = entries.find((at) => short(at) === MP_ENTRIES);
  if (list === undefined) return [];
  const from = tiff.byteOffset - file.byteOffset;
  const count = Math.min(Math.floor(long(list + 4) / MP_ENTRY_BYTES), MAX_PICTURES);
  return Array.from({ length: count }, (_, i) => long(list + 8) + i * MP_ENTRY_BYTES)
    .filter((at) => long(at + 8) > 0)
    .map((at) => file.subarray(from + long(at + 8), from + long(at + 8) + long(at + 4)))
    .filter((picture) => picture.length > 4 && picture.readUInt16BE(0) === 0xffd8);
}

function parametersOf(jpeg: Buffer): GainMapParameters | null {
  const segments = headOf(jpeg);
  const iso = bodyOf(segments, APP2, ISO);
  const xmp = bodyOf(segments, APP1, XMP);
  return (iso && parametersOfIso(iso)) ?? (xmp ? parametersOfXmp(xmp) : null);
}

/** Both JPEGs have been written here, and have no metadata; nothing but the gain map is added to them. */
export function withGainMap(picture: Buffer, { jpeg, parameters }: StoredGainMap): Buffer {
  const { attributes, elements } = xmpOf(parameters);
  const map = inserted(jpeg, [xmpSegment(attributes, elements), isoSegment(isoOf(parameters))]);
  const item = (rest: string) =>
    `<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" ${rest}/></rdf:li>`;
  const directory = `<Container:Directory><rdf:Seq>${item('Item:Semantic="Primary"')}${item(`Item:Semantic="GainMap" Item:Length="${map.length}"`)}</rdf:Seq></Container:Directory>`;
  const namespaces =
    ' xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"';
  const segments = [
    xmpSegment(`${namespaces} hdrgm:Version="1.0"`, directory),
    isoSegment(Buffer.alloc(4)),
    mpfSegment(0, 0, 0),
  ];
  const bytes = inserted(picture, segments).length;
  const tiffAt = afterJfif(picture) + Buffer.concat(segments).length - MPF_TIFF_BYTES;
  segments[2] = mpfSegment(bytes, map.length, bytes - tiffAt);
  return Buffer.concat([inserted(picture, segments), map]);
}

const xmpSegment = (attributes: string, elements: string) =>
  writeSegment(
    APP1,
    Buffer.concat([
      XMP,
      Buffer.from(
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:hdrgm="${HDRGM}"${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta>`,
      ),
    ]),
  );

const isoSegment = (block: Buffer) => writeSegment(APP2, Buffer.concat([ISO, block]));

const MPF_TIFF_BYTES = 82;

/** Two pictures: the first is the representative one, the second is `offset` bytes behind this TIFF structure. */
function mpfSegment(pictureBytes: number, mapBytes: number, offset: number): Buffer {
  const tiff = Buffer.alloc(MPF_TIFF_BYTES);
  tiff.write('MM\0*\0\0\0\x08\0\x03', 'latin1');
  tiff.write('\xb0\0\0\x07\0\0\0\x040100', 10, 'latin1');
  tiff.write('\xb0\x01\0\x04\0\0\0\x01\0\0\0\x02', 22, 'latin1');
  tiff.write('\xb0\x02\0\x07\0\0\0\x20\0\0\0\x32', 34, 'latin1');
  tiff.writeUInt32BE(0x030000, 50);
  tiff.writeUInt32BE(pictureBytes, 54);
  tiff.writeUInt32BE(mapBytes, 70);
  tiff.writeUInt32BE(offset, 74);
  return writeSegment(APP2, Buffer.concat([MPF, tiff]));
}

/** JFIF has to be first. */
const afterJfif = (jpeg: Buffer) => (jpeg[3] === 0xe0 ? 4 + jpeg.readUInt16BE(4) : 2);

const inserted = (jpeg: Buffer, segments: Buffer[]) => {
  const at = afterJfif(jpeg);
  return Buffer.concat([jpeg.subarray(0, at), ...segments, jpeg.subarray(at)]);
};
