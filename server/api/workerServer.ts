import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { CielError } from '../core/errors.ts';
import type { Log } from '../infra/log/log.ts';
import { createAdminCheck } from './http/context.ts';
import { createErrorResponder, handleUnknownRoutes } from './http/errorResponses.ts';
import { shutDownGracefully } from './http/gracefulShutdown.ts';
import { collectMethods, refuseOtherMethods } from './http/methods.ts';
import { type Probes, probeAll } from './monitoring/health.ts';
import type { Metrics } from './monitoring/metrics.ts';
import { serveMetrics } from './monitoring/metricsRoutes.ts';
import { servePostedJobs } from './postedJobs.ts';

interface WorkerServerOptions {
  log: Log;
  probes: Probes;
  /** Null where another port serves them. */
  metrics: Metrics | null;
  /** Null lets nobody read the metrics. */
  adminToken: string | null;
  /** How long it takes jobs after it stopped being ready, ms. */
  drainMs: number;
  /** Set in a process that takes its jobs by HTTP instead of from a queue. */
  postedJobs: PostedJobs | null;
}

export interface PostedJobs {
  runJob(job: unknown, signal: AbortSignal): Promise<void>;
  /** Null lets only this machine call. */
  token: string | null;
  /** Jobs of one request that run at once. */
  concurrency: number;
  onOutcome(outcome: string, posted: { body: unknown }, elapsedMs: number): void;
}

/** The largest request of Lambda, 6 MB. */
const BODY_LIMIT = 6 * 1024 * 1024;
/** As long as WORKER_TOKEN may be, which may be a part of the path. */
const LONGEST_TOKEN = 256;

/** Health and metrics of a worker; a serverless one also takes jobs here. */
export function createWorkerServer({
  log,
  probes,
  metrics,
  adminToken,
  postedJobs,
  drainMs,
}: WorkerServerOptions): FastifyInstance {
  const server = Fastify({
    bodyLimit: BODY_LIMIT,
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: LONGEST_TOKEN },
  });
  const methods = collectMethods(server);
  server.setErrorHandler(createErrorResponder(log));
  const { stopping, closing } = shutDownGracefully(server, drainMs);

  server.get('/health', async () => ({ status: 'ok' }));

  server.get('/health/ready', async (_request, reply) => {
    const dependencies = await probeAll(probes);
    const hasAll = dependencies.postgres === 'ok' && dependencies.storage === 'ok';
    const isReady = hasAll && !stopping.aborted;
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'degraded', dependencies });
  });

  const isAdmin = createAdminCheck(adminToken);
  if (metrics)
    serveMetrics(server, metrics, async (request) => {
      if (!isAdmin(request)) throw new CielError('forbidden');
    });
  if (postedJobs) servePostedJobs(server, { ...postedJobs, log, closing });
  refuseOtherMethods(server, methods);
  handleUnknownRoutes(server);
  return server;
}
