import { TRPCError } from '@trpc/server';
import { DrizzleQueryError } from 'drizzle-orm';
import type { Log } from '../infra/log/log.ts';

export interface FailureSite {
  requestId: string;
  procedure?: string | undefined;
}

/** Logs a failure that no client may know more of than its request id. Work that was given up because its client left is none. */
export function logFailure(log: Log, error: unknown, site: FailureSite): void {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof Error && cause.name === 'AbortError') return;
  log.error({ ...site, error: describe(cause) }, 'a request failed');
}

/** A failed query carries its parameters in its message, and those are what people typed. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message,
    ...(typeof code === 'string' ? { code } : {}),
    at: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
