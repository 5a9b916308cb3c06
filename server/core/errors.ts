import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';

export interface ErrorKind {
  /** tRPC's class of the error, which decides the HTTP status. */
  kind: TRPC_ERROR_CODE_KEY;
  title: string;
  /** Set where tRPC has no class for the status. */
  status?: number;
}

/** Every error that a client can receive. The codes are stable; the titles may change. */
export const errorCatalogue = {
  invalid_input: { kind: 'BAD_REQUEST', title: 'The request is invalid' },
  invalid_cursor: { kind: 'BAD_REQUEST', title: 'The cursor was not issued by this list' },
  invalid_invite: { kind: 'BAD_REQUEST', title: 'The invite is not valid' },
  self_action: { kind: 'BAD_REQUEST', title: "You can't do this to yourself" },
  media_unusable: { kind: 'BAD_REQUEST', title: "A photo can't be used here" },
  unauthenticated: { kind: 'UNAUTHORIZED', title: 'A valid access token is required' },
  invalid_credentials: { kind: 'UNAUTHORIZED', title: 'Wrong identifier or password' },
  invalid_refresh_token: { kind: 'UNAUTHORIZED', title: 'The refresh token is not valid' },
  account_banned: { kind: 'UNAUTHORIZED', title: 'The account is banned' },
  forbidden: { kind: 'FORBIDDEN', title: 'Not allowed' },
  not_found: { kind: 'NOT_FOUND', title: 'Not found' },
  comments_closed: { kind: 'FORBIDDEN', title: 'The author does not accept comments from you on this post' },
  own_act: { kind: 'FORBIDDEN', title: 'Another operator must decide this' },
  device_blocked: { kind: 'FORBIDDEN', title: "This device can't be used here" },
  invites_frozen: { kind: 'FORBIDDEN', title: 'You are not allowed to send invites' },
  method_not_allowed: { kind: 'METHOD_NOT_SUPPORTED', title: 'The method is not allowed here' },
  conflict: { kind: 'CONFLICT', title: 'The current state does not allow this' },
  handle_taken: { kind: 'CONFLICT', title: 'The handle is already taken' },
  email_taken: { kind: 'CONFLICT', title: 'The email address is already taken' },
  handle_change_limit: {
    kind: 'CONFLICT',
    title: 'The handle has already been changed twice in the last 30 days',
  },
  invite_quota: { kind: 'CONFLICT', title: 'You have no invites left' },
  already_reported: { kind: 'CONFLICT', title: 'You have already reported this' },
  appeal_exists: { kind: 'CONFLICT', title: 'This has already been appealed' },
  appeal_too_late: { kind: 'CONFLICT', title: 'The 30-day deadline for appeals has passed' },
  already_resolved: { kind: 'CONFLICT', title: 'This has already been resolved' },
  media_in_use: { kind: 'CONFLICT', title: 'The photo is in use' },
  taken_down: { kind: 'CONFLICT', title: 'This has been taken down' },
  upload_missing: { kind: 'CONFLICT', title: 'The file has not been uploaded yet' },
  idempotency_running: { kind: 'CONFLICT', title: 'A request with this idempotency key is still running' },
  idempotency_mismatch: {
    kind: 'UNPROCESSABLE_CONTENT',
    title: 'The idempotency key was used for a different request',
  },
  client_too_old: {
    kind: 'PRECONDITION_FAILED',
    status: 426,
    title: 'This version of the client is no longer supported',
  },
  request_timeout: { kind: 'TIMEOUT', title: 'The request took too long to arrive' },
  payload_too_large: { kind: 'PAYLOAD_TOO_LARGE', title: 'The request is too large' },
  unsupported_media_type: { kind: 'UNSUPPORTED_MEDIA_TYPE', title: 'The content type is not supported' },
  rate_limited: { kind: 'TOO_MANY_REQUESTS', title: 'Too many requests' },
  overloaded: { kind: 'SERVICE_UNAVAILABLE', title: 'The server is too busy; try again' },
  unavailable: { kind: 'SERVICE_UNAVAILABLE', title: 'A dependency is unavailable; try again' },
  internal: { kind: 'INTERNAL_SERVER_ERROR', title: 'Something went wrong on our side' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

export interface FieldError {
  /** Path of the field in the input, its parts joined by dots. */
  field: string;
  message: string;
}

/** The state of a rate limit, as sent in the RateLimit headers. */
export interface BudgetState {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

export interface ErrorDetails {
  detail?: string;
  errors?: FieldError[];
  /** Seconds after which the same request can succeed; sent as Retry-After. */
  retryAfterSeconds?: number;
  /** State of the limit that refused the request. */
  budget?: BudgetState;
  /** For the log; no client sees it. */
  cause?: unknown;
}

/** An error that the caller can act on. Anything else that is thrown is a bug. */
export class CielError extends Error {
  override name = 'CielError';
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly budget: BudgetState | undefined;

  constructor(code: ErrorCode, { detail, errors = [], retryAfterSeconds, budget, cause }: ErrorDetails = {}) {
    super(detail ?? errorCatalogue[code].title, cause === undefined ? {} : { cause });
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.budget = budget;
  }
}

export const notFound = () => new CielError('not_found');

/** A 400 that names one field. */
export const badField = (field: string, message: string) => badFields([{ field, message }]);

/** Enough for a person to work on; a request with more invalid fields only gets the first ones named. */
export const MAX_NAMED = 20;
const MAX_NAME = 100;

/** A 400 that names up to `MAX_NAMED` fields. */
export function badFields(all: FieldError[]): CielError {
  const errors = all.slice(0, MAX_NAMED).map(({ field, message }) => ({ field: shortened(field), message }));
  const sentences = errors.map(({ field, message }) => `${field || 'input'}: ${message}`);
  const more = all.length > MAX_NAMED ? ['and more'] : [];
  return new CielError('invalid_input', { detail: [...sentences, ...more].join('; '), errors });
}

const shortened = (name: string) =>
  name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).toWellFormed()}…` : name;
