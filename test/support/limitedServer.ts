import type { FastifyInstance } from 'fastify';
import { createGatekeeper } from '../../server/api/gatekeeper.ts';
import { createHttpServer } from '../../server/api/http.ts';
import { createMetrics } from '../../server/api/metrics.ts';
import { appRouter } from '../../server/api/router.ts';
import type { App } from '../../server/core/app.ts';
import type { World } from './world.ts';

/** The real HTTP server with the real budgets, behind a proxy that says where clients are: `x-forwarded-for`. */
export const createLimitedServer = (world: World, app: App = world.app): Promise<FastifyInstance> =>
  createHttpServer(app, {
    router: appRouter(app),
    gatekeeper: createGatekeeper(app),
    version: '0.0.0',
    metrics: createMetrics(),
    probes: {},
    trustedProxies: ['127.0.0.0/8'],
    corsOrigins: [],
    drainMs: 0,
  });
