import type { App } from '../core/app.ts';
import { createCallerFactory, router } from '../core/procedures.ts';
import { accountRouter } from '../domains/account/router.ts';
import { auditRoutes } from '../domains/audit/router.ts';
import { authRouter } from '../domains/auth/router.ts';
import { engagementRouter } from '../domains/engagement/router.ts';
import { feedRouter } from '../domains/feed/router.ts';
import { fingerprintRouter } from '../domains/fingerprint/router.ts';
import { invitesRouter } from '../domains/invites/router.ts';
import { jobsRouter } from '../domains/jobs/router.ts';
import { mediaRouter } from '../domains/media/router.ts';
import { moderationRoutes } from '../domains/moderation/router.ts';
import { notificationsRouter } from '../domains/notifications/router.ts';
import { postsRouter } from '../domains/posts/router.ts';
import { profileRoutes } from '../domains/profiles/router.ts';
import { rateLimiterRouter } from '../domains/rateLimiter/router.ts';
import { searchRouter } from '../domains/search/router.ts';
import { signupRoutes } from '../domains/signup/router.ts';
import { socialRouter } from '../domains/social/router.ts';
import { highlightsRouter } from '../domains/stories/highlights/router.ts';
import { storiesRouter } from '../domains/stories/router.ts';
import { trustRouter } from '../domains/trust/router.ts';
import { usersRoutes } from '../domains/users/router.ts';

export const appRouter = (app: App) =>
  router({
    auth: authRouter(app),
    users: router({ ...signupRoutes(app), ...profileRoutes(app), ...usersRoutes(app) }),
    account: accountRouter(app),
    social: socialRouter(app),
    invites: invitesRouter(app),
    media: mediaRouter(app),
    posts: postsRouter(app),
    engagement: engagementRouter(app),
    stories: storiesRouter(app),
    highlights: highlightsRouter(app),
    feed: feedRouter(app),
    search: searchRouter(app),
    moderation: router({ ...moderationRoutes(app), ...auditRoutes(app) }),
    trust: trustRouter(app),
    fingerprint: fingerprintRouter(app),
    jobs: jobsRouter(app),
    notifications: notificationsRouter(app),
    rateLimiter: rateLimiterRouter(app),
  });

export type AppRouter = ReturnType<typeof appRouter>;

/** Calls procedures in-process: `createCaller(app)(scriptContext(viewer)).posts.create(…)`. */
export const createCaller = (app: App) => createCallerFactory(appRouter(app));
