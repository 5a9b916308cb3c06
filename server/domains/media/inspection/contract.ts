import { z } from 'zod';
import { Id, Timestamp } from '../../../core/fields.ts';
import { MediaStatus, OwnMedia } from '../contract.ts';

export const MediaInspection = z
  .object({
    id: Id,
    ownerId: Id,
    status: MediaStatus,
    reason: OwnMedia.shape.reason,
    attempts: z.int().meta({ description: 'Number of times processing was started', examples: [1] }),
    contentType: z.string().meta({ description: 'Media type, as declared', examples: ['image/jpeg'] }),
    bytes: z.int().meta({ description: 'Size of the file in bytes, as declared', examples: [2_431_022] }),
    sha256: z
      .string()
      .nullable()
      .meta({ description: 'SHA-256 of the file, as declared', examples: [null] }),
    width: OwnMedia.shape.width,
    height: OwnMedia.shape.height,
    usedIn: OwnMedia.shape.usedIn,
    isPublic: z
      .boolean()
      .meta({ description: 'Whether it is stored where anyone can read it', examples: [true] }),
    createdAt: Timestamp,
    uploadExpiresAt: Timestamp,
    statusChangedAt: Timestamp,
    objects: z
      .array(
        z.object({
          name: z.string().meta({ description: 'Name of the object', examples: ['large.webp'] }),
          bytes: z.int().nullable().meta({ description: 'Size in bytes; null when the object is missing' }),
        }),
      )
      .meta({
        description:
          'The objects that should be stored: the upload until it is processed, then the original and all variants',
        examples: [[{ name: 'large.webp', bytes: 184_220 }]],
      }),
    jobs: z
      .array(
        z.object({
          id: z.int().meta({ description: 'Id of the job', examples: [4711] }),
          kind: z.string().meta({ description: 'Kind of job', examples: ['media.process'] }),
          tries: z.int().meta({ description: 'Number of attempts', examples: [1] }),
          deadAt: Timestamp.nullable().meta({
            description: 'When the job ran out of attempts; null if it did not',
          }),
          lastError: z
            .string()
            .nullable()
            .meta({ description: 'Why the last attempt failed', examples: [null] }),
        }),
      )
      .meta({ description: 'Jobs for the upload that are waiting, running or dead', examples: [[]] }),
  })
  .meta({ id: 'MediaInspection', description: 'The detailed state of an upload, for operators' });
export type MediaInspection = z.infer<typeof MediaInspection>;
