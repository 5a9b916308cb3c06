import { parseConfig } from '../../config/config.ts';
import type { App } from '../../core/app.ts';
import { recordAudit } from '../../domains/audit/public.ts';
import { runNow } from '../../jobs/cleanup.ts';
import { queueTasks } from '../../jobs/queueTasks.ts';
import { flag, number, operation } from '../cli/command.ts';
import { Usage } from '../cli/failures.ts';
import { columns, type Progress } from '../cli/terminal.ts';

export const dead = operation({
  name: 'dead',
  says: 'List dead jobs, which ran out of attempts',
  options: { limit: number('number of jobs, 1 to 200; default: 30') },
  examples: ['dead', 'dead --limit 200 --json'],
  run: ({ admin, options: { limit } }) => admin.jobs.dead(limit === undefined ? {} : { limit }),
  show: ({ items, nextCursor }) =>
    items.length === 0
      ? 'no dead jobs'
      : columns(
          items.map(({ id, kind, tries, deadAt, lastError }) => [
            id,
            kind,
            `${tries} attempts`,
            deadAt.toISOString(),
            lastError ?? '',
          ]),
        ) + (nextCursor ? '\nthere are more; raise --limit' : ''),
});

const AT_ONCE = 200;

export const replay = operation({
  name: 'replay',
  says: 'Retry dead jobs, with a full set of attempts',
  rest: 'the ids of the jobs',
  options: { all: flag('all dead jobs, including those in the dead-letter queue of QUEUE_NAME') },
  examples: ['replay 4711 4712', 'replay --all'],
  async run({ admin, app, actor, rest, options: { all }, progress }) {
    const ids = rest.map(requireNumber);
    if (all === ids.length > 0) throw new Usage('Name the jobs, or pass --all');
    if (all) {
      await takeDeadLetters(app, actor, progress);
      return admin.jobs.replay({ ids: 'all' });
    }
    let replayed = 0;
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      progress(at, ids.length, 'jobs');
      replayed += (await admin.jobs.replay({ ids: ids.slice(at, at + AT_ONCE) })).replayed;
    }
    return { replayed };
  },
  show: ({ replayed }) => `${replayed} jobs will be retried`,
});

/** A server does the same every minute. */
async function takeDeadLetters(app: App, actor: string, progress: Progress): Promise<void> {
  const { queue } = parseConfig();
  if (!queue) return;
  const { createSqsQueue } = await import('../../infra/queue/sqs.ts');
  const sqs = createSqsQueue({ ...queue, queueName: queue.name });
  try {
    let taken = 0;
    for (let last = 1; last > 0; taken += last) {
      progress(taken, null, 'dead letters');
      last = await runNow(app, 'deadLetters', queueTasks(sqs).deadLetters);
    }
    const entry = { actor, action: 'job.replay', subjectType: 'queue', subjectId: queue.name };
    if (taken > 0) await recordAudit(app, { ...entry, details: { replayed: taken } });
  } finally {
    await sqs.close();
  }
}

function requireNumber(id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new Usage(`"${id}" is not a job id`);
  return Number(id);
}
