const MAX_BYTES = 256 * 1024;
const MAX_VALUES = 20;

/** The values of a property of an XMP packet (ISO 16684-1), in their order; empty when it has none. */
export type XmpReader = (namespace: string, name: string) => string[];

/**
 * Reads single properties: texts, arrays of texts and addresses, as attributes or elements. Not a parser of XML: entities that a document
 * declares itself are left as they are, and every step takes time in proportion to the packet.
 */
export function readXmp(packet: Buffer | undefined): XmpReader {
  const xml = packet?.toString('utf8', 0, MAX_BYTES) ?? '';
  return (namespace, name) => {
    const prefix = prefixOf(xml, namespace);
    if (prefix === null) return [];
    const property = `${prefix}:${name}`;
    return (attributeOf(xml, property) ?? elementOf(xml, property)).map(unescaped).slice(0, MAX_VALUES);
  };
}

function prefixOf(xml: string, namespace: string): string | null {
  for (const quote of ['"', "'"]) {
    const at = xml.indexOf(`=${quote}${namespace}${quote}`);
    const [, prefix] = /xmlns:([\w-]+)$/.exec(xml.slice(Math.max(0, at - 60), Math.max(0, at))) ?? [];
    if (prefix !== undefined) return prefix;
  }
  return null;
}

function attributeOf(xml: string, name: string): string[] | null {
  const [, double, single] = new RegExp(`\\s${name}=(?:"([^"<]*)"|'([^'<]*)')`).exec(xml) ?? [];
  const value = double ?? single;
  return value === undefined ? null : [value];
}

function elementOf(xml: string, name: string): string[] {
  const start = xml.search(new RegExp(`<${name}[\\s/>]`));
  const open = xml.indexOf('>', start);
  if (start < 0 || open < 0) return [];
  const resource = attributeOf(xml.slice(start, open), '[\\w-]+:resource');
  if (resource) return resource;
  const end = xml.indexOf(`</${name}`, open);
  if (xml[open - 1] === '/' || end < 0) return [];
  const content = xml.slice(open + 1, end);
  const items = [...content.matchAll(/<[\w-]+:li(?:\s[^<>]*)?>([^<]*)</g)].map(([, text]) => text!);
  return items.length > 0 || content.includes('<') ? items : [content];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name]!;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
