import { z } from 'zod';
import { acceptedTypes } from '../../imaging/imageType.ts';
import { MAX_PIXELS, variantSizes } from '../../imaging/limits.ts';

export const MediaPolicy = z
  .object({
    acceptedTypes: z
      .array(z.enum(acceptedTypes))
      .meta({ description: 'Media types that are accepted', examples: [[...acceptedTypes]] }),
    maxBytes: z.int().meta({ description: 'The longest file that is accepted', examples: [10_485_760] }),
    maxPixels: z.int().meta({
      description: 'Width times height; half as much for AVIF and interlaced PNG',
      examples: [MAX_PIXELS],
    }),
    variants: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Which size', examples: ['large'] }),
          longestSide: z.int().meta({ description: 'Pixels', examples: [1600] }),
          types: z
            .array(z.string().meta({ examples: ['image/webp'] }))
            .meta({ description: 'Media types, each a variant', examples: [['image/webp', 'image/jpeg']] }),
        }),
      )
      .meta({
        description: 'What is made of each photograph; nothing is enlarged',
        examples: [[...variantSizes]],
      }),
    uploadTtlSeconds: z
      .int()
      .meta({ description: 'How long an upload address can be used', examples: [900] }),
    metadata: z.string().meta({
      description: 'What happens to what the file says about itself',
      examples: ['Location, serial numbers and names are removed from everything that is stored'],
    }),
    notAccepted: z.string().meta({
      description: 'Why some common formats are refused',
      examples: ['HEIC: no decoder is available'],
    }),
  })
  .meta({ id: 'MediaPolicy', description: 'What is accepted, and what is made of it' });
export type MediaPolicy = z.infer<typeof MediaPolicy>;
