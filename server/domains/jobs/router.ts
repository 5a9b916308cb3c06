import type { App } from '../../core/app.ts';
import { adminProcedure, router } from '../../core/procedures.ts';
import { DeadJobPage, DeadJobsInput, Replay, Replayed } from './contract.ts';
import { listDeadJobs, replayJobs } from './service.ts';

export const jobsRouter = (app: App) =>
  router({
    dead: adminProcedure
      .meta({
        rest: 'GET /admin/jobs/dead',
        limit: 'admin',
        summary: 'List jobs that ran out of attempts, oldest first',
      })
      .input(DeadJobsInput)
      .output(DeadJobPage)
      .query(({ input }) => listDeadJobs(app, input)),

    replay: adminProcedure
      .meta({
        rest: 'POST /admin/jobs/replay',
        limit: 'admin',
        summary: 'Retry dead jobs, with a full set of attempts',
        description: 'Ids of jobs that are not dead are ignored.',
        status: 200,
      })
      .input(Replay)
      .output(Replayed)
      .mutation(({ ctx, input }) => replayJobs(app, ctx.actor, input)),
  });
