import type { FastifyInstance } from 'fastify';
import { serveMedia } from '../api/files/media.ts';
import { serveFiles } from '../api/files/routes.ts';
import { listen } from '../api/http/listening.ts';
import { loadFor } from '../api/http/loadShedding.ts';
import { createRequestGuards } from '../api/http/requestGuards.ts';
import { createHttpServer } from '../api/http.ts';
import { createMetrics, type Metrics } from '../api/monitoring/metrics.ts';
import { createMetricsServer } from '../api/monitoring/metricsRoutes.ts';
import { isLoopback } from '../api/postedJobs.ts';
import { appRouter } from '../api/router.ts';
import { createWorkerServer, type PostedJobs } from '../api/workerServer.ts';
import type { Address, Config } from '../config/config.ts';
import { isNoAi } from '../domains/media/delivery/service.ts';
import type { Log } from '../infra/log/log.ts';
import { startConsumer } from '../infra/queue/consumer.ts';
import type { Queue } from '../infra/queue/queue.ts';
import { startRelay } from '../infra/queue/relay.ts';
import { StartupError } from '../infra/startupError.ts';
import { traced } from '../infra/tracing/tracing.ts';
import { startCleanup } from '../jobs/cleanup.ts';
import { cleanupTasks } from '../jobs/cleanupTasks.ts';
import { kindOf, noteJobsHandedOut, runDelivery, runJob, runMediaJob } from '../jobs/index.ts';
import { queueTasks } from '../jobs/queueTasks.ts';
import { demoUsersOf } from '../scripts/demo.ts';
import { welcome } from '../scripts/welcome.ts';
import { gaugesOf } from './gauges.ts';
import { announce } from './peers.ts';
import type { Runtime } from './runtime.ts';
import { unlessAborted } from './unlessAborted.ts';
import { versionOf } from './version.ts';

export interface Running {
  stop(): Promise<void>;
}

/** Each picture is decoded on one core: two at once keep both cores of a small machine busy. */
const MEDIA_AT_ONCE = 2;
const EFFECTS_AT_ONCE = 4;

/** How long (ms) a job stays hidden from other workers without a heartbeat from its own; also how long it waits after a kill -9. */
export interface Timing {
  mediaVisibilityMs: number;
  effectsVisibilityMs: number;
}

const TIMING: Timing = { mediaVisibilityMs: 15_000, effectsVisibilityMs: 10_000 };

/** Starts what APP_MODE asks for. If the signal aborts first, stops what was started and rejects with the signal's reason. */
export async function startMode(runtime: Runtime, signal: AbortSignal, timing = TIMING): Promise<Running> {
  const parts: Running[] = [];
  const stop = async () => {
    await Promise.all(parts.map((part) => part.stop()));
    await runtime.close();
  };
  try {
    await unlessAborted(signal, startParts(runtime, parts, timing));
    parts.push(announce(runtime));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(runtime: Runtime, parts: Running[], timing: Timing): Promise<void> {
  const { config, app, probes, tables, sqs, log } = runtime;
  const metrics = createMetrics(gaugesOf(runtime));
  // With a store that was never there, each job would only lose its attempts.
  const media = () =>
    startAfter(runtime.storageReady, () =>
      consume(runtime, metrics, {
        queue: sqs ?? tables.media,
        run: runMediaJob,
        concurrency: MEDIA_AT_ONCE,
        visibilityMs: timing.mediaVisibilityMs,
      }),
    );
  const workerServer = (postedJobs: PostedJobs | null) =>
    createWorkerServer({
      log,
      probes,
      metrics: config.metricsAddress ? null : metrics,
      adminToken: app.secrets.adminToken,
      postedJobs,
      // Nobody sends requests to a worker that takes its jobs from a queue.
      drainMs: postedJobs ? config.drainMs : 0,
    });
  if (config.metricsAddress) parts.push(await open(createMetricsServer(metrics, log), config.metricsAddress));
  // In modes that process pictures, a decoder that can't be loaded fails the start.
  if (config.mode !== 'api') await Promise.all([app.decoders.prepare(), import('../jobs/mediaProcessor.ts')]);
  switch (config.mode) {
    case 'serverless-worker': {
      warnWithoutToken(config, log);
      const postedJobs = {
        runJob: (job: unknown, signal: AbortSignal) =>
          traced(jobName(job), () => runMediaJob(app, job, signal)),
        onOutcome: observe(metrics),
        token: config.workerToken,
        concurrency: MEDIA_AT_ONCE,
      };
      parts.push(await open(workerServer(postedJobs), config));
      return;
    }
    case 'worker':
      parts.push(await open(workerServer(null), config), media());
      return;
    case 'api':
    case 'combined':
      parts.push(await open(await createApi(runtime, metrics), config));
      if (sqs)
        parts.push(
          startRelay({
            from: tables.media,
            to: sqs,
            log,
            beforeSend: (jobs) => noteJobsHandedOut(app, jobs),
          }),
        );
      if (config.mode === 'combined') parts.push(media());
      parts.push(
        consume(runtime, metrics, {
          queue: tables.effects,
          run: runJob,
          concurrency: Math.min(EFFECTS_AT_ONCE, config.outboxCapacity),
          visibilityMs: timing.effectsVisibilityMs,
        }),
      );
      parts.push(
        startCleanup(app, {
          tasks: { ...cleanupTasks, ...queueTasks(sqs) },
          onOutcome: metrics.countCleanup,
        }),
      );
      if (config.isEmbedded) await welcome(runtime);
  }
}

function warnWithoutToken({ host, workerToken }: Config, log: Log): void {
  if (workerToken === null && !isLoopback(host) && host !== 'localhost')
    log.warn({ host }, 'WORKER_TOKEN is not set: jobs are taken from this machine only');
}

function createApi({ app, config, files, probes }: Runtime, metrics: Metrics): Promise<FastifyInstance> {
  return createHttpServer(app, {
    router: appRouter(app),
    version: versionOf(),
    metrics,
    drainMs: config.drainMs,
    hasMetricsPort: config.metricsAddress !== null,
    probes,
    trustedProxies: config.trustedProxies,
    corsOrigins: config.corsOrigins,
    handlerTimeoutMs: 2 * 1000 * config.database.statementTimeoutSeconds,
    load: loadFor(config.database.maxConnections),
    guards: createRequestGuards(app),
    webApp: {
      settings: () => ({ demoPeople: demoUsersOf(config), isInviteNeeded: config.signupMode === 'invite' }),
      photographOrigins: photographOriginsOf(config),
    },
    async storageRoutes(server: FastifyInstance) {
      if (files) await serveFiles(server, files, (key) => isNoAi(app, key));
      await serveMedia(server, app, files);
    },
  });
}

/** The public origin, which may differ from the host that the visitor used, and the store, which has what everybody may see. */
function photographOriginsOf({ publicUrl, s3 }: Config): string[] {
  const ours = new URL(publicUrl).origin;
  if (!s3) return [ours];
  const { protocol, host } = new URL(s3.publicEndpoint ?? s3.endpoint ?? 'https://amazonaws.com');
  // The bucket is part of the path or of the host name.
  return [ours, s3.forcePathStyle ? `${protocol}//${host}` : `${protocol}//*.${host}`];
}

async function open(server: FastifyInstance, { host, port }: Address): Promise<Running> {
  try {
    await listen(server, { host, port });
  } catch (error) {
    throw addressProblem((error as NodeJS.ErrnoException).code, host, port) ?? error;
  }
  return { stop: () => server.close() };
}

function addressProblem(code: string | undefined, host: string, port: number): StartupError | null {
  switch (code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Port ${port} on ${host} is in use: stop the program that uses it, or choose another port, for example HTTP_ADDR=${host}:${port + 1}`,
      );
    case 'EACCES':
      return new StartupError(`This user may not open port ${port}: choose one above 1023 with HTTP_ADDR`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartupError(`HTTP_ADDR: ${host} is not an address of this machine`);
    default:
      return null;
  }
}

/** Starts a part when the condition is met, unless it is stopped before. */
function startAfter(condition: Promise<void>, start: () => Running): Running {
  let running: Running | null = null;
  let isStopped = false;
  void condition.then(() => {
    if (!isStopped) running = start();
  });
  return {
    async stop() {
      isStopped = true;
      await running?.stop();
    },
  };
}

interface Consumed {
  queue: Queue;
  run: typeof runJob;
  concurrency: number;
  visibilityMs: number;
}

function consume({ app, log }: Runtime, metrics: Metrics, { run, ...options }: Consumed): Running {
  return startConsumer({
    ...options,
    handle: (delivery, signal) =>
      traced(jobName(delivery.body), () => runDelivery(app, delivery, signal, run)),
    log,
    onOutcome: observe(metrics),
  });
}

const jobName = (body: unknown) => `job ${kindOf(body) ?? 'unreadable'}`;

/** Only known kinds, because whoever writes to the queue would choose the labels. */
const observe =
  (metrics: Metrics) =>
  (outcome: string, { body }: { body: unknown }, elapsedMs: number) =>
    metrics.observeJob(kindOf(body) ?? 'unreadable', outcome, elapsedMs / 1000);
