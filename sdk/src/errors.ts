import { TRPCClientError } from '@trpc/client';
import type { TRPC_ERROR_CODE_NUMBER } from '@trpc/server';
import type { ErrorCode } from './codes.ts';

/** One field of the input that was not accepted. */
export interface FieldError {
  /** Path of the field, dots between parts. */
  field: string;
  message: string;
}

/** The error as the server sends it. */
export interface ErrorShape {
  message: string;
  code: TRPC_ERROR_CODE_NUMBER;
  data: {
    code: ErrorCode;
    httpStatus: number;
    path: string | undefined;
    requestId: string | undefined;
    errors: FieldError[];
    retryAfterSeconds: number | undefined;
  };
}

/** `network`: no answer came. `aborted`: the caller's signal ended it. All others are words of the server. */
export type CielErrorCode = ErrorCode | 'network' | 'aborted';

/**
 * Thrown by every call.
 * @example
 * try {
 *   await ciel.users.register(form);
 * } catch (error) {
 *   if (isCielError(error, 'handle_taken')) suggestAnother();
 *   else throw error;
 * }
 */
export class CielError extends Error {
  override name = 'CielError';
  /** Stable word for what went wrong. */
  readonly code: CielErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Fields that were not accepted; empty for errors that are not about fields. */
  readonly errors: FieldError[];
  /** For the operators' log; null when no answer came. */
  readonly requestId: string | null;
  /** Seconds after which the same call can succeed; null when unknown. */
  readonly retryAfterSeconds: number | null;

  constructor(code: CielErrorCode, message: string, data: Partial<ErrorShape['data']> = {}, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.status = data.httpStatus ?? 0;
    this.errors = data.errors ?? [];
    this.requestId = data.requestId ?? null;
    this.retryAfterSeconds = data.retryAfterSeconds ?? null;
  }
}

/** True for an error of Ciel, and of the given code when one is given. */
export const isCielError = (error: unknown, code?: CielErrorCode): error is CielError =>
  error instanceof CielError && (code === undefined || error.code === code);

export function toCielError(error: unknown): CielError {
  if (error instanceof CielError) return error;
  if (error instanceof TRPCClientError) {
    const data = (error as TRPCClientError<never>).data as ErrorShape['data'] | null | undefined;
    if (data?.code) return new CielError(data.code, error.message, data, error);
    if (isAbort(error.cause) || isAbort(error))
      return new CielError('aborted', 'The call was aborted', {}, error);
    return new CielError('network', `No answer from the server: ${error.message}`, {}, error);
  }
  if (isAbort(error)) return new CielError('aborted', 'The call was aborted', {}, error);
  return new CielError('network', error instanceof Error ? error.message : String(error), {}, error);
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';
