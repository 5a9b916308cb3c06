import type { App } from '../core/app.ts';
import type { JobKind, Jobs } from '../core/outbox.ts';
import { removeTiesOf } from '../domains/account/deletion/service.ts';
import { reconcileComments, reconcileReplies } from '../domains/engagement/commentState/service.ts';
import { fanOut } from '../domains/feed/entries/service.ts';
import { removeObjects } from '../domains/media/orphans/service.ts';
import { placeMedia, placeOwner } from '../domains/media/placement/service.ts';
import { reconcileNotice } from '../domains/notifications/reconciliation/service.ts';
import { markMerged } from '../domains/social/service.ts';
import { reconcilePoints } from '../domains/trust/points/service.ts';
import { PermanentFailure } from '../infra/queue/consumer.ts';

type Handlers = { [Kind in JobKind]: (app: App, body: Jobs[Kind], signal: AbortSignal) => Promise<void> };

/** The handler of each kind of job. Each is idempotent: a job may run twice. */
const handlers: Handlers = {
  // Imported on demand: the API never needs it.
  'media.process': async (...job) => (await import('./mediaProcessor.ts')).processMedia(...job),
  'media.place': placeMedia,
  'media.placeOwner': placeOwner,
  'media.removeObjects': removeObjects,
  'feed.fanOut': fanOut,
  'feed.widen': (app, { authorId }) => markMerged(app, authorId),
  'account.leave': (app, { userId }) => removeTiesOf(app, userId),
  'engagement.settleComments': reconcileComments,
  'engagement.settleReplies': reconcileReplies,
  'notifications.settle': (app, { notice }) => reconcileNotice(app, notice),
  'trust.settle': (app, { change }) => reconcilePoints(app, change),
};

/** Runs the job of one delivery; throws PermanentFailure when a retry can't help. */
export async function runJob(app: App, job: unknown, signal: AbortSignal): Promise<void> {
  const { kind, ...body } = job as { kind: JobKind };
  if (!Object.hasOwn(handlers, kind))
    throw new PermanentFailure(`no handler for jobs of kind ${String(kind)}`);
  const handler = handlers[kind] as (app: App, body: object, signal: AbortSignal) => Promise<void>;
  await handler(app, body, signal);
}

/** Runs a job sent to the serverless worker, which has only what media jobs need. */
export async function runMediaJob(app: App, job: unknown, signal: AbortSignal): Promise<void> {
  if ((job as { kind?: unknown } | null)?.kind !== 'media.process')
    throw new PermanentFailure('not a media job');
  await runJob(app, job, signal);
}
