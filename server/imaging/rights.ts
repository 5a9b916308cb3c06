import { readExif } from './exif.ts';
import { readIptc } from './iptc.ts';
import { plainText } from './plainText.ts';
import { readXmp } from './xmp.ts';

const ARTIST = 0x013b;
const COPYRIGHT = 0x8298;
const BYLINE = 80;
const COPYRIGHT_NOTICE = 116;
const DC = 'http://purl.org/dc/elements/1.1/';
const XMP_RIGHTS = 'http://ns.adobe.com/xap/1.0/rights/';
const CREATIVE_COMMONS = 'http://creativecommons.org/ns#';
const PLUS = 'http://ns.useplus.org/ldf/xmp/1.0/';

/** In characters. */
const MAX_LENGTH = 200;

export interface MetadataBlocks {
  exif?: Buffer | undefined;
  iptc?: Buffer | undefined;
  xmp?: Buffer | undefined;
}

/** What a file says of who made it and what others may do with it. What it does not say is left out. */
export interface Rights {
  copyright?: string;
  creator?: string;
  license?: string;
  noAi?: boolean;
}

/** XMP first, because it is always Unicode; then IPTC, then EXIF. */
export function rightsOf({ exif, iptc, xmp }: MetadataBlocks): Rights {
  const xmpOf = readXmp(xmp);
  const iptcTexts = iptc ? readIptc(iptc, [BYLINE, COPYRIGHT_NOTICE]) : new Map<number, string[]>();
  const exifTexts = exif ? readExif(exif, [ARTIST, COPYRIGHT]) : new Map();
  const first = (...values: unknown[]) =>
    values.map((value) => plainText(value, MAX_LENGTH)).find((text) => text !== null);
  const all = (values: string[] | undefined) => values?.join(', ');
  const creator = first(all(xmpOf(DC, 'creator')), all(iptcTexts.get(BYLINE)), exifTexts.get(ARTIST));
  const copyright = first(
    xmpOf(DC, 'rights')[0],
    iptcTexts.get(COPYRIGHT_NOTICE)?.[0],
    exifTexts.get(COPYRIGHT),
  );
  const license = first(
    xmpOf(CREATIVE_COMMONS, 'license')[0],
    xmpOf(XMP_RIGHTS, 'UsageTerms')[0],
    xmpOf(XMP_RIGHTS, 'WebStatement')[0],
  );
  return {
    ...(copyright === undefined ? {} : { copyright }),
    ...(creator === undefined ? {} : { creator }),
    ...(license === undefined ? {} : { license }),
    ...(xmpOf(PLUS, 'DataMining').some(isProhibition) ? { noAi: true } : {}),
  };
}

/** PLUS LDF, data mining: everything that prohibits some or all of it begins alike. */
const isProhibition = (value: string) => value.includes('DMI-PROHIBITED');
