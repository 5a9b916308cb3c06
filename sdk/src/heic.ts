import type { CallOptions, Calls } from './calls.ts';
import { CielError } from './errors.ts';

/** The parts of a browser that show a picture and write it as JPEG; elsewhere they are absent. */
interface Browser {
  Blob?: new (parts: Uint8Array[], options: { type: string }) => unknown;
  createImageBitmap?(photo: unknown): Promise<{ width: number; height: number; close(): void }>;
  OffscreenCanvas?: new (
    width: number,
    height: number,
  ) => {
    getContext(
      kind: '2d',
      options: { colorSpace: string },
    ): {
      drawImage(picture: unknown, x: number, y: number, width: number, height: number): void;
    } | null;
    convertToBlob(options: {
      type: string;
      quality: number;
    }): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;
  };
}

/** Browsers on phones refuse larger canvases. */
const MOST_PIXELS = 16_000_000;
const QUALITY = 0.93;

/** The bytes of a HEIC photograph as the server takes them: unchanged, or as the JPEG that this browser makes of them. */
export async function acceptedForm(calls: Calls, heic: Uint8Array, call: CallOptions): Promise<Uint8Array> {
  const { acceptedTypes } = await calls.media.policy({}, call);
  if (acceptedTypes.includes('image/heic')) return heic;
  const jpeg = await toJpeg(heic, globalThis as Browser).catch(() => null);
  if (jpeg) return jpeg;
  const message = "This is HEIC, which can't be converted here; send JPEG, PNG, WebP or AVIF";
  throw new CielError('unsupported_media_type', message, {
    status: 415,
    errors: [{ field: 'contentType', message }],
    call: 'media.upload',
  });
}

async function toJpeg(
  heic: Uint8Array,
  { Blob, createImageBitmap, OffscreenCanvas }: Browser,
): Promise<Uint8Array | null> {
  if (!Blob || !createImageBitmap || !OffscreenCanvas) return null;
  const picture = await createImageBitmap(new Blob([heic], { type: 'image/heic' }));
  try {
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)));
    const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d', { colorSpace: 'display-p3' })!.drawImage(picture, 0, 0, width, height);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    return new Uint8Array(await jpeg.arrayBuffer());
  } finally {
    picture.close();
  }
}
