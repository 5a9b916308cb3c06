import type { ErrorCode } from './codes.ts';

/** One input field that was rejected. */
export interface FieldError {
  /** Path of the field, with dots between its parts. */
  field: string;
  /** Text for the user. */
  message: string;
}

/**
 * `network`: no response, or one that isn't from a Ciel server. `aborted`: by the caller's signal. All others come from the
 * server.
 */
export type CielErrorCode = ErrorCode | 'network' | 'aborted';

/** Everything known about an error apart from its code. */
export interface ErrorDetails {
  status?: number | undefined;
  errors?: FieldError[] | undefined;
  requestId?: string | null | undefined;
  retryAfterSeconds?: number | null | undefined;
  call?: string | null | undefined;
  cause?: unknown;
}

/**
 * The error that every failed call rejects with. Tell errors apart by `code`, with `isCielError(error, 'handle_taken')`, or by
 * the class of each code.
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
  /** A stable identifier for what went wrong. */
  readonly code: Code;
  /** HTTP status; 0 when there was no response. */
  readonly status: number;
  /** The fields that were rejected; empty for errors that aren't about fields. */
  readonly errors: FieldError[];
  /** Identifies the request in the server's logs; null when there was no response. */
  readonly requestId: string | null;
  /** Seconds until the same call can succeed; null when unknown. */
  readonly retryAfterSeconds: number | null;
  /** The procedure that was called, such as `posts.create`; null when it wasn't a procedure. */
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
   * What is wrong with one field, to show in a form; undefined when the field was accepted.
   * @example
   * <p role="alert">{error.field('email')}</p>
   */
  field(name: string): string | undefined {
    return this.errors.find(({ field }) => field === name)?.message;
  }
}

/**
 * Whether this is a `CielError`, with this code if one is given.
 * @example
 * if (isCielError(error, 'rate_limited')) wait(error.retryAfterSeconds);
 */
export const isCielError = <Code extends CielErrorCode>(
  error: unknown,
  code?: Code,
): error is CielError<Code> => error instanceof CielError && (code === undefined || error.code === code);

/**
 * The error class of one code.
 * @example
 * if (error instanceof HandleTakenError) suggestAnother();
 */
export interface CielErrorClass<Code extends CielErrorCode> {
  new (message?: string, details?: ErrorDetails): CielError<Code>;
  readonly code: Code;
  [Symbol.hasInstance](value: unknown): value is CielError<Code>;
}

/** `instanceof` compares codes, so every `CielError` with the code is an instance. */
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

/** There was no response, or one that isn't from a Ciel server. */
export const NetworkError: CielErrorClass<'network'> = /* @__PURE__ */ errorClass('network');
/** The caller's signal aborted the call. */
export const AbortedError: CielErrorClass<'aborted'> = /* @__PURE__ */ errorClass('aborted');

export function toCielError(cause: unknown, details: ErrorDetails = {}): CielError {
  if (cause instanceof CielError) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  return name === 'AbortError'
    ? new CielError('aborted', 'The call was aborted', { ...details, cause })
    : new CielError('network', `No answer from the server: ${why(cause) ?? message}`, { ...details, cause });
}

/** Node's `fetch failed` says why only in its cause. */
function why(error: unknown): string | undefined {
  const { cause } = (error ?? {}) as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message;
}

/** An error as the server sends it. */
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
