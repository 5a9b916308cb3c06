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
    message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message,
    ...(typeof code === 'string' ? { code } : {}),
    at: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
