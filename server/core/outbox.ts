import { enqueueJob } from '../infra/queue/enqueueJob.ts';
import { type App, afterCommit } from './app.ts';
import type { Position } from './cursors.ts';
import type { Notice } from './notices.ts';
import type { PointChange } from './points.ts';

/** Jobs that follow from writes, by kind. Bodies are small: ids, never copies of rows. */
export interface Jobs {
  /** With a step: makes more of a completed photograph. A release that does not know the step has nothing to do. */
  'media.process': { mediaId: string; step?: 'variants' };
  /** Moves the variants to the place that matches who may see them now. */
  'media.place': { mediaIds: string[] };
  'media.placeOwner': { ownerId: string; afterId: string | null };
  /** Deletes objects that no row refers to any more. */
  'media.removeObjects': { keys: string[] };
  'feed.fanOut': { postId: string; afterReaderId: string | null };
  'feed.widen': { authorId: string };
  /** Ends the remaining relationships of a deleted user. */
  'account.leave': { userId: string };
  /** Reconciles notices and trust points of comments that were written before the post was visible to others. */
  'engagement.settleComments': { postId: string; after: Position | null };
  /** Reconciles notices and trust points of the replies after their parent comment was deleted, taken down or restored. */
  'engagement.settleReplies': { commentId: string; after: Position | null };
  /** Makes the notification agree with its source: present while the source is active, retracted otherwise. */
  'notifications.settle': { notice: Notice };
  /** Makes the user's trust points agree with their source. */
  'trust.settle': { change: PointChange };
}

export type JobKind = keyof Jobs;
export type QueueName = 'media' | 'effects';

/** Only the worker mode serves `media`, because it needs a decoder; everything else also runs next to the API. */
const queueOf = (kind: JobKind): QueueName => (kind === 'media.process' ? 'media' : 'effects');

interface EnqueueOptions {
  delayMs?: number;
  /** While a job with this key waits, no second one is written. */
  dedupKey?: string;
}

/** Writes the job in the open transaction, so the job exists if and only if the write does. */
export async function enqueue<Kind extends JobKind>(
  app: App,
  kind: Kind,
  body: Jobs[Kind],
  options: EnqueueOptions = {},
): Promise<void> {
  const queue = queueOf(kind);
  await enqueueJob(app.db, { queue, kind, body, ...options });
  if (!options.delayMs) await afterCommit(app, () => app.wakeWorkers(queue));
}
