import type { App } from '../core/app.ts';
import { removeExpiredKeys } from '../core/idempotency.ts';
import { purgeAccounts, purgeOldComments, purgeOldPosts } from '../domains/account/purge/service.ts';
import { purgeOldSecurityEvents, purgeOldSessions } from '../domains/auth/retention/service.ts';
import { purgeOldEvents } from '../domains/events/service.ts';
import { giveUpStuck } from '../domains/media/failures/service.ts';
import { hashOriginals } from '../domains/media/hashes/service.ts';
import { rewriteHeaders } from '../domains/media/headers/service.ts';
import { purgeAbandonedUploads, removeOrphanObjects } from '../domains/media/orphans/service.ts';
import { completeVariants } from '../domains/media/variants/service.ts';
import { reconcileMarks } from '../domains/moderation/marks/service.ts';
import { notifyOfFailure } from '../domains/notifications/reconciliation/service.ts';
import { purgeOldNotifications } from '../domains/notifications/service.ts';
import { purgeDeadProcesses } from '../domains/processes/public.ts';
import { purgeEndedMutes } from '../domains/social/service.ts';
import { placeExpiredStories, purgeExpiredStories } from '../domains/stories/expiry/service.ts';
import { levelAfterStrikes, levelWithAge } from '../domains/trust/levels/service.ts';
import { retryDeadEffects } from '../infra/queue/dead.ts';
import type { Lease } from './cleanupLeases.ts';

export interface CleanupTask {
  everyMinutes: number;
  /** Removes a bounded part and returns how much; called again until that is 0 or time is up. Safe to repeat. */
  step(app: App, lease: Lease): Promise<number>;
}

export const cleanupTasks: Record<string, CleanupTask> = {
  idempotencyKeys: { everyMinutes: 10, step: removeExpiredKeys },
  uploads: { everyMinutes: 10, step: purgeAbandonedUploads },
  mutes: { everyMinutes: 10, step: purgeEndedMutes },
  sessions: { everyMinutes: 60, step: purgeOldSessions },
  securityEvents: { everyMinutes: 60, step: purgeOldSecurityEvents },
  storyMedia: { everyMinutes: 1, step: placeExpiredStories },
  stories: { everyMinutes: 60, step: (app) => purgeExpiredStories(app) },
  posts: { everyMinutes: 60, step: purgeOldPosts },
  comments: { everyMinutes: 60, step: purgeOldComments },
  accounts: { everyMinutes: 60, step: purgeAccounts },
  notifications: { everyMinutes: 60, step: purgeOldNotifications },
  events: { everyMinutes: 10, step: purgeOldEvents },
  processes: { everyMinutes: 10, step: purgeDeadProcesses },
  levelsAfterStrikes: { everyMinutes: 10, step: levelAfterStrikes },
  levelsWithAge: { everyMinutes: 10, step: levelWithAge },
  takedownMarks: { everyMinutes: 1, step: reconcileMarks },
  stuckMedia: { everyMinutes: 1, step: (app) => giveUpStuck(app, notifyOfFailure) },
  deadEffects: { everyMinutes: 10, step: ({ db }) => retryDeadEffects(db) },
  mediaHashes: { everyMinutes: 10, step: hashOriginals },
  publicHeaders: { everyMinutes: 10, step: rewriteHeaders },
  variants: { everyMinutes: 1, step: completeVariants },
  objects: { everyMinutes: 10, step: removeOrphanObjects },
};
