import type { ErrorCode } from './codes.ts';

/** One field of the input that was not accepted. */
export interface FieldError {
  /** Path of the field, dots between parts. */
  field: string;
  /** For people. */
  message: string;
}

/** `network`: no answer came, or one that is not the server's. `aborted`: the caller's signal ended it. All others are words of the server. */
export type CielErrorCode = ErrorCode | 'network' | 'aborted';

/** What is known of an error besides its code. */
export interface ErrorDetails {
  status?: number | undefined;
  errors?: FieldError[] | undefined;
  requestId?: string | null | undefined;
  retryAfterSeconds?: number | null | undefined;
  call?: string | null | undefined;
  cause?: unknown;
}

/**
 * Thrown by every call. Tell the kinds apart by `code`, by `isCielError(error, 'handle_taken')`, or by the class of each code.
 * @example
 * try {
 *   await ciel.signUp(form);
 * } catch (error) {
 *   if (error instanceof HandleTakenError) suggestAnother();
 *   else if (isCielError(error, 'invalid_input')) show(error.errors);
 *   else throw error;
 * }
 */
export class CielError<Code extends CielErrorCode = CielErrorCode> extends Error {
  override name = 'CielError';
  /** Stable word for what went wrong. */
  readonly code: Code;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Fields that were not accepted; empty for errors that are not about fields. */
  readonly errors: FieldError[];
  /** For the operators' log; null when no answer came. */
  readonly requestId: string | null;
  /** Seconds after which the same call can succeed; null when unknown. */
  readonly retryAfterSeconds: number | null;
  /** What was called, for example `posts.create`; null when it was no procedure. */
  readonly call: string | null;

  constructor(code: Code, message: string = code, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.errors = details.errors ?? [];
    this.requestId = details.requestId ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.call = details.call ?? null;
  }

  /**
   * What is wrong with one field, for a form; undefined when it was accepted.
   * @example
   * <p role="alert">{error.field('email')}</p>
   */
  field(name: string): string | undefined {
    return this.errors.find(({ field }) => field === name)?.message;
  }
}

/**
 * True for an error of Ciel, and of the given code when one is given.
 * @example
 * if (isCielError(error, 'rate_limited')) wait(error.retryAfterSeconds);
 */
export const isCielError = <Code extends CielErrorCode>(
  error: unknown,
  code?: Code,
): error is CielError<Code> => error instanceof CielError && (code === undefined || error.code === code);

/**
 * The class of one code.
 * @example
 * if (error instanceof HandleTakenError) suggestAnother();
 */
export interface CielErrorClass<Code extends CielErrorCode> {
  new (message?: string, details?: ErrorDetails): CielError<Code>;
  readonly code: Code;
  [Symbol.hasInstance](value: unknown): value is CielError<Code>;
}

/** Every error of the code is an instance, however it was made. */
export const errorClass = <Code extends CielErrorCode>(code: Code): CielErrorClass<Code> =>
  class extends CielError<Code> {
    static readonly code = code;
    static override [Symbol.hasInstance](value: unknown): value is CielError<Code> {
      return isCielError(value, code);
    }
    constructor(message?: string, details?: ErrorDetails) {
      super(code, message, details);
    }
  };

/** No answer came, or one that is not the server's. */
export const NetworkError: CielErrorClass<'network'> = /* @__PURE__ */ errorClass('network');
/** The caller's signal ended the call. */
export const AbortedError: CielErrorClass<'aborted'> = /* @__PURE__ */ errorClass('aborted');

export function toCielError(cause: unknown, details: ErrorDetails = {}): CielError {
  if (cause instanceof CielError) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  return name === 'AbortError'
    ? new CielError('aborted', 'The call was aborted', { ...details, cause })
    : new CielError('network', `No answer from the server: ${why(cause) ?? message}`, { ...details, cause });
}

/** Node says only that fetch has failed, and in its cause why. */
function why(error: unknown): string | undefined {
  const { cause } = (error ?? {}) as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message;
}

/** What the server sends of an error. */
export interface WireError {
  message: string;
  data: {
    code: ErrorCode;
    httpStatus: number;
    path?: string;
    requestId?: string;
    errors?: FieldError[];
    retryAfterSeconds?: number;
  };
}

export const errorOf = ({ message, data }: WireError): CielError =>
  new CielError(data.code, message, { ...data, status: data.httpStatus, call: data.path });
