import { DrizzleQueryError } from 'drizzle-orm';

/**
 * What is logged about an error. Left out are the parameters in the message of a failed query and the detail of PostgreSQL: both
 * contain values that users typed.
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
