import { type CielError, type ErrorCode, errorCatalogue, type FieldError } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';

/** The body of every REST error (RFC 9457). */
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
