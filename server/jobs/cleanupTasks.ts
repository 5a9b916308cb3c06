import type { App } from '../core/app.ts';
import { removeExpiredKeys } from '../core/idempotency.ts';
import { eraseAccounts, eraseOldComments, eraseOldPosts } from '../domains/account/service.ts';
import { removeOldSecurityEvents, removeOldSessions } from '../domains/auth/service.ts';
import { removeOldEvents } from '../domains/events/service.ts';
import { removeStrayObjects, sweepUploads } from '../domains/media/service.ts';
import { removeOldNotifications } from '../domains/notifications/service.ts';
import { removeEndedMutes } from '../domains/social/service.ts';
import { placeExpiredStories, sweepExpiredStories } from '../domains/stories/service.ts';
import { levelAfterStrikes, levelWithAge } from '../domains/trust/service.ts';
import type { Turn } from './cleanupTurns.ts';

export interface CleanupTask {
  everyMinutes: number;
  /** Removes a bounded part and returns how much; called again until that is 0 or time is up. Safe to repeat. */
  step(app: App, turn: Turn): Promise<number>;
}

export const cleanupTasks: Record<string, CleanupTask> = {
  idempotencyKeys: { everyMinutes: 10, step: removeExpiredKeys },
  uploads: { everyMinutes: 10, step: sweepUploads },
  mutes: { everyMinutes: 10, step: removeEndedMutes },
  sessions: { everyMinutes: 60, step: removeOldSessions },
  securityEvents: { everyMinutes: 60, step: removeOldSecurityEvents },
  storyMedia: { everyMinutes: 1, step: placeExpiredStories },
  stories: { everyMinutes: 60, step: (app) => sweepExpiredStories(app) },
  posts: { everyMinutes: 60, step: eraseOldPosts },
  comments: { everyMinutes: 60, step: eraseOldComments },
  accounts: { everyMinutes: 60, step: eraseAccounts },
  notifications: { everyMinutes: 60, step: removeOldNotifications },
  events: { everyMinutes: 10, step: removeOldEvents },
  levelsAfterStrikes: { everyMinutes: 10, step: levelAfterStrikes },
  levelsWithAge: { everyMinutes: 10, step: levelWithAge },
  objects: { everyMinutes: 10, step: removeStrayObjects },
};
