/** Four bytes as characters. */
export const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);

/** Major and compatible brands of an ISO media file (ISO/IEC 14496-12, box `ftyp`); none for any other file. */
export function brandsOf(start: Buffer): string[] {
  if (start.length < 12 || text(start, 4) !== 'ftyp') return [];
  const end = Math.min(start.readUInt32BE(0), start.length - 3);
  const brands = [text(start, 8)];
  for (let at = 16; at < end; at += 4) brands.push(text(start, at));
  return brands;
}
