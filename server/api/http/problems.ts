import { TRPCError } from '@trpc/server';
import type { FastifyError } from 'fastify';
import { CielError, type ErrorCode, errorCatalogue, type FieldError } from '../../core/errors.ts';
import { problemOf } from '../../core/procedures.ts';
import { statusOf } from '../../core/statuses.ts';

/** The body of every REST error, as RFC 9457 has it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  requestId: string;
  errors?: FieldError[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** What the client may know of a failure; `internal` stands for everything that is not its business. */
export function knownError(error: unknown): CielError {
  if (error instanceof CielError) return error;
  if (error instanceof TRPCError) return problemOf(error);
  return hostError(error as HostError) ?? new CielError('internal');
}

/** Of Fastify, or of what sends its files. */
type HostError = Partial<FastifyError> & { expose?: boolean };

/** Null when the host failed by itself, without the client's doing. What took too long waited for something that is away. */
function hostError({ code, statusCode = 500, expose }: HostError): CielError | null {
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return new CielError('unavailable', { retryAfterSeconds: 1 });
  if (statusCode >= 500) return null;
  if (code === 'ECONNRESET') return new CielError('invalid_input', { detail: 'The body broke off' });
  if (!code?.startsWith('FST_') && !expose) return null;
  if (statusCode === 413) return new CielError('payload_too_large');
  if (statusCode === 415) return new CielError('unsupported_media_type');
  const detail = DETAILS[code ?? ''];
  return new CielError('invalid_input', detail ? { detail } : {});
}

const DETAILS: Record<string, string> = {
  FST_ERR_BAD_URL: 'The URL is not well formed',
  FST_ERR_MAX_PARAM_LENGTH: 'The URL is too long',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says',
};

/** `status` replaces that of the code where HTTP has a more precise one. */
export function problemFor(error: CielError, requestId: string, status = statusOf(error.code)): Problem {
  return {
    type: `/docs/errors#${error.code}`,
    title: errorCatalogue[error.code].title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.errors.length ? { errors: error.errors } : {}),
  };
}

export function problemHeaders(error: CielError): Record<string, string> {
  return {
    'content-type': PROBLEM_TYPE,
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
    ...(statusOf(error.code) === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}
