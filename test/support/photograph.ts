import sharp from 'sharp';

let sample: Promise<Buffer> | undefined;

/** A small real JPEG with what phones put into it: orientation, camera, place. The same bytes each time. */
export const photograph = (): Promise<Buffer> => (sample ??= makePhotograph(7));

/** Another picture for another seed, so that bytes differ. */
export async function makePhotograph(seed: number, { width = 320, height = 240 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      pixels[at] = (x + seed * 37) % 256;
      pixels[at + 1] = (y * 2 + seed * 11) % 256;
      pixels[at + 2] = (x * y + seed) % 256;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: 'Ciel', Model: 'Test One', Orientation: '6' },
      IFD2: { FNumber: '28/10', ISOSpeedRatings: '200', BodySerialNumber: 'CANARY-SERIAL' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '63/1 37/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '19/1 59/1 0/1',
      },
    })
    .jpeg({ quality: 85 })
    .toBuffer();
}
