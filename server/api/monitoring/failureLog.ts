import { TRPCError } from '@trpc/server';
import { describeError } from '../../infra/log/describeError.ts';
import type { Log } from '../../infra/log/log.ts';

export interface FailureSite {
  requestId: string;
  procedure?: string | undefined;
}

/** Logs a failure of which the client learns only the request id. Work aborted because its client disconnected is not a failure. */
export function logFailure(log: Log, error: unknown, site: FailureSite): void {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof Error && cause.name === 'AbortError') return;
  log.error({ ...site, error: describeError(cause) }, 'a request failed');
}
