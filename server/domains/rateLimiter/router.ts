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
        summary: 'Show what is left of every rate limit',
        description: 'Every answer tells what is left of its own bucket in its `RateLimit-*` headers, too.',
      })
      .input(z.strictObject({}).optional())
      .output(RateLimits)
      .query(({ ctx }) => readRateLimits(app, ctx.viewer, ctx.address)),
  });
