import type { FastifyRequest } from 'fastify';
import { causeOf } from '../../core/databaseErrors.ts';
import type { CielError } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';
import { describeError } from '../../infra/log/describeError.ts';
import type { Log } from '../../infra/log/log.ts';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request, or a call of its batch, gets 503. */
    unavailable?: CielError;
  }
}

const ONCE_IN_MS = 1000;

/** Keeps an error of a response with 503, to be reported when the request ends. */
export function noteUnavailable(request: FastifyRequest, error: CielError): void {
  if (statusOf(error.code) === 503) request.unavailable = error;
}

/** Counts responses with 503 by their cause, and logs each cause once a second: an outage has thousands of them. */
export function createUnavailabilityReport(log: Log, metrics: Metrics): (request: FastifyRequest) => void {
  const loggedAt = new Map<string, number>();
  return ({ unavailable: error, id: requestId }) => {
    if (!error) return;
    const cause = causeOf(error);
    metrics.countUnavailable(cause);
    const now = performance.now();
    if (now - (loggedAt.get(cause) ?? Number.NEGATIVE_INFINITY) < ONCE_IN_MS) return;
    loggedAt.set(cause, now);
    log.warn({ cause, requestId, error: describeError(error.cause ?? error) }, 'requests get 503');
  };
}
