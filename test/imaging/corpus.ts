import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export const CANARY = 'CANARY';

/** A picture in which every side is different, as pixels. */
export function scene(width = 320, height = 240, seed = 7): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      pixels[at] = Math.round((x / width) * 255);
      pixels[at + 1] = Math.round((y / height) * 255);
      pixels[at + 2] = ((x >> 4) ^ (y >> 4) ^ seed) & 1 ? 200 : 40;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export const plain = (color: string, width = 64, height = 64): Sharp =>
  sharp({ create: { width, height, channels: 3, background: color } });

/** What cameras and editors write into a file, every text of it a canary. */
export const chattyExif = {
  IFD0: {
    Make: 'Ciel',
    Model: 'Test One',
    Artist: `${CANARY} artist`,
    Copyright: `${CANARY} copyright`,
    ImageDescription: `${CANARY} description`,
    Software: `${CANARY} software`,
    HostComputer: `${CANARY} host`,
  },
  IFD2: {
    DateTimeOriginal: '2026:11:23 09:30:00',
    ExposureTime: '1/250',
    FNumber: '28/10',
    ISOSpeedRatings: '200',
    FocalLength: '230/10',
    LensModel: '23mm f/2',
    BodySerialNumber: `${CANARY} serial`,
    CameraOwnerName: `${CANARY} owner`,
    LensSerialNumber: `${CANARY} lens`,
    UserComment: `${CANARY} comment`,
    ImageUniqueID: `${CANARY} id`,
  },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '63/1 37/1 0/1',
    GPSLongitudeRef: 'W',
    GPSLongitude: '19/1 59/1 0/1',
    GPSDateStamp: '2026:11:23',
  },
};

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" dc:title="${CANARY} xmp" exif:GPSLatitude="63,37N"/></rdf:RDF></x:xmpmeta>`;

export type Format = 'jpeg' | 'png' | 'webp' | 'avif';

/** The scene in a format, with EXIF, XMP and, where there is a place for them, comments, thumbnails and trailers. */
export async function chatty(format: Format, { orientation = 1, picture = scene() } = {}): Promise<Buffer> {
  const told = picture.withMetadata({ orientation }).withExifMerge(chattyExif).withXmp(XMP);
  const file = await encode(told, format).toBuffer();
  if (format === 'jpeg') return chattyJpeg(file);
  if (format === 'png') return chattyPng(file);
  return Buffer.concat([file, Buffer.from(format === 'webp' ? `${CANARY} trailer` : '')]);
}

export const encode = (picture: Sharp, format: Format): Sharp =>
  format === 'avif' ? picture.avif({ effort: 0 }) : picture[format]();

function chattyJpeg(file: Buffer): Buffer {
  const jfxx = segment(0xe0, Buffer.from(`JFXX\0\x10${CANARY} thumbnail`));
  const iptc = segment(
    0xed,
    Buffer.from(`Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x78\0\x07${CANARY}`, 'latin1'),
  );
  const comment = segment(0xfe, Buffer.from(`${CANARY} comment`));
  const unknown = segment(0xe7, Buffer.from(`${CANARY} maker`));
  return Buffer.concat([
    file.subarray(0, 2),
    jfxx,
    iptc,
    comment,
    unknown,
    file.subarray(2),
    Buffer.from(`${CANARY} trailer`),
  ]);
}

function chattyPng(file: Buffer): Buffer {
  const beforeEnd = file.length - 12;
  return Buffer.concat([
    file.subarray(0, beforeEnd),
    pngChunk('tEXt', Buffer.from(`Author\0${CANARY} author`)),
    pngChunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), deflateSync(`${CANARY} title`)])),
    pngChunk('iTXt', Buffer.from(`Comment\0\0\0en\0\0${CANARY} comment`)),
    pngChunk('tIME', Buffer.from([7, 234, 11, 23, 9, 30, 0])),
    pngChunk('caNr', Buffer.from(`${CANARY} private`)),
    file.subarray(beforeEnd),
    Buffer.from(`${CANARY} trailer`),
  ]);
}

export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
  chunk.writeUInt32BE(body.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

/** The JPEG with a colour profile that its pixels were not converted to. */
export const labelled = (jpeg: Buffer, icc: Buffer): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc])),
    jpeg.subarray(2),
  ]);

/** The profile of Display P3, as others ship it: with names in it. */
export async function displayP3(): Promise<Buffer> {
  const { icc } = await sharp(await plain('#fff').withIccProfile('p3').jpeg().toBuffer()).metadata();
  return icc!;
}

/** One bit a pixel, all black: small however large it says it is. */
export function blackPng(width: number, height: number, { isInterlaced = false } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  head[12] = isInterlaced ? 1 : 0;
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Red, green and blue of the middle pixel as a viewer without colour management reads it, or with alpha. */
export async function middleOf(file: Buffer, { keepProfile = false } = {}): Promise<number[]> {
  const picture = keepProfile ? sharp(file).keepIccProfile() : sharp(file);
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

/** Mean difference of the channels of two pictures of one size, 0 to 255. */
export async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((file) => sharp(file).removeAlpha().raw().toBuffer()));
  if (a!.length !== b!.length) throw new Error(`sizes differ: ${a!.length} and ${b!.length} bytes`);
  return a!.reduce((sum, value, at) => sum + Math.abs(value - b![at]!), 0) / a!.length;
}
