import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context, Viewer } from '../../core/context.ts';
import { type BudgetState, badField, CielError } from '../../core/errors.ts';
import { deviceName } from './deviceName.ts';
import type { RequestGuards } from './requestGuards.ts';
import { createSecretCheck } from './secretCheck.ts';

export interface ContextOptions {
  guards: RequestGuards;
  /** Null: every admin procedure is refused. */
  adminToken: string | null;
  addressOf(request: FastifyRequest['raw']): string;
}

export type ContextFactory = (request: FastifyRequest, reply: FastifyReply, calls?: number) => Context;

/** What procedures need from an HTTP request. One context serves all calls of a batch: they share the viewer, and each spends. */
export function createContexts({ guards, adminToken, addressOf }: ContextOptions): ContextFactory {
  const isAdmin = createAdminCheck(adminToken);

  return (request, reply, calls = 1) => {
    const { headers } = request;
    const address = addressOf(request.raw);
    let viewer: Promise<Viewer | null> | undefined;
    let tightest: BudgetState | undefined;

    async function readViewer(): Promise<Viewer | null> {
      const token = bearerToken(headers.authorization);
      if (token === null) return null;
      const found = await guards.authenticate(token);
      request.viewerId = found.id;
      return found;
    }

    function showBudget(budget: BudgetState): void {
      if (tightest && tightest.remaining <= budget.remaining) return;
      tightest = budget;
      reply.header('ratelimit-limit', budget.limit);
      reply.header('ratelimit-remaining', budget.remaining);
      reply.header('ratelimit-reset', budget.resetSeconds);
    }

    return {
      requestId: request.id,
      address,
      deviceName: deviceName(headers['user-agent']),
      authenticate() {
        viewer ??= readViewer();
        return viewer;
      },
      authenticateAgain: readViewer,
      requireAdmin() {
        if (!isAdmin(request)) throw new CielError('forbidden');
        return actorName(headers['x-admin-actor']);
      },
      async spend(limit, spender) {
        try {
          showBudget(await guards.spend(limit, { viewer: spender, address }));
        } catch (error) {
          if (error instanceof CielError && error.budget) showBudget(error.budget);
          throw error;
        }
      },
      async once(spender, procedure, input, run) {
        const key = idempotencyKey(headers['idempotency-key']);
        if (key === null) return run();
        if (calls > 1) throw badField('idempotency-key', 'can be used with a single call, not with a batch');
        return guards.once({ userId: spender.id, key, procedure, input }, run);
      },
      setHeader(name, value) {
        reply.header(name, value);
      },
    };
  };
}

/** Null when no header was sent; throws `unauthenticated` when it holds no bearer token. */
function bearerToken(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new CielError('unauthenticated');
  return token;
}

/** Two tokens in one request arrive as one text with a comma, which matches no token. */
export function createAdminCheck(adminToken: string | null): (request: FastifyRequest) => boolean {
  const isAdminToken = createSecretCheck(adminToken);
  return ({ headers }) => isAdminToken(String(headers['x-admin-token'] ?? ''));
}

function actorName(header: string | string[] | undefined): string {
  if (header === undefined) return 'admin';
  const name = String(header).trim();
  if (!/^[\x20-\x7e]{1,64}$/.test(name))
    throw badField('x-admin-actor', 'must have 1 to 64 printable ASCII characters');
  return name;
}

function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(header)) {
    throw badField('idempotency-key', 'must have 1 to 128 printable ASCII characters without spaces');
  }
  return header;
}
