import type { FastifyInstance } from 'fastify';
import { loadFor } from '../../server/api/http/loadShedding.ts';
import { createRequestGuards } from '../../server/api/http/requestGuards.ts';
import { createHttpServer, type HttpOptions } from '../../server/api/http.ts';
import { createMetrics } from '../../server/api/monitoring/metrics.ts';
import { appRouter } from '../../server/api/router.ts';
import type { App } from '../../server/core/app.ts';
import { urlRecords } from './handedOut.ts';
import { watchAnswers } from './watch.ts';

/**
 * The whole HTTP layer before the App, as the program has it; it does not listen yet, and closes without waiting for proxies.
 * Every answer of it must be one that the document tells of.
 */
export const serverFor = (app: App, options: Partial<HttpOptions> = {}): Promise<FastifyInstance> =>
  createHttpServer(app, {
    router: appRouter(app),
    guards: createRequestGuards(app),
    version: '0.0.0',
    metrics: createMetrics(),
    probes: {},
    trustedProxies: [],
    corsOrigins: [],
    handlerTimeoutMs: 60_000,
    load: loadFor(25),
    drainMs: 0,
    ...options,
    async storageRoutes(server) {
      await watchAnswers(server, (answer) => urlRecords.get(app)?.note(answer));
      await options.storageRoutes?.(server);
    },
  });
