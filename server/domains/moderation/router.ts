import type { App } from '../../core/app.ts';
import { accountRoutes } from './accounts/router.ts';
import { actionRoutes } from './actions/router.ts';
import { appealRoutes } from './appeals/router.ts';
import { caseRoutes } from './cases/router.ts';
import { profileRoutes } from './profiles/router.ts';
import { reportRoutes } from './reports/router.ts';

export const moderationRoutes = (app: App) => ({
  ...reportRoutes(app),
  ...caseRoutes(app),
  ...actionRoutes(app),
  ...profileRoutes(app),
  ...accountRoutes(app),
  ...appealRoutes(app),
});
