import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';

export interface ErrorKind {
  /** tRPC's word for the class of error; the HTTP status follows from it. */
  kind: TRPC_ERROR_CODE_KEY;
  title: string;
  /** Where tRPC has no word for it. */
  status?: number;
}

/** Every error a client can meet. The words are stable; texts may change. */
export const errorCatalogue = {
  invalid_input: { kind: 'BAD_REQUEST', title: 'Something in the request is not as it must be' },
  invalid_cursor: { kind: 'BAD_REQUEST', title: 'The cursor is not one that this list gave' },
  invalid_invite: { kind: 'BAD_REQUEST', title: 'The invite is not valid' },
  self_action: { kind: 'BAD_REQUEST', title: 'Nobody can do this to themselves' },
  media_unusable: { kind: 'BAD_REQUEST', title: 'A photograph can not be used here' },
  unauthenticated: { kind: 'UNAUTHORIZED', title: 'A valid access token is needed' },
  invalid_credentials: { kind: 'UNAUTHORIZED', title: 'Wrong identifier or password' },
  invalid_refresh_token: { kind: 'UNAUTHORIZED', title: 'The refresh token is not valid' },
  account_banned: { kind: 'UNAUTHORIZED', title: 'The account is banned' },
  forbidden: { kind: 'FORBIDDEN', title: 'Not allowed' },
  not_found: { kind: 'NOT_FOUND', title: 'There is no such thing' },
  comments_closed: { kind: 'FORBIDDEN', title: 'The author takes no comments from you here' },
  own_act: { kind: 'FORBIDDEN', title: 'Somebody else has to decide on this' },
  device_blocked: { kind: 'FORBIDDEN', title: 'This device can not be used here' },
  invites_frozen: { kind: 'FORBIDDEN', title: 'This person may not invite' },
  method_not_allowed: { kind: 'METHOD_NOT_SUPPORTED', title: 'The method is not allowed here' },
  conflict: { kind: 'CONFLICT', title: 'The state of things does not allow this' },
  handle_taken: { kind: 'CONFLICT', title: 'The handle is taken' },
  email_taken: { kind: 'CONFLICT', title: 'The e-mail address is taken' },
  handle_change_limit: { kind: 'CONFLICT', title: 'The handle was changed twice in 30 days' },
  invite_quota: { kind: 'CONFLICT', title: 'No invites are left' },
  already_reported: { kind: 'CONFLICT', title: 'You have reported this before' },
  appeal_exists: { kind: 'CONFLICT', title: 'There is an appeal against this already' },
  appeal_too_late: { kind: 'CONFLICT', title: 'An appeal is possible for 30 days' },
  already_resolved: { kind: 'CONFLICT', title: 'This is resolved already' },
  media_in_use: { kind: 'CONFLICT', title: 'The photograph is in use' },
  upload_missing: { kind: 'CONFLICT', title: 'The bytes have not been uploaded' },
  idempotency_running: { kind: 'CONFLICT', title: 'A request with this key is still running' },
  idempotency_mismatch: { kind: 'UNPROCESSABLE_CONTENT', title: 'The key was used for another request' },
  client_too_old: {
    kind: 'PRECONDITION_FAILED',
    status: 426,
    title: 'This version of the client is not answered any more',
  },
  request_timeout: { kind: 'TIMEOUT', title: 'The request took too long to arrive' },
  payload_too_large: { kind: 'PAYLOAD_TOO_LARGE', title: 'Too large' },
  unsupported_media_type: { kind: 'UNSUPPORTED_MEDIA_TYPE', title: 'The content type is not supported' },
  rate_limited: { kind: 'TOO_MANY_REQUESTS', title: 'Too many requests' },
  overloaded: { kind: 'SERVICE_UNAVAILABLE', title: 'Too busy, try again' },
  unavailable: { kind: 'SERVICE_UNAVAILABLE', title: 'Something that Ciel needs is away, try again' },
  internal: { kind: 'INTERNAL_SERVER_ERROR', title: 'Something went wrong on our side' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

export interface FieldError {
  /** Path of the field in the input, dots between parts. */
  field: string;
  message: string;
}

/** Where a rate limit stands, as the RateLimit headers say it. */
export interface BudgetState {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

export interface ErrorDetails {
  detail?: string;
  errors?: FieldError[];
  /** Seconds after which the same request can succeed; becomes Retry-After. */
  retryAfterSeconds?: number;
  /** Of the limit that refused. */
  budget?: BudgetState;
}

/** What a caller can act on. Anything else that is thrown is a bug. */
export class CielError extends Error {
  override name = 'CielError';
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly budget: BudgetState | undefined;

  constructor(code: ErrorCode, { detail, errors = [], retryAfterSeconds, budget }: ErrorDetails = {}) {
    super(detail ?? errorCatalogue[code].title);
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.budget = budget;
  }
}

export const notFound = () => new CielError('not_found');

/** A 400 that names one field. */
export const badField = (field: string, message: string) => badFields([{ field, message }]);

/** So many are named: who sends more bad fields than that does not read what is said of the rest. */
export const MAX_NAMED = 20;
const MAX_NAME = 100;

/** A 400 that names the fields, the first of them when they are many. */
export function badFields(all: FieldError[]): CielError {
  const errors = all.slice(0, MAX_NAMED).map(({ field, message }) => ({ field: shortened(field), message }));
  const sentences = errors.map(({ field, message }) => `${field || 'input'}: ${message}`);
  const more = all.length > MAX_NAMED ? ['and more'] : [];
  return new CielError('invalid_input', { detail: [...sentences, ...more].join('; '), errors });
}

const shortened = (name: string) =>
  name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).toWellFormed()}…` : name;
