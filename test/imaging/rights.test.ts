import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readIptc } from '../../server/imaging/iptc.ts';
import { rightsOf } from '../../server/imaging/rights.ts';
import { readXmp } from '../../server/imaging/xmp.ts';
import { decode } from '../../server/jobs/decoderProcess.ts';
import { CANARY, chatty, encode, scene } from './corpus.ts';

const DC = 'http://purl.org/dc/elements/1.1/';

const xmp = (attributes: string, content: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="${DC}" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:cc="http://creativecommons.org/ns#" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;

const list = (name: string, kind: string, ...items: string[]) =>
  `<${name}><rdf:${kind}>${items.map((item) => `<rdf:li xml:lang="x-default">${item}</rdf:li>`).join('\n')}</rdf:${kind}></${name}>`;

const full = xmp(
  'plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"',
  list('dc:creator', 'Seq', 'Zo&#xEB;', 'Bob &amp; Sons') +
    list('dc:rights', 'Alt', '© 2026 Zoë', '© 2026 Zoe') +
    list('xmpRights:UsageTerms', 'Alt', 'Ask before use'),
);

const told = {
  copyright: '© 2026 Zoë',
  creator: 'Zoë, Bob & Sons',
  license: 'Ask before use',
  noAi: true,
};

const dataset = (number: number, text: Buffer) =>
  Buffer.concat([Buffer.from([0x1c, 2, number, text.length >> 8, text.length & 255]), text]);

function resources(...datasets: Buffer[]) {
  const data = Buffer.concat(datasets);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const other = Buffer.from('8BIM\x04\x0b\x03abc\0\0\0\x03xyz\0', 'latin1');
  return Buffer.concat([
    Buffer.from('Photoshop 3.0\0'),
    other,
    Buffer.from('8BIM\x04\x04\0\0'),
    length,
    data,
  ]);
}

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'of a %s, XMP says what its rights are',
  async (format) => {
    const file = await encode(scene().withXmp(full), format).toBuffer();
    expect((await decode(file, { type: `image/${format}` })).head).toMatchObject({ rights: told });
  },
);

test('of EXIF, the artist and the copyright of the photographer are read, in UTF-8 and in Latin 1', async () => {
  const exif = { IFD0: { Artist: 'Alice Arnold', Copyright: '___2026 Alice' } };
  const { exif: block } = await sharp(await scene().withExif(exif).jpeg().toBuffer()).metadata();
  for (const sign of ['\xc2\xa9 ', '\xa9  ']) {
    const written = Buffer.from(block!.toString('latin1').replaceAll('___', sign), 'latin1');
    expect(rightsOf({ exif: written })).toEqual({ creator: 'Alice Arnold', copyright: '© 2026 Alice' });
  }
});

test('of IPTC, by-lines and the copyright notice are read', () => {
  const iptc = resources(
    dataset(80, Buffer.from('Alice')),
    dataset(80, Buffer.from('Bob')),
    dataset(120, Buffer.from('a caption')),
    dataset(116, Buffer.from('\xa9 2026', 'latin1')),
  );
  expect(rightsOf({ iptc })).toEqual({ creator: 'Alice, Bob', copyright: '© 2026' });
});

test('a file that says nothing proposes nothing, and the stripped original tells nothing', async () => {
  expect(rightsOf({})).toEqual({});
  const { head, bytes } = await decode(await chatty('jpeg'), { type: 'image/jpeg' });
  expect(head).toMatchObject({ rights: { creator: `${CANARY} artist`, copyright: `${CANARY} copyright` } });
  expect(bytes.every((body) => !body.includes(CANARY))).toBe(true);
});

describe('XMP', () => {
  const read = (packet: string, namespace = DC, name = 'creator') =>
    readXmp(Buffer.from(packet))(namespace, name);

  test('is read by its namespaces, whatever their prefixes, as attributes, elements and addresses', () => {
    expect(read(`<r xmlns:a="${DC}" a:creator="Zoë"/>`)).toEqual(['Zoë']);
    expect(read(`<r xmlns:a='${DC}'><a:creator>Zoë</a:creator></r>`)).toEqual(['Zoë']);
    expect(read(`<r xmlns:a="${DC}"><a:creator rdf:resource="https://zoe.example"/></r>`)).toEqual([
      'https://zoe.example',
    ]);
    expect(read(`<r xmlns:b="${DC}"><dc:creator>somebody</dc:creator></r>`)).toEqual([]);
    expect(read(`<r xmlns:dc="${DC}"><dc:creatorTool>no</dc:creatorTool></r>`)).toEqual([]);
  });

  test('that is damaged, hostile or allows mining says nothing that is not there', () => {
    for (const packet of [
      '',
      '<',
      `<r xmlns:dc="${DC}"><dc:creator`,
      `<r xmlns:dc="${DC}"><dc:creator><b>x</b></dc:creator>`,
      `<r xmlns:dc="${DC}">${'<dc:creator>'.repeat(50_000)}`,
      `<r xmlns:dc="${DC}">${' dc:creator='.repeat(50_000)}`,
      `<r xmlns:dc="${DC}"><dc:creator>${'<rdf:li '.repeat(50_000)}</dc:creator>`,
    ])
      expect(read(packet)).toEqual([]);
    const allowed = xmp('plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-ALLOWED"', '');
    expect(rightsOf({ xmp: Buffer.from(allowed) })).toEqual({});
  });
});

test('IPTC that is cut off or claims too much is left out', () => {
  const whole = resources(dataset(80, Buffer.from('Alice')));
  for (let end = 0; end < whole.length; end++)
    expect(readIptc(whole.subarray(0, end), [80]).get(80) ?? []).toEqual([]);
  expect(readIptc(whole, [80]).get(80)).toEqual(['Alice']);
});
