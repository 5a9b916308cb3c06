import { cameraDataOf } from '../imaging/cameraData.ts';
import { makeOriginal, makeVariants, processImage, type Variant } from '../imaging/processImage.ts';
import { rightsOf } from '../imaging/rights.ts';
import { Undecodable, UnusableImage } from '../imaging/unusableImage.ts';
import { type Reply, serve } from '../infra/children/serve.ts';
import type { DecoderResult, DecoderTask } from './decoderResult.ts';

/** Exported for tests, which add faults to it. */
export async function decode(
  file: Buffer,
  { type, wanted }: DecoderTask,
): Promise<Reply & { head: DecoderResult }> {
  try {
    if (wanted) {
      const added = await makeVariants(file, type, wanted);
      return {
        head: { outcome: 'added', variants: added.map(described) },
        bytes: added.map(({ body }) => body),
      };
    }
    const image = await processImage(file, type);
    const original = await makeOriginal(file, type, image);
    const { width, height, thumbhash, dominantColor, variants } = image;
    const head: DecoderResult = {
      outcome: 'made',
      width,
      height,
      thumbhash,
      dominantColor,
      isHdr: image.hasGainMap,
      camera: { ...cameraDataOf(image.exif) },
      rights: rightsOf(image),
      originalBytes: original.length,
      variants: variants.map(described),
    };
    return { head, bytes: [original, ...variants.map(({ body }) => body)] };
  } catch (error) {
    if (!(error instanceof UnusableImage)) throw error;
    const outcome = error instanceof Undecodable ? 'undecodable' : 'unusable';
    return { head: { outcome, reason: error.message }, bytes: [] };
  }
}

const described = ({ body, ...variant }: Variant) => ({ ...variant, bytes: body.length });

/** The program of a decoder process. It is imported, too, to compile it ahead of time. */
if (process.argv[1] === import.meta.filename) serve((task, bytes) => decode(bytes, task as DecoderTask));
