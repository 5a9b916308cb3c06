import { z } from 'zod';
import { Page, pageInput, Timestamp } from '../../core/fields.ts';

const JobId = z
  .int()
  .min(1)
  .meta({ description: 'Id of the job', examples: [4711] });

export const DeadJob = z
  .object({
    id: JobId,
    queue: z
      .enum(['media', 'effects'])
      .meta({ description: 'The queue whose workers run it', examples: ['media'] }),
    kind: z.string().meta({
      description:
        'Kind of the job; `unreadable` for a message that is not a job, with its text in `raw` of the body',
      examples: ['media.process'],
    }),
    body: z.record(z.string(), z.unknown()).meta({
      description: 'Ids of the records the job works on; the fields depend on the kind',
      examples: [{ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' }],
    }),
    tries: z.int().meta({ description: 'Number of attempts so far', examples: [5] }),
    deadAt: Timestamp,
    lastError: z
      .string()
      .nullable()
      .meta({ description: 'Why the last attempt failed', examples: ['The object store did not respond'] }),
  })
  .meta({
    id: 'DeadJob',
    description:
      'A dead job: its last attempt failed. Those in the dead-letter queue of SQS are listed within a minute',
  });
export type DeadJob = z.infer<typeof DeadJob>;

export const DeadJobsInput = z.strictObject(pageInput);
export type DeadJobsInput = z.infer<typeof DeadJobsInput>;
export const DeadJobPage = Page(DeadJob);

export const Replay = z.strictObject({
  ids: z.union([z.literal('all'), z.array(JobId).min(1).max(200)]).meta({
    description: '`all`, or up to 200 job ids',
    examples: [[4711]],
  }),
});
export type Replay = z.infer<typeof Replay>;

export const Replayed = z.object({
  replayed: z.int().meta({ description: 'Number of dead jobs that will run again', examples: [1] }),
});
export type Replayed = z.infer<typeof Replayed>;
