import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { loadFor } from '../../server/api/http/loadShedding.ts';
import type { KeyedCall, RequestGuards } from '../../server/api/http/requestGuards.ts';
import { createHttpServer, type HttpOptions } from '../../server/api/http.ts';
import { createMetrics } from '../../server/api/monitoring/metrics.ts';
import type { Viewer } from '../../server/core/context.ts';
import { CielError } from '../../server/core/errors.ts';
import { addressLimits, isUserLimit, type LimitName, userBudgets } from '../../server/core/limits.ts';
import { createMemoryLimiter } from '../../server/infra/limiter/memory.ts';
import type { Log } from '../../server/infra/log/log.ts';
import { notesRouter } from './notes.ts';

export const ADMIN_TOKEN = 'the admin token of the tests, long enough';

export interface Line extends Record<string, unknown> {
  level: string;
  message: string;
}

interface HostOptions extends Partial<Omit<HttpOptions, 'guards'>> {
  adminToken?: string | null;
  publicUrl?: string;
}

export type Host = Awaited<ReturnType<typeof createHost>>;

/** The whole HTTP layer before a small domain; tokens are names, limits are the real ones. */
export async function createHost({
  adminToken = ADMIN_TOKEN,
  publicUrl = 'https://ciel.example.org',
  ...options
}: HostOptions = {}) {
  const { router, seen } = notesRouter();
  const gate = createGate();
  const lines: Line[] = [];
  const server = await createHttpServer(
    {
      log: recordingLog(lines),
      settings: { publicUrl },
      secrets: { adminToken },
    },
    {
      router,
      guards: gate.guards,
      version: '1.2.3',
      metrics: createMetrics(),
      probes: { postgres: async () => {} },
      trustedProxies: [],
      corsOrigins: [],
      handlerTimeoutMs: 60_000,
      load: loadFor(25),
      drainMs: 0,
      ...options,
    },
  );
  const send = async (request: string, more: InjectOptions = {}) => {
    const [method, url] = request.split(' ') as [InjectOptions['method'] & string, string];
    return server.inject({ method, url, ...more } as InjectOptions);
  };
  return { server, router, seen, lines, gate, send, close: () => server.close() };
}

/** Alice and Bob have accounts; who they are is counted. */
function createGate() {
  const people: Record<string, Viewer> = {
    alice: viewer('01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', 'alice', 3),
    bob: viewer('01993a4e-7c1b-7b52-9a52-0d2b1f6c8e12', 'bob', 0),
  };
  const limiter = createMemoryLimiter();
  const keyed: KeyedCall[] = [];
  const authenticated: string[] = [];
  const spent: LimitName[] = [];
  const guards: RequestGuards = {
    async authenticate(token) {
      authenticated.push(token);
      const found = people[token];
      if (!found) throw new CielError('unauthenticated');
      return found;
    },
    async spend(name, { viewer, address }) {
      spent.push(name);
      const budgets =
        isUserLimit(name) && viewer
          ? userBudgets(name, viewer.trustLevel, 1)
          : [isUserLimit(name) ? addressLimits.anonymousRead : addressLimits[name]];
      const verdict = await limiter.take(`${name} ${viewer?.id ?? address}`, budgets);
      const { limit, remaining, resetMs, allowed, retryAfterMs } = verdict;
      const budget = { limit, remaining, resetSeconds: Math.ceil(resetMs / 1000) };
      if (allowed) return budget;
      throw new CielError('rate_limited', { retryAfterSeconds: Math.ceil(retryAfterMs / 1000), budget });
    },
    async once(call, run) {
      keyed.push(call);
      return run();
    },
  };
  return { guards, keyed, authenticated, spent };
}

const viewer = (id: string, handle: string, trustLevel: number): Viewer => ({
  id,
  handle,
  trustLevel,
  isPrivate: false,
  sessionId: null,
});

export const as = (person: 'alice' | 'bob') => ({ headers: { authorization: `Bearer ${person}` } });

function recordingLog(lines: Line[]): Log {
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ ...fields, level, message });
  const log: Log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

/** Starts to listen; returns the port. */
export async function listen(server: FastifyInstance): Promise<number> {
  await server.listen({ port: 0, host: '127.0.0.1' });
  return (server.server.address() as AddressInfo).port;
}

/** Sends the bytes unchanged, and returns everything received until the server closes the connection. */
export function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
