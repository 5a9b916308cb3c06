import type { App } from '../core/app.ts';
import type { JobKind, Jobs } from '../core/outbox.ts';
import { leave } from '../domains/account/service.ts';
import { settleComments, settleReplies } from '../domains/engagement/service.ts';
import { fanOut } from '../domains/feed/service.ts';
import { placeMedia, placeOwner, removeObjects } from '../domains/media/service.ts';
import { settleNotice } from '../domains/notifications/service.ts';
import { markMerged } from '../domains/social/service.ts';
import { settlePoints } from '../domains/trust/service.ts';
import { PermanentFailure } from '../infra/queue/consumer.ts';

type Handlers = { [Kind in JobKind]: (app: App, body: Jobs[Kind], signal: AbortSignal) => Promise<void> };

/** The handler of each kind of job. Each is idempotent: a job may run twice. */
const handlers: Handlers = {
  // Imported on demand: the API never needs the 10 MB of libvips.
  'media.process': async (...job) => (await import('./mediaProcessor.ts')).processMedia(...job),
  'media.place': placeMedia,
  'media.placeOwner': placeOwner,
  'media.removeObjects': removeObjects,
  'feed.fanOut': fanOut,
  'feed.widen': (app, { authorId }) => markMerged(app, authorId),
  'account.leave': (app, { userId }) => leave(app, userId),
  'engagement.settleComments': settleComments,
  'engagement.settleReplies': settleReplies,
  'notifications.settle': (app, { notice }) => settleNotice(app, notice),
  'trust.settle': (app, { change }) => settlePoints(app, change),
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
