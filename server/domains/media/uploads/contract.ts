import { z } from 'zod';
import { acceptedTypes } from '../../../imaging/imageType.ts';
import { MAX_PIXELS, variantSizes } from '../../../imaging/limits.ts';

export const MediaPolicy = z
  .object({
    acceptedTypes: z
      .array(z.enum(acceptedTypes))
      .meta({ description: 'Accepted media types', examples: [[...acceptedTypes]] }),
    maxBytes: z.int().meta({ description: 'Maximum size of a file in bytes', examples: [10_485_760] }),
    maxPixels: z.int().meta({
      description: 'Maximum of width times height; half of that for AVIF and interlaced PNG',
      examples: [MAX_PIXELS],
    }),
    variants: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Name of the size', examples: ['large'] }),
          longestSide: z.int().meta({ description: 'Longest side in pixels', examples: [1600] }),
          types: z.array(z.string().meta({ examples: ['image/webp'] })).meta({
            description: 'Media types, with one variant each',
            examples: [['image/webp', 'image/jpeg']],
          }),
        }),
      )
      .meta({
        description: 'Variants made from each photo; photos are never enlarged',
        examples: [[...variantSizes]],
      }),
    uploadTtlSeconds: z
      .int()
      .meta({ description: 'How long an upload URL is valid, in seconds', examples: [900] }),
    metadata: z.string().meta({
      description: "What happens to a file's metadata",
      examples: ['Location, serial numbers and names are removed from everything that is stored'],
    }),
    notAccepted: z.string().meta({
      description: 'Why some common formats are refused',
      examples: ['HEIC: no decoder is available'],
    }),
  })
  .meta({ id: 'MediaPolicy', description: 'Which files are accepted, and what is made from them' });
export type MediaPolicy = z.infer<typeof MediaPolicy>;
