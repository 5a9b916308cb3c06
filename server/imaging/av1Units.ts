/** An open bitstream unit (AV1 Bitstream & Decoding Process Specification, 5.3): its type, and where its parts are. */
export interface Av1Unit {
  type: number;
  start: number;
  body: number;
  end: number;
}

/** Bytes of the box `av1C` in front of its units. */
export const AV1C_HEAD = 4;
export const SEQUENCE_HEADER = 1;
/** Temporal delimiter, frame header, tile group, frame, repeated frame header. */
const PICTURE_TYPES = new Set([SEQUENCE_HEADER, 2, 3, 4, 6, 7]);
const PADDING = 15;
const TRAILING_BITS = 0x80;

/** The units in their order, up to the first that is not whole. */
export function* av1Units(data: Buffer): Generator<Av1Unit> {
  for (let start = 0; start < data.length; ) {
    const head = data[start]!;
    const hasExtension = (head & 4) !== 0;
    const hasSize = (head & 2) !== 0;
    let body = start + (hasExtension ? 2 : 1);
    let end = data.length;
    if (hasSize) {
      const { value, at } = readLeb128(data, body);
      body = at;
      end = at + value;
    }
    if (body > data.length || end > data.length) return;
    yield { type: (head >> 3) & 15, start, body, end };
    start = end;
  }
}

function readLeb128(data: Buffer, from: number): { value: number; at: number } {
  let value = 0;
  for (let i = 0; i < 8 && from + i < data.length; i++) {
    const byte = data[from + i]!;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, at: from + i + 1 };
  }
  return { value: Number.POSITIVE_INFINITY, at: from };
}

/**
 * Overwrites the units of a coded picture that do not show it, such as metadata of other standards (ITU-T T.35). Their places
 * remain, as padding. What does not parse as a unit becomes zeros.
 */
export function blankAv1(data: Buffer): void {
  let rest = 0;
  for (const { type, start, body, end } of av1Units(data)) {
    rest = end;
    if (PICTURE_TYPES.has(type)) continue;
    data[start] = (data[start]! & 0x87) | (PADDING << 3);
    data.fill(0, body, end);
    if (end > body) data[end - 1] = TRAILING_BITS;
  }
  data.fill(0, rest);
}
