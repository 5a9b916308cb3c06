import { damaged, Undecodable, UnusableImage } from './unusableImage.ts';

export const tooManyPixels = (limit: number) =>
  new UnusableImage(`The photograph has more than ${Math.floor(limit / 1e6)} megapixels: make it smaller`);

/** Runs the decoder. What it says about a failure means nothing: the text may be that of another failure, or of a lack of memory. */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Undecodable({ cause });
  }
}

/** Runs a reader of the file's structure: what leads it out of the file is damage. */
export function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError ? damaged() : error;
  }
}
