import { z } from 'zod';
import { knownTypes } from '../../../imaging/imageType.ts';
import { MAX_PIXELS, pixelLimits, SHORT_SIDE, variantSizes } from '../../../imaging/limits.ts';

export const MediaPolicy = z
  .object({
    acceptedTypes: z.array(z.enum(knownTypes)).meta({
      description: 'Accepted media types; HEIC is among them where its decoder is installed',
      examples: [[...knownTypes]],
    }),
    maxBytes: z.int().meta({ description: 'Maximum size of a file in bytes', examples: [52_428_800] }),
    maxPixels: z.int().meta({
      description: 'Maximum of width times height for a file whose encoding is not known',
      examples: [MAX_PIXELS],
    }),
    pixelLimits: z
      .object({
        baselineJpeg: z
          .int()
          .meta({ description: 'A JPEG with one scan, which is made smaller while it is read' }),
        progressiveJpeg: z.int().meta({
          description: 'Also a JPEG with several scans; 50 million with four channels in full resolution',
        }),
        png: z.int().meta({ description: 'A PNG that is not interlaced' }),
        interlacedPng: z.int().meta({ description: 'An interlaced PNG, which is decoded whole' }),
        webp: z.int().meta({ description: 'A WebP, lossy or lossless' }),
        avif: z.int().meta({ description: 'With 8 bits per channel' }),
        heic: z.int().meta({
          description: 'Fewer with more than 8 bits per channel and colours in full resolution',
        }),
        deepAvif: z.int().meta({ description: 'With 10 or 12 bits per channel' }),
      })
      .meta({
        description: 'Maximum of width times height, by encoding',
        examples: [{ ...pixelLimits }],
      }),
    variants: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Name of the size', examples: ['large'] }),
          longestSide: z.int().meta({
            description: 'Longest side in pixels, except of panoramas and tall photos',
            examples: [1600],
          }),
          area: z.int().meta({
            description: 'A longer photo is made longer than that: up to this many pixels in all',
            examples: [1_920_000],
          }),
          shortSide: z.int().meta({
            description: 'or until its short side has this many pixels, whichever comes first',
            examples: [400],
          }),
          types: z.array(z.string().meta({ examples: ['image/webp'] })).meta({
            description: 'Media types, with one variant each',
            examples: [['image/webp', 'image/jpeg']],
          }),
        }),
      )
      .meta({
        description:
          'Variants made from each photo; photos are never enlarged, and equal variants are made once, by the smallest name',
        examples: [variantSizes.map((size) => ({ ...size, shortSide: SHORT_SIDE }))],
      }),
    uploadTtlSeconds: z
      .int()
      .meta({ description: 'How long an upload URL is valid, in seconds', examples: [900] }),
    metadata: z.string().meta({
      description: "What happens to a file's metadata",
      examples: ['Location and serial numbers are removed from everything that is stored'],
    }),
    notAccepted: z.string().meta({
      description: 'Why some common formats are refused',
      examples: ['GIF, TIFF, raw files, SVG and video are refused'],
    }),
  })
  .meta({ id: 'MediaPolicy', description: 'Which files are accepted, and what is made from them' });
export type MediaPolicy = z.infer<typeof MediaPolicy>;
