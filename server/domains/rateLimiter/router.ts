import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { RateLimits } from './contract.ts';
import { readRateLimits } from './service.ts';

export const rateLimiterRouter = (app: App) =>
  router({
    list: userProcedure
      .meta({
        rest: 'GET /account/rate-limits',
        limit: 'read',
        summary: 'List your rate limits and how much of each is left',
        description:
          'The `RateLimit-*` headers of every response also describe the bucket that the request used.',
      })
      .input(z.strictObject({}).optional())
      .output(RateLimits)
      .query(({ ctx }) => readRateLimits(app, ctx.viewer, ctx.address)),
  });
