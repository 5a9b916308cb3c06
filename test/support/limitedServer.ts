import type { FastifyInstance } from 'fastify';
import type { App } from '../../server/core/app.ts';
import { serverFor } from './server.ts';
import type { World } from './world.ts';

/** The real HTTP server with the real budgets, behind a proxy that says where clients are: `x-forwarded-for`. */
export const createLimitedServer = (world: World, app: App = world.app): Promise<FastifyInstance> =>
  serverFor(app, { trustedProxies: ['127.0.0.0/8'] });
