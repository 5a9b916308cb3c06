/** Types of NAL units (Rec. ITU-T H.265, table 7-1). */
const SLICES = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21]);
const PARAMETER_SETS = new Set([32, 33, 34]);
const PREFIX_SEI = 39;
const SUFFIX_SEI = 40;

const HEAD_BYTES = 2;
const FILLER_PAYLOAD = 3;
/** Lengths from 255 take more than one byte. */
const MAX_MESSAGE = 254;
const TRAILING_BITS = 0x80;
/** The head of a unit and of a message, and the trailing bits. */
const SHORTEST = HEAD_BYTES + 3;

const typeOf = (unit: Buffer) => (unit[0]! >> 1) & 63;

/**
 * Overwrites the units of a coded picture that do not show it, such as the texts, times and names of supplemental enhancement
 * information. Their places remain: they become messages that every decoder skips. What does not parse as a unit becomes zeros.
 */
export function blankHevc(data: Buffer, lengthBytes: number): void {
  let at = 0;
  let blankType = PREFIX_SEI;
  while (at + lengthBytes <= data.length) {
    const end = at + lengthBytes + data.readUIntBE(at, lengthBytes);
    if (end > data.length) break;
    const unit = data.subarray(at + lengthBytes, end);
    if (SLICES.has(typeOf(unit))) blankType = SUFFIX_SEI;
    else blankUnit(unit, blankType);
    at = end;
  }
  data.fill(0, at);
}

/** Bytes of the length in front of each unit (ISO/IEC 14496-15, box `hvcC`). */
export const lengthBytesOf = (configuration: Buffer): number => (configuration.readUInt8(21) & 3) + 1;

/** Does the same to the units within the box `hvcC`, which are listed by their types. */
export function blankHevcConfiguration(configuration: Buffer): void {
  let at = 23;
  for (let lists = configuration.readUInt8(22); lists > 0; lists--) {
    const units = configuration.readUInt16BE(at + 1);
    at += 3;
    for (let left = units; left > 0; left--) {
      const end = at + 2 + configuration.readUInt16BE(at);
      if (end > configuration.length) throw new RangeError('a unit ends behind its box');
      blankUnit(configuration.subarray(at + 2, end), PREFIX_SEI);
      at = end;
    }
  }
  configuration.fill(0, at);
}

/** Messages of ones, which say nothing and need no bytes that prevent an emulated start code. */
function blankUnit(unit: Buffer, type: number): void {
  if (unit.length < SHORTEST || PARAMETER_SETS.has(typeOf(unit))) return;
  unit[0] = (unit[0]! & 0x81) | (type << 1);
  unit.fill(0xff, HEAD_BYTES);
  const end = unit.length - 1;
  for (let at = HEAD_BYTES; at < end; ) {
    const room = end - at - 2;
    // Never leaves one byte, which no message fits into.
    const size = room === MAX_MESSAGE + 1 ? room - 2 : Math.min(room, MAX_MESSAGE);
    unit[at] = FILLER_PAYLOAD;
    unit[at + 1] = size;
    at += 2 + size;
  }
  unit[end] = TRAILING_BITS;
}
