import postgres from 'postgres';
import { CielError, type ErrorCode } from './errors.ts';

/** What each violated constraint means to the caller. The others become `conflict` (23505) or `not_found` (23503). */
const constraints: Record<string, [code: ErrorCode, field?: string]> = {
  users_handle_key: ['handle_taken', 'handle'],
  handles_pkey: ['handle_taken', 'handle'],
  users_email_key: ['email_taken', 'email'],
  reports_reporter_key: ['already_reported'],
  appeals_action_key: ['appeal_exists'],
  highlights_owner_name_key: ['conflict', 'name'],
};

const AWAY = /^(08|57P0|53|57014|55P03|40001|40P01)/;
const DRIVER_AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETUNREACH',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

/** The CielError for a failed query, or call of the object store; null when the failure is a bug. */
export function fromDatabaseError(error: unknown): CielError | null {
  const cause = rootCause(error);
  if (cause instanceof postgres.PostgresError) {
    const [code, field] = constraints[cause.constraint_name ?? ''] ?? [];
    if (code) {
      return new CielError(code, field ? { errors: [{ field, message: 'is already taken' }] } : {});
    }
    if (cause.code === '23505') return new CielError('conflict');
    if (cause.code === '23503') return new CielError('not_found');
    return AWAY.test(cause.code) ? unavailable(error) : null;
  }
  const { code, name, $fault } = (cause ?? {}) as { code?: unknown; name?: unknown; $fault?: unknown };
  // The object store, in the words of its client.
  if ($fault === 'server' || name === 'TimeoutError') return unavailable(error);
  return typeof code === 'string' && DRIVER_AWAY.has(code) ? unavailable(error) : null;
}

const unavailable = (cause: unknown) => new CielError('unavailable', { retryAfterSeconds: 1, cause });

/** What is behind a 503, in a word: the code of PostgreSQL or of the network, or else of the error itself. */
export function causeOf(error: CielError): string {
  const { code } = (rootCause(error) ?? error) as { code?: unknown };
  return typeof code === 'string' ? code : error.code;
}

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && !(cause instanceof postgres.PostgresError) && cause.cause)
    cause = cause.cause;
  return cause;
}
