import { decodeText } from './plainText.ts';

const IPTC_RESOURCE = 0x0404;
const DATASET = 0x1c;
const APPLICATION_RECORD = 2;
const MAX_DATASETS = 500;

/** The texts of the wanted datasets (IPTC IIM 4.2, record 2) of Photoshop's image resources. Whatever makes no sense is left out. */
export function readIptc(resources: Buffer, wanted: number[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const block = iptcOf(resources);
  for (let at = 0, count = 0; at + 5 <= block.length && count < MAX_DATASETS; count++) {
    const [tag, record, dataset] = block.subarray(at, at + 3);
    const end = at + 5 + block.readUInt16BE(at + 3);
    // Lengths from 32768 on say how many bytes the length has: no text is as long.
    if (tag !== DATASET || end > block.length) break;
    if (record === APPLICATION_RECORD && wanted.includes(dataset!))
      found.set(dataset!, [...(found.get(dataset!) ?? []), decodeText(block.subarray(at + 5, end))]);
    at = end;
  }
  return found;
}

/** The resource with the datasets; each is a signature, a number, a padded name and padded data. */
function iptcOf(resources: Buffer): Buffer {
  let at = resources.indexOf('8BIM', 0, 'latin1');
  while (at >= 0 && at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === '8BIM') {
    const name = 1 + resources[at + 6]!;
    const data = at + 6 + name + (name % 2);
    if (data + 4 > resources.length) break;
    const bytes = resources.readUInt32BE(data);
    if (resources.readUInt16BE(at + 4) === IPTC_RESOURCE)
      return resources.subarray(data + 4, data + 4 + bytes);
    at = data + 4 + bytes + (bytes % 2);
  }
  return Buffer.alloc(0);
}
