import { readCurve } from './iccCurve.ts';

/** A table of a profile without a byte behind or between its parts; null when it is none, or not all there. */
export function cleanTable(body: Buffer): Buffer | null {
  if (body.length < 32) return null;
  const type = body.toString('latin1', 0, 4);
  if (type === 'mft1' || type === 'mft2') return cleanSimple(body, type === 'mft2' ? 2 : 1);
  return type === 'mAB ' || type === 'mBA ' ? cleanParts(body, type === 'mAB ') : null;
}

/** lut8Type and lut16Type: matrix, input curves, grid, output curves. */
function cleanSimple(body: Buffer, bytes: 1 | 2): Buffer | null {
  const [inputs, outputs, grid] = body.subarray(8, 11) as unknown as [number, number, number];
  const head = bytes === 2 ? 52 : 48;
  if (body.length < head) return null;
  const [before, after] = bytes === 2 ? [body.readUInt16BE(48), body.readUInt16BE(50)] : [256, 256];
  const length = head + bytes * (before * inputs + grid ** inputs * outputs + after * outputs);
  if (length > body.length) return null;
  const clean = Buffer.from(body.subarray(0, length));
  clean.fill(0, 4, 8);
  clean[11] = 0;
  return clean;
}

/** lutAToBType and lutBToAType: five optional parts at offsets. What belongs to none becomes zeros. */
function cleanParts(body: Buffer, isToConnection: boolean): Buffer | null {
  const [inputs, outputs] = body.subarray(8, 10) as unknown as [number, number];
  const near = isToConnection ? outputs : inputs;
  const far = isToConnection ? inputs : outputs;
  const [b, matrix, m, table, a] = [12, 16, 20, 24, 28].map((at) => body.readUInt32BE(at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const ends = [
    curvesEnd(body, b, near),
    matrix === 0 ? 0 : matrix + 48,
    curvesEnd(body, m, near),
    tableEnd(body, table, inputs, outputs),
    curvesEnd(body, a, far),
  ];
  const length = Math.max(32, ...ends);
  if (b === 0 || !(length <= body.length)) return null;
  const clean = Buffer.alloc(length);
  [b, matrix, m, table, a].forEach((start, i) => {
    if (start !== 0) body.copy(clean, start, start, ends[i]);
  });
  body.copy(clean, 0, 0, 4);
  body.copy(clean, 8, 8, 10);
  body.copy(clean, 12, 12, 32);
  return clean;
}

function curvesEnd(body: Buffer, start: number, count: number): number {
  let end = start;
  for (let i = 0; start !== 0 && i < count; i++) {
    const curve = readCurve(body.subarray(Math.ceil(end / 4) * 4));
    if (!curve) return Number.POSITIVE_INFINITY;
    end = Math.ceil(end / 4) * 4 + curve.bytes.length;
  }
  return end;
}

function tableEnd(body: Buffer, start: number, inputs: number, outputs: number): number {
  if (start === 0) return 0;
  if (start + 20 > body.length || inputs > 16) return Number.POSITIVE_INFINITY;
  const points = body.subarray(start, start + inputs).reduce((product, grid) => product * grid, 1);
  return start + 20 + points * outputs * body[start + 16]!;
}
