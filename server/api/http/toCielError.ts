import { TRPCError } from '@trpc/server';
import type { FastifyError } from 'fastify';
import { CielError } from '../../core/errors.ts';
import { problemOf } from '../../core/procedures.ts';

/** What the client may know about a failure; everything else becomes `internal`. */
export function toCielError(error: unknown): CielError {
  if (error instanceof CielError) return error;
  if (error instanceof TRPCError) return problemOf(error);
  return frameworkError(error as FrameworkError) ?? new CielError('internal');
}

/** An error of Fastify or of its plugin for static files. */
type FrameworkError = Partial<FastifyError> & { expose?: boolean };

/** Null when the client is not at fault. A handler that timed out was waiting for an unavailable dependency. */
function frameworkError(error: FrameworkError): CielError | null {
  const { code, statusCode = 500, expose } = error;
  if (code === 'FST_ERR_HANDLER_TIMEOUT')
    return new CielError('unavailable', { retryAfterSeconds: 1, cause: error });
  if (statusCode >= 500) return null;
  if (code === 'ECONNRESET') return new CielError('invalid_input', { detail: 'The body was cut off' });
  if (!code?.startsWith('FST_') && !expose) return null;
  if (statusCode === 413) return new CielError('payload_too_large');
  if (statusCode === 415) return new CielError('unsupported_media_type');
  const detail = DETAILS[code ?? ''];
  return new CielError('invalid_input', detail ? { detail } : {});
}

const DETAILS: Record<string, string> = {
  FST_ERR_BAD_URL: 'The URL is malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'The URL is too long',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The length of the body does not match Content-Length',
};
