import { DrizzleQueryError } from 'drizzle-orm';

/**
 * What is logged of an error. A failed query carries its parameters in its message, and what PostgreSQL says in detail names
 * values: those are what people typed.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: messageOf(error),
    ...(typeof code === 'string' ? { code } : {}),
    at: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** The same in one sentence. */
export function summarizeError(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return error instanceof DrizzleQueryError && cause instanceof Error ? cause.message : messageOf(error);
}

function messageOf(error: unknown): string {
  if (error instanceof DrizzleQueryError) return `Failed query: ${error.query}`;
  return error instanceof Error ? error.message : String(error);
}
