import { type Box, boxesIn, fourCharacters, metaBoxes } from './avifBoxes.ts';
import { primaryItem, propertiesOf } from './avifItems.ts';
import { type Extent, itemsIn, readLocations, referencesIn } from './heifItems.ts';
import { damaged } from './unusableImage.ts';

/** Types of items that are coded by HEVC. */
export const HEVC = new Set(['hvc1', 'hev1']);

/** The items of a HEIF file (ISO/IEC 23008-12) that can be reached from the primary one. */
export interface HeifContainer {
  primary: number;
  typeOf(id: number): string | undefined;
  /** The properties of an item, in their order. */
  propertiesOf(id: number): Box[];
  /** The items that an item is made of, in their order. */
  partsOf(id: number): number[];
  /** Items of a kind that say something about this one, such as `auxl` and `cdsc`. */
  about(id: number, kind: string): number[];
  /** The bytes of an item, joined; throws when they are more than `most` or not all there. */
  bytesOf(id: number, most: number): Buffer;
  /** Where the bytes of an item are, in their order; throws when one is not there. */
  extentsOf(id: number): Extent[];
  /** The sum of the extents of an item. */
  lengthOf(id: number): number;
}

export function readContainer(file: Buffer): HeifContainer {
  const boxes = metaBoxes(file);
  const part = (type: string) => boxes.find((box) => box.type === type);
  const [pitm, iprp, iinf, iloc] = ['pitm', 'iprp', 'iinf', 'iloc'].map(part);
  if (!pitm || !iprp || !iinf || !iloc) throw damaged();
  const types = new Map(itemsIn(file, iinf).map(({ id, type }) => [id, type]));
  const references = referencesIn(file, part('iref'));
  const extents = readLocations(file, iloc, part('idat'));
  const parts = boxesIn(file, iprp.body, iprp.end);
  const properties = parts
    .filter(({ type }) => type === 'ipco')
    .flatMap(({ body, end }) => boxesIn(file, body, end));
  const associations = parts.filter(({ type }) => type === 'ipma');
  const extentsOf = (id: number) => {
    const found = extents.filter((extent) => extent.id === id);
    if (found.some(({ start, end }) => !(start <= end && end <= file.length))) throw damaged();
    return found;
  };
  const lengthOf = (id: number) => extentsOf(id).reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    primary: primaryItem(file, pitm),
    typeOf: (id) => types.get(id),
    propertiesOf: (id) =>
      associations
        .flatMap((ipma) => propertiesOf(file, ipma, id))
        .flatMap((number) => properties[number - 1] ?? []),
    partsOf: (id) => references.find(({ type, from }) => type === 'dimg' && from === id)?.to ?? [],
    about: (id, kind) =>
      references.filter(({ type, to }) => type === kind && to.includes(id)).map(({ from }) => from),
    extentsOf,
    lengthOf,
    bytesOf(id, most) {
      if (lengthOf(id) > most) throw damaged();
      return Buffer.concat(extentsOf(id).map(({ start, end }) => file.subarray(start, end)));
    },
  };
}

const ALPHA = /^urn:(mpeg:mpegB:cicp:systems:auxiliary:alpha|mpeg:hevc:2015:auxid:1)$/;

/** Says which parts of the file its picture needs: the primary item, what that is made of, and its transparency. */
export function pictureItems(file: Buffer, container: HeifContainer): Set<number> {
  const kept = new Set<number>();
  const pending = [container.primary];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    pending.push(...container.partsOf(id));
    if (id === container.primary)
      pending.push(...container.about(id, 'auxl').filter((aux) => isAlpha(file, container, aux)));
  }
  return kept;
}

export function isAlpha(file: Buffer, container: HeifContainer, id: number): boolean {
  const auxC = container.propertiesOf(id).find(({ type }) => type === 'auxC');
  if (!auxC) return false;
  const [kind = ''] = file.toString('latin1', auxC.body + 4, auxC.end).split('\0', 1);
  return ALPHA.test(kind);
}

/** The ICC profile that an item states (box `colr`). */
export function profileOf(file: Buffer, container: HeifContainer, id: number): Buffer | undefined {
  const colr = container
    .propertiesOf(id)
    .find(({ type, body }) => type === 'colr' && /^(prof|rICC)$/.test(fourCharacters(file, body)));
  return colr && file.subarray(colr.body + 4, colr.end);
}
