import { z } from 'zod';

export const BucketState = z
  .object({
    bucket: z.string().meta({ description: 'The name of the bucket', examples: ['post'] }),
    per: z
      .enum(['user', 'address'])
      .meta({ description: 'Who spends it: the user, or the client address (IPv6: its /64)' }),
    periodSeconds: z.int().meta({ description: 'The limit refills evenly over this time', examples: [3600] }),
    limit: z.int().meta({ description: 'Requests at once', examples: [20] }),
    remaining: z.int().meta({ description: 'Requests left now', examples: [19] }),
    resetSeconds: z.int().meta({ description: 'Until the whole limit is there again', examples: [180] }),
  })
  .meta({ id: 'BucketState', description: 'Where one limit stands' });

export const RateLimits = z
  .object({
    trustLevel: z
      .int()
      .min(0)
      .max(3)
      .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [1] }),
    buckets: z.array(BucketState).meta({ description: 'One entry for each period of a bucket' }),
  })
  .meta({ id: 'RateLimits', description: 'Where every limit of the viewer stands' });
export type RateLimits = z.infer<typeof RateLimits>;
