import type { FastifyInstance } from 'fastify';
import type { ContextFactory } from '../http/context.ts';
import type { Metrics } from './metrics.ts';
import { serveMetrics } from './metricsRoutes.ts';
import { shared } from './shared.ts';

export type Probes = Record<string, () => Promise<void>>;

interface HealthOptions {
  /** Each resolves when its dependency responds; without `postgres` nothing works. */
  probes: Probes;
  contexts: ContextFactory;
  /** Null where another port serves them. */
  metrics: Metrics | null;
  stopping: AbortSignal;
}

type State = 'ok' | 'degraded';

const PROBE_WITHIN_MS = 2000;

const config = { isProbe: true };

export function serveHealth(server: FastifyInstance, { probes, contexts, metrics, stopping }: HealthOptions) {
  const readStates = shared(() => probeAll(probes));

  server.get('/health', { config }, async (request, reply) => {
    await contexts(request, reply).spend('health', null);
    return { status: 'ok' };
  });

  server.get('/health/ready', { config }, async (request, reply) => {
    await contexts(request, reply).spend('health', null);
    const dependencies = await readStates();
    const isReady = dependencies.postgres !== 'degraded' && !stopping.aborted;
    const isWhole = isReady && !Object.values(dependencies).includes('degraded');
    if (!isReady) reply.code(503).header('retry-after', 5);
    return { status: isWhole ? 'ok' : 'degraded', dependencies };
  });

  if (metrics)
    serveMetrics(server, metrics, async (request, reply) => {
      const context = contexts(request, reply);
      await context.spend('admin', null);
      context.requireAdmin();
    });
}

export async function probeAll(probes: Probes): Promise<Record<string, State>> {
  const states = Object.entries(probes).map(async ([name, probe]) => [name, await stateOf(probe)] as const);
  return Object.fromEntries(await Promise.all(states));
}

async function stateOf(probe: () => Promise<void>): Promise<State> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<State>((resolve) => {
    timer = setTimeout(resolve, PROBE_WITHIN_MS, 'degraded');
  });
  const answer = probe().then(
    (): State => 'ok',
    (): State => 'degraded',
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
