import { describe, expect, test } from 'vitest';
import {
  acceptedTypesOf,
  knownTypes,
  recognise,
  recogniseDeclared,
  SNIFFED_BYTES,
} from '../../server/imaging/imageType.ts';
import { encode, type Format, scene } from './corpus.ts';

const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];
const ftyp = (...brands: string[]) => {
  const body = Buffer.from(`${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 8);
  return Buffer.concat([size, Buffer.from('ftyp'), body, Buffer.from('\0\0\0\x08mdat', 'latin1')]);
};
const hex = (text: string) => Buffer.concat([Buffer.from(text, 'hex'), Buffer.alloc(64, 0xf1)]);
const REST = 'send JPEG, PNG, WebP, AVIF or HEIC';

test.each(formats)('a %s is recognised by its first bytes', async (format) => {
  const file = await encode(scene(), format).toBuffer();
  expect(recognise(file.subarray(0, SNIFFED_BYTES), true)).toEqual({ type: `image/${format}`, fault: null });
});

describe('HEIC', () => {
  const files: [type: string, start: Buffer][] = [
    ['image/heic', ftyp('heic', 'mif1', 'heic')],
    ['image/heic', ftyp('mif1', 'heic')],
    ['image/heic', ftyp('hevc', 'msf1', 'heic')],
    ['image/heif', ftyp('mif1')],
  ];

  test.each(files)('is %s by its brands', (type, start) => {
    expect(recognise(start, true)).toEqual({ type, fault: null });
  });

  test.each(files)('of type %s is refused where there is no decoder for it', (type, start) => {
    const fault = 'This is HEIC; send JPEG, PNG, WebP or AVIF';
    expect(recognise(start, false)).toEqual({ type: null, fault });
    expect(recogniseDeclared(type, false)).toEqual({ type: null, fault });
    expect(acceptedTypesOf(false)).toEqual(['image/jpeg', 'image/png', 'image/webp', 'image/avif']);
    expect(acceptedTypesOf(true)).toEqual(knownTypes);
  });
});

describe('a refusal is a sentence for people', () => {
  test.each<[what: string, start: Buffer | (() => Promise<Buffer>)]>([
    ['a GIF', () => scene().gif().toBuffer()],
    ['a TIFF or raw file', () => scene().tiff().toBuffer()],
    ['a TIFF or raw file', hex('4d4d002a00000008')],
    ['a raw file', hex('49492a00100000004352')],
    ['a raw file', ftyp('crx ', 'isom')],
    ['a raw file', Buffer.from('FUJIFILMCCD-RAW 0201')],
    ['a BMP', hex('424d36000000000000003600000028000000')],
    ['an SVG', Buffer.from('<?xml version="1.0"?>\n<!-- ä -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['a video', ftyp('isom', 'iso2', 'avc1', 'mp41')],
    ['a video', ftyp('qt  ')],
    ['a video', hex('1a45dfa3')],
    ['a video', hex('000000086d6f6f76')],
    ['JPEG XL', hex('ff0a')],
    ['JPEG XL', hex('0000000c4a584c200d0a870a')],
    ['JPEG 2000', hex('0000000c6a5020200d0a870a')],
    ['HEIF without HEVC', ftyp('vvic', 'mif1')],
    ['a Photoshop file', hex('38425053')],
    ['a ZIP file', hex('504b0304')],
    ['a text file', Buffer.from('Dear diary,\n')],
    ['a text file', Buffer.from('ä'.repeat(200)).subarray(0, SNIFFED_BYTES - 1)],
  ])('%s', async (what, start) => {
    const file = typeof start === 'function' ? await start() : start;
    const { type, fault } = recognise(file.subarray(0, SNIFFED_BYTES), true);
    expect({ type, fault }).toEqual({ type: null, fault: `This is ${what}; ${REST}` });
  });

  test('for a file that is empty, or nothing that is known', () => {
    expect(recognise(Buffer.alloc(0), true).fault).toBe('The file is empty; choose another');
    for (const bytes of [hex('deadbeef'), Buffer.alloc(1), Buffer.from('\0\0\0\x0cftyp', 'latin1')])
      expect(recognise(bytes, true).fault).toBe(`This is not a photograph that can be read here; ${REST}`);
  });
});

describe('a declared type', () => {
  test.each<[declared: string, type: string]>([
    ...knownTypes.map((type): [string, string] => [type, type]),
    ['IMAGE/JPEG', 'image/jpeg'],
    ['image/jpg', 'image/jpeg'],
    ['image/jpeg; charset=utf-8', 'image/jpeg'],
    [' Image/Pjpeg ;q=1', 'image/jpeg'],
    ['image/x-png', 'image/png'],
  ])('%s means %s', (declared, type) => {
    expect(recogniseDeclared(declared, true)).toEqual({ type, fault: null });
  });

  test.each([
    ['image/gif', 'This is a GIF'],
    ['video/mp4', 'This is a video'],
    ['application/octet-stream', 'This is not a photograph that can be read here'],
    ['constructor', 'This is not a photograph that can be read here'],
    ['__proto__', 'This is not a photograph that can be read here'],
  ])('%s is refused', (declared, what) => {
    expect(recogniseDeclared(declared, true)).toEqual({ type: null, fault: `${what}; ${REST}` });
  });
});
