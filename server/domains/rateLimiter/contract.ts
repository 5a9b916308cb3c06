import { z } from 'zod';

export const BucketState = z
  .object({
    bucket: z.string().meta({ description: 'Name of the bucket', examples: ['post'] }),
    per: z
      .enum(['user', 'address'])
      .meta({ description: 'Whether it is counted per user or per client address (IPv6: per /64)' }),
    periodSeconds: z
      .int()
      .meta({ description: 'Time over which the limit refills evenly, in seconds', examples: [3600] }),
    limit: z.int().meta({ description: 'Requests allowed at once', examples: [20] }),
    remaining: z.int().meta({ description: 'Requests left right now', examples: [19] }),
    resetSeconds: z.int().meta({ description: 'Seconds until the limit is full again', examples: [180] }),
  })
  .meta({ id: 'BucketState', description: 'The state of one limit' });

export const RateLimits = z
  .object({
    trustLevel: z
      .int()
      .min(0)
      .max(3)
      .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [1] }),
    buckets: z.array(BucketState).meta({ description: 'One entry per bucket and period' }),
  })
  .meta({ id: 'RateLimits', description: 'The state of every limit that applies to you' });
export type RateLimits = z.infer<typeof RateLimits>;
