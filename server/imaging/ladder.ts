import { MAX_SIDE, SHORT_SIDE, variantSizes } from './limits.ts';

export type SizeName = (typeof variantSizes)[number]['name'];

interface Size {
  width: number;
  height: number;
}

export interface Rung extends Size {
  name: SizeName;
}

/**
 * How large a step is of a photo. An ordinary one is as long as the step says; a panorama is longer, so that it can be read: up to the
 * area of a 4:3 photo of that length, or until its short side is long enough.
 */
export function sizeOf({ longestSide, area }: (typeof variantSizes)[number], { width, height }: Size): Size {
  const [short, long] = width < height ? [width, height] : [height, width];
  const readable = Math.min(Math.sqrt(area / (width * height)), SHORT_SIDE / short);
  const scale = Math.min(1, MAX_SIDE / long, Math.max(longestSide / long, readable));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** The steps of a photo, largest first. Equal steps are made once, by the smallest name. */
export function ladderOf(photo: Size): Rung[] {
  const steps = variantSizes.map((step) => ({ name: step.name, ...sizeOf(step, photo) }));
  return steps.filter(({ width, height }, i) => {
    const next = steps[i + 1];
    return next === undefined || next.width !== width || next.height !== height;
  });
}
