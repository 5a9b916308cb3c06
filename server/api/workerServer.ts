import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../infra/log/log.ts';
import { PermanentFailure } from '../infra/queue/consumer.ts';
import { createErrorResponder, handleUnknownRoutes } from './http/errorResponses.ts';
import { collectMethods, refuseOtherMethods } from './http/methods.ts';
import { type Probes, probeAll } from './monitoring/health.ts';

interface WorkerServerOptions {
  log: Log;
  probes: Probes;
  /** Runs the job of a request; null in a process that takes its jobs from a queue. */
  runJob: ((job: unknown, signal: AbortSignal) => Promise<void>) | null;
}

const BODY_LIMIT = 256 * 1024;

/** The health port of a worker; for a serverless one also `POST /`: 200 when the job is done or failed for good, 503 to retry it. */
export function createWorkerServer({ log, probes, runJob }: WorkerServerOptions): FastifyInstance {
  const server = Fastify({ bodyLimit: BODY_LIMIT, genReqId: () => randomUUID() });
  const methods = collectMethods(server);
  server.setErrorHandler(createErrorResponder(log));
  const stopping = new AbortController();
  server.addHook('preClose', async () => stopping.abort());

  server.get('/health', async () => ({ status: 'ok' }));

  server.get('/health/ready', async (_request, reply) => {
    const dependencies = await probeAll(probes);
    const isReady = dependencies.postgres === 'ok' && dependencies.storage === 'ok';
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'degraded', dependencies });
  });

  if (runJob) {
    // Any content type: a job that can't be read must not be retried endlessly.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    server.post('/', async (request, reply) => {
      try {
        await runJob(parseJob(request.body), stopping.signal);
        return { status: 'done' };
      } catch (error) {
        if (error instanceof PermanentFailure) return { status: 'failed', reason: error.message };
        return reply.code(503).header('retry-after', '1').send({ status: 'retry' });
      }
    });
  }
  refuseOtherMethods(server, methods);
  handleUnknownRoutes(server);
  return server;
}

function parseJob(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    throw new PermanentFailure('the job is not JSON');
  }
}
