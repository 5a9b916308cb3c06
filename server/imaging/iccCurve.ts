const MAX_POINTS = 8192;
/** Parameters of each type of parametric curve (ICC.1:2022, parametricCurveType). */
const PARAMETERS = [1, 3, 4, 5, 7];

export interface IccCurve {
  /** The curve without a byte behind it. */
  bytes: Buffer;
  at: (value: number) => number;
}

/** Reads a curve of a profile; null when it is none. */
export function readCurve(body: Buffer): IccCurve | null {
  if (body.length < 12) return null;
  const type = body.toString('latin1', 0, 4);
  if (type === 'curv') return readPoints(body);
  return type === 'para' ? readParametric(body) : null;
}

function readPoints(body: Buffer): IccCurve | null {
  const count = body.readUInt32BE(8);
  const length = 12 + count * 2;
  if (count > MAX_POINTS || length > body.length) return null;
  const point = (index: number) => body.readUInt16BE(12 + index * 2);
  const at = (value: number): number => {
    if (count === 0) return value;
    if (count === 1) return value ** (point(0) / 256);
    const position = value * (count - 1);
    const low = Math.min(Math.floor(position), count - 2);
    return (point(low) + (point(low + 1) - point(low)) * (position - low)) / 65535;
  };
  return { bytes: copied(body, length), at };
}

function readParametric(body: Buffer): IccCurve | null {
  const kind = body.readUInt16BE(8);
  const length = 12 + (PARAMETERS[kind] ?? Number.POSITIVE_INFINITY) * 4;
  if (length > body.length) return null;
  const parameters = Array.from({ length: 7 }, (_, i) =>
    i < PARAMETERS[kind]! ? body.readInt32BE(12 + i * 4) / 65536 : 0,
  );
  const [gamma = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = parameters;
  const at = (value: number): number => {
    if (kind === 0) return value ** gamma;
    if (kind < 3) return (value >= -b / a ? (a * value + b) ** gamma : 0) + c;
    return value >= d ? (a * value + b) ** gamma + e : c * value + f;
  };
  const bytes = copied(body, length);
  bytes.fill(0, 10, 12);
  return { bytes, at };
}

function copied(body: Buffer, length: number): Buffer {
  const bytes = Buffer.from(body.subarray(0, length));
  bytes.fill(0, 4, 8);
  return bytes;
}
