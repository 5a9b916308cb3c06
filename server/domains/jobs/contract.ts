import { z } from 'zod';
import { Page, pageInput, Timestamp } from '../../core/fields.ts';

const JobId = z
  .int()
  .min(1)
  .meta({ description: 'Its number', examples: [4711] });

export const DeadJob = z
  .object({
    id: JobId,
    queue: z.enum(['media', 'effects']).meta({ description: 'Which worker takes it', examples: ['media'] }),
    kind: z.string().meta({ description: 'What it is', examples: ['media.process'] }),
    body: z.record(z.string(), z.unknown()).meta({
      description: 'What it is about: ids, by kind',
      examples: [{ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' }],
    }),
    tries: z.int().meta({ description: 'How often it was tried', examples: [5] }),
    deadAt: Timestamp,
    lastError: z
      .string()
      .nullable()
      .meta({ description: 'Why the last try failed', examples: ['The object store does not answer'] }),
  })
  .meta({ id: 'DeadJob', description: 'A job that was put aside after too many tries' });
export type DeadJob = z.infer<typeof DeadJob>;

export const DeadJobsInput = z.strictObject(pageInput);
export type DeadJobsInput = z.infer<typeof DeadJobsInput>;
export const DeadJobPage = Page(DeadJob);

export const Replay = z.strictObject({
  ids: z.union([z.literal('all'), z.array(JobId).min(1).max(200)]).meta({
    description: '`all`, or up to 200 of them',
    examples: [[4711]],
  }),
});
export type Replay = z.infer<typeof Replay>;

export const Replayed = z.object({
  replayed: z.int().meta({ description: 'How many of them were dead', examples: [1] }),
});
export type Replayed = z.infer<typeof Replayed>;
