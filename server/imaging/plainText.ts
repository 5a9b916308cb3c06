/** A text of a file as people read it: one line, NFC, without anything invisible; null when nothing is left of it. */
export function plainText(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .normalize('NFC')
    .trim();
  return text === '' ? null : [...text].slice(0, maxLength).join('').trim();
}

/** Bytes that are not UTF-8 are taken for Latin 1, in which older programs write. The last character may be cut off. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
