import { END_OF_IMAGE, jpegSegments, START_OF_SCAN } from './jpegSegments.ts';

const END = Buffer.from([0xff, END_OF_IMAGE]);

/**
 * The JPEG with its last marker when nothing but that seems to be missing; null when the file has it, or lacks a scan as well. Whether
 * the last scan is complete shows when it is decoded: then even a warning means that it isn't.
 */
export function withEndOfImage(file: Buffer): Buffer | null {
  if (file.subarray(-2).equals(END)) return null;
  const coefficients = new Map<number, Int8Array>();
  const segments = jpegSegments(file);
  let components = 0;
  let step = segments.next();
  for (; !step.done; step = segments.next()) {
    const { marker, body } = step.value;
    if (isFrame(marker)) components = body[5] ?? 0;
    if (marker === START_OF_SCAN) countScan(coefficients, body);
  }
  if (step.value) return null;
  const isComplete = [...coefficients.values()].every((left) => left.every((bits) => bits === 0));
  if (!isComplete || components === 0 || coefficients.size !== components) return null;
  return Buffer.concat([file.at(-1) === 0xff ? file.subarray(0, -1) : file, END]);
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Notes, for each component, how many low bits of each coefficient later scans have to bring; -1 is all of them. */
function countScan(coefficients: Map<number, Int8Array>, body: Buffer): void {
  const components = body[0] ?? 0;
  const [first = 0, last = 0, bits = 0] = body.subarray(1 + components * 2);
  for (let i = 0; i < components; i++) {
    const id = body[1 + i * 2] ?? 0;
    const left = coefficients.get(id) ?? new Int8Array(64).fill(-1);
    left.fill(bits & 15, first, Math.min(last, 63) + 1);
    coefficients.set(id, left);
  }
}
