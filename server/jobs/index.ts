import type { App } from '../core/app.ts';
import { Id } from '../core/fields.ts';
import type { JobKind, Jobs } from '../core/outbox.ts';
import { removeTiesOf } from '../domains/account/deletion/service.ts';
import { reconcileComments, reconcileReplies } from '../domains/engagement/commentState/service.ts';
import { fanOut } from '../domains/feed/entries/service.ts';
import { giveUpProcessing } from '../domains/media/failures/service.ts';
import { noteHandout } from '../domains/media/handout/service.ts';
import { removeObjects } from '../domains/media/orphans/service.ts';
import { placeMedia, placeOwner } from '../domains/media/placement/service.ts';
import { notifyOfFailure, reconcileNotice } from '../domains/notifications/reconciliation/service.ts';
import { markMerged } from '../domains/social/service.ts';
import { reconcilePoints } from '../domains/trust/points/service.ts';
import { NotAJob, PermanentFailure } from '../infra/queue/consumer.ts';
import { type Delivery, MAX_RECEIVES } from '../infra/queue/queue.ts';

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

/** Runs a delivery. The photo of one that fails at its last delivery is given up, so that its owner learns of it. */
export async function runDelivery(
  app: App,
  { body, receiveCount }: Pick<Delivery, 'body' | 'receiveCount'>,
  signal: AbortSignal,
  run = runJob,
): Promise<void> {
  try {
    await run(app, body, signal);
  } catch (error) {
    const isOver = error instanceof PermanentFailure || error instanceof NotAJob;
    if (receiveCount >= MAX_RECEIVES && !isOver && isMediaJob(body))
      await giveUp(app, (body as Jobs['media.process']).mediaId);
    throw error;
  }
}

/** When this fails too, the cleanup task `stuckMedia` does it later. */
const giveUp = (app: App, mediaId: string): Promise<void> =>
  giveUpProcessing(app, { mediaId }, notifyOfFailure).catch((err: unknown) =>
    app.log.warn({ err, mediaId }, 'a photograph could not be given up'),
  );

/** Runs the job of one delivery; throws PermanentFailure when a retry can't help, and NotAJob when there is nothing to run. */
export async function runJob(app: App, job: unknown, signal: AbortSignal): Promise<void> {
  const kind = kindOf(job);
  if (kind === null) throw new NotAJob('There is no handler for jobs of this kind');
  const { kind: _, ...body } = job as object & { kind: JobKind };
  const handler = handlers[kind] as (app: App, body: object, signal: AbortSignal) => Promise<void>;
  await handler(app, body, signal);
}

/** Null unless it is a job that this release can run. */
export function kindOf(job: unknown): JobKind | null {
  const { kind } = (job ?? {}) as { kind?: unknown };
  return typeof kind === 'string' && Object.hasOwn(handlers, kind) ? (kind as JobKind) : null;
}

/**
 * Runs a job of the media queue and no other: it may come from SQS or by HTTP, and whoever can write there must not be able to remove
 * objects.
 */
export async function runMediaJob(app: App, job: unknown, signal: AbortSignal): Promise<void> {
  if (!isMediaJob(job)) throw new NotAJob('Not a media job');
  await runJob(app, job, signal);
}

/** Records when photos were handed out to another queue, in case it loses their jobs. */
export const noteJobsHandedOut = (app: App, jobs: Pick<Delivery, 'body'>[]): Promise<void> =>
  noteHandout(
    app,
    jobs.filter(({ body }) => isMediaJob(body)).map(({ body }) => (body as Jobs['media.process']).mediaId),
  );

/** Fields that it does not know are ignored, because the next release may add some. */
export function isMediaJob(job: unknown): boolean {
  return kindOf(job) === 'media.process' && Id.safeParse((job as { mediaId?: unknown }).mediaId).success;
}
