import { MAX_PIXELS } from './limits.ts';
import { damaged, UnusableImage } from './unusableImage.ts';

export const tooManyPixels = (limit: number) =>
  new UnusableImage(`The photograph has more than ${limit / 1e6} megapixels: make it smaller`);

/** Turns a failure of the decoder into an UnusableImage; an error that is not the file's fault is rethrown. */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/pixel limit/.test(message)) throw tooManyPixels(MAX_PIXELS);
    if (/timeout/.test(message)) throw new UnusableImage('The file takes too long to decode');
    if (/out of memory|unable to allocate/i.test(message)) throw error;
    throw damaged();
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
