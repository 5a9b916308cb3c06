import { type App, afterCommit, inTransaction } from '../../core/app.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { listDead, replayDead } from '../../infra/queue/dead.ts';
import { recordAudit } from '../audit/public.ts';
import type { DeadJob, DeadJobsInput, Replay, Replayed } from './contract.ts';

export const listDeadJobs = (app: App, input: DeadJobsInput): Promise<Page<DeadJob>> =>
  listPage(app, {
    scope: ['dead jobs'],
    input,
    ids: async (after, count) => {
      const rows = await listDead(app.db, { limit: count, afterId: Number(after?.id ?? 0) });
      return rows.map((job) => ({ at: '', id: String(job.id), job }));
    },
    hydrate: async (rows) =>
      new Map(rows.map(({ id, job: { receiveCount: tries, ...job } }) => [id, { ...job, tries }])),
  });

/** Each job then runs as if it were new. Replaying it again in the meantime changes nothing. */
export const replayJobs = (app: App, actor: string, { ids }: Replay): Promise<Replayed> =>
  inTransaction(app, async (app) => {
    const replayed = await replayDead(app.db, ids);
    if (replayed === 0) return { replayed };
    const subjectId = ids === 'all' ? ids : ids.join(' ');
    const entry = { actor, action: 'job.replay', subjectType: 'job', subjectId, details: { replayed } };
    await recordAudit(app, entry);
    for (const queue of ['media', 'effects']) await afterCommit(app, () => app.wakeWorkers(queue));
    return { replayed };
  });
