import type { App } from '../../core/app.ts';
import { router } from '../../core/procedures.ts';
import { appealRoutes } from './appealRoutes.ts';
import { caseRoutes } from './caseRoutes.ts';
import { reportRoutes } from './reportRoutes.ts';

export const moderationRouter = (app: App) =>
  router({ ...reportRoutes(app), ...caseRoutes(app), ...appealRoutes(app) });
