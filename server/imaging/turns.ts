import type { Box } from './avifBoxes.ts';

/** Clockwise turn, then mirrored left to right, for each EXIF orientation. */
export const TURNS: Record<number, [degrees: number, isMirrored: boolean]> = {
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [90, true],
  6: [90, false],
  7: [270, true],
  8: [270, false],
};

/** The EXIF orientation that does the same as the properties `irot` and `imir` of a HEIF item, in their order. */
export function turnedBy(file: Buffer, properties: Box[]): number {
  let degrees = 0;
  let isMirrored = false;
  const turn = (clockwise: number) => {
    degrees = (degrees + (isMirrored ? 360 - clockwise : clockwise)) % 360;
  };
  for (const { type, body, end } of properties) {
    if (body >= end) continue;
    if (type === 'irot') turn((360 - (file[body]! & 3) * 90) % 360);
    if (type !== 'imir') continue;
    // Axis 0 exchanges top and bottom: the same as half a turn, then mirrored.
    if ((file[body]! & 1) === 0) turn(180);
    isMirrored = !isMirrored;
  }
  const found = Object.entries(TURNS).find(([, turn]) => turn[0] === degrees && turn[1] === isMirrored);
  return found ? Number(found[0]) : 1;
}
