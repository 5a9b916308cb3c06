import { enqueueJob } from '../infra/queue/enqueue.ts';
import type { Notice, TrustChange } from './acts.ts';
import { type App, afterCommit } from './app.ts';
import type { Position } from './cursors.ts';

/** What follows from a write, by kind. Bodies are small: ids, never copies of rows. */
export interface Jobs {
  'media.process': { mediaId: string };
  /** Moves the variants to where they belong by who may see them now. */
  'media.place': { mediaIds: string[] };
  'media.placeOwner': { ownerId: string; afterId: string | null };
  /** Deletes objects that nothing refers to any more. */
  'media.removeObjects': { keys: string[] };
  'feed.fanOut': { postId: string; afterReaderId: string | null };
  'feed.widen': { authorId: string };
  /** Ends what is still between a deleted person and others. */
  'account.leave': { userId: string };
  /** Settles what follows from the comments that were there before the post was shown to others. */
  'engagement.settleComments': { postId: string; after: Position | null };
  /** Settles what follows from the replies under a comment after they came or went with it. */
  'engagement.settleReplies': { commentId: string; after: Position | null };
  /** Makes the notification agree with the act: there when it stands, gone when it was undone. */
  'notifications.settle': { notice: Notice };
  /** Makes the person's points agree with the act. */
  'trust.settle': { change: TrustChange };
}

export type JobKind = keyof Jobs;
export type QueueName = 'media' | 'effects';

/** Only the worker mode serves `media`, and it has a decoder; all else is done beside the API. */
const queueOf = (kind: JobKind): QueueName => (kind === 'media.process' ? 'media' : 'effects');

interface EnqueueOptions {
  delayMs?: number;
  /** While a job with this key waits, a second one is not written. */
  dedupKey?: string;
}

/** Writes the job in the open transaction: it happens if and only if the write does. */
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
