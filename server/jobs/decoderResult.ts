import { z } from 'zod';
import { FileRights } from '../domains/media/rights/contract.ts';
import type { AcceptedType } from '../imaging/imageType.ts';
import { variantSizes } from '../imaging/limits.ts';
import type { VariantName } from '../imaging/processImage.ts';

/** What a decoder process is asked to do with a file. */
export interface DecoderTask {
  type: AcceptedType;
  /** Makes these variants and nothing else; without it, everything that a photograph has at first. */
  wanted?: VariantName[];
}

const size = { width: z.int().positive(), height: z.int().positive() };
const failure = z.object({ reason: z.string().max(1000) });

const variants = z.array(
  z.object({
    name: z.enum(variantSizes.map(({ name }) => name)),
    format: z.enum(['webp', 'jpeg', 'avif']),
    ...size,
    bytes: z.int().positive(),
  }),
);

/** The bytes that come with it are those of the original, followed by those of the variants. */
const Made = z.object({
  outcome: z.literal('made'),
  ...size,
  thumbhash: z.string().max(100),
  dominantColor: z.string().regex(/^#[0-9a-f]{6}$/),
  isHdr: z.boolean(),
  camera: z.record(z.string(), z.string().max(500)),
  rights: FileRights,
  originalBytes: z.int().positive(),
  variants,
});

/** The bytes that come with it are those of the variants. */
const Added = z.object({ outcome: z.literal('added'), variants });

/**
 * Checked by whoever reads it, because the process that sends it has had a stranger's file in its decoder. `unusable`: the structure of
 * the file is wrong; `undecodable`: the decoder gave up.
 */
export const DecoderResult = z.discriminatedUnion('outcome', [
  Made,
  Added,
  failure.extend({ outcome: z.literal('unusable') }),
  failure.extend({ outcome: z.literal('undecodable') }),
]);
export type DecoderResult = z.infer<typeof DecoderResult>;
