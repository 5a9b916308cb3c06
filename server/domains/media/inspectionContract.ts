import { z } from 'zod';
import { Id, Timestamp } from '../../core/fields.ts';
import { MediaStatus, OwnMedia } from './contract.ts';

export const MediaInspection = z
  .object({
    id: Id,
    ownerId: Id,
    status: MediaStatus,
    reason: OwnMedia.shape.reason,
    attempts: z.int().meta({ description: 'How often processing was begun', examples: [1] }),
    contentType: z.string().meta({ description: 'As declared', examples: ['image/jpeg'] }),
    bytes: z.int().meta({ description: 'As declared', examples: [2_431_022] }),
    sha256: z
      .string()
      .nullable()
      .meta({ description: 'As declared', examples: [null] }),
    width: OwnMedia.shape.width,
    height: OwnMedia.shape.height,
    usedIn: OwnMedia.shape.usedIn,
    isPublic: z.boolean().meta({ description: 'Stored where anybody can read it', examples: [true] }),
    createdAt: Timestamp,
    uploadExpiresAt: Timestamp,
    statusChangedAt: Timestamp,
    objects: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Which size', examples: ['large.webp'] }),
          bytes: z.int().nullable().meta({ description: 'Null when the store has no such object' }),
        }),
      )
      .meta({
        description:
          'What should be stored: the upload until it is processed, the original and all variants after',
        examples: [[{ name: 'large.webp', bytes: 184_220 }]],
      }),
    jobs: z
      .array(
        z.object({
          id: z.int().meta({ description: 'Number of the job', examples: [4711] }),
          kind: z.string().meta({ description: 'What it does', examples: ['media.process'] }),
          tries: z.int().meta({ description: 'How often it was tried', examples: [1] }),
          deadAt: Timestamp.nullable().meta({ description: 'When it was put aside' }),
          lastError: z
            .string()
            .nullable()
            .meta({ description: 'Why the last try failed', examples: [null] }),
        }),
      )
      .meta({ description: 'That wait to process it, or were put aside', examples: [[]] }),
  })
  .meta({ id: 'MediaInspection', description: 'What an operator needs to see why an upload is as it is' });
export type MediaInspection = z.infer<typeof MediaInspection>;
