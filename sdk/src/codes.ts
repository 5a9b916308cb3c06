// Generated from the server by `npm run generate`. Do not edit.
import { type CielErrorClass, errorClass } from './errors.ts';

/** Every error code of the server. */
export type ErrorCode =
  | 'invalid_input'
  | 'invalid_cursor'
  | 'invalid_invite'
  | 'self_action'
  | 'media_unusable'
  | 'unauthenticated'
  | 'invalid_credentials'
  | 'invalid_refresh_token'
  | 'account_banned'
  | 'forbidden'
  | 'not_found'
  | 'comments_closed'
  | 'own_act'
  | 'device_blocked'
  | 'invites_frozen'
  | 'method_not_allowed'
  | 'conflict'
  | 'handle_taken'
  | 'email_taken'
  | 'handle_change_limit'
  | 'invite_quota'
  | 'already_reported'
  | 'appeal_exists'
  | 'appeal_too_late'
  | 'already_resolved'
  | 'media_in_use'
  | 'taken_down'
  | 'upload_missing'
  | 'idempotency_running'
  | 'idempotency_mismatch'
  | 'client_too_old'
  | 'request_timeout'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'overloaded'
  | 'unavailable'
  | 'internal';

/** The request is invalid: 400. */
export const InvalidInputError: CielErrorClass<'invalid_input'> = /* @__PURE__ */ errorClass('invalid_input');
/** The cursor was not issued by this list: 400. */
export const InvalidCursorError: CielErrorClass<'invalid_cursor'> = /* @__PURE__ */ errorClass('invalid_cursor');
/** The invite is not valid: 400. */
export const InvalidInviteError: CielErrorClass<'invalid_invite'> = /* @__PURE__ */ errorClass('invalid_invite');
/** You can't do this to yourself: 400. */
export const SelfActionError: CielErrorClass<'self_action'> = /* @__PURE__ */ errorClass('self_action');
/** A photo can't be used here: 400. */
export const MediaUnusableError: CielErrorClass<'media_unusable'> = /* @__PURE__ */ errorClass('media_unusable');
/** A valid access token is required: 401. */
export const UnauthenticatedError: CielErrorClass<'unauthenticated'> = /* @__PURE__ */ errorClass('unauthenticated');
/** Wrong identifier or password: 401. */
export const InvalidCredentialsError: CielErrorClass<'invalid_credentials'> = /* @__PURE__ */ errorClass('invalid_credentials');
/** The refresh token is not valid: 401. */
export const InvalidRefreshTokenError: CielErrorClass<'invalid_refresh_token'> = /* @__PURE__ */ errorClass('invalid_refresh_token');
/** The account is banned: 401. */
export const AccountBannedError: CielErrorClass<'account_banned'> = /* @__PURE__ */ errorClass('account_banned');
/** Not allowed: 403. */
export const ForbiddenError: CielErrorClass<'forbidden'> = /* @__PURE__ */ errorClass('forbidden');
/** Not found: 404. */
export const NotFoundError: CielErrorClass<'not_found'> = /* @__PURE__ */ errorClass('not_found');
/** The author does not accept comments from you on this post: 403. */
export const CommentsClosedError: CielErrorClass<'comments_closed'> = /* @__PURE__ */ errorClass('comments_closed');
/** Another operator must decide this: 403. */
export const OwnActError: CielErrorClass<'own_act'> = /* @__PURE__ */ errorClass('own_act');
/** This device can't be used here: 403. */
export const DeviceBlockedError: CielErrorClass<'device_blocked'> = /* @__PURE__ */ errorClass('device_blocked');
/** You are not allowed to send invites: 403. */
export const InvitesFrozenError: CielErrorClass<'invites_frozen'> = /* @__PURE__ */ errorClass('invites_frozen');
/** The method is not allowed here: 405. */
export const MethodNotAllowedError: CielErrorClass<'method_not_allowed'> = /* @__PURE__ */ errorClass('method_not_allowed');
/** The current state does not allow this: 409. */
export const ConflictError: CielErrorClass<'conflict'> = /* @__PURE__ */ errorClass('conflict');
/** The handle is already taken: 409. */
export const HandleTakenError: CielErrorClass<'handle_taken'> = /* @__PURE__ */ errorClass('handle_taken');
/** The email address is already taken: 409. */
export const EmailTakenError: CielErrorClass<'email_taken'> = /* @__PURE__ */ errorClass('email_taken');
/** The handle has already been changed twice in the last 30 days: 409. */
export const HandleChangeLimitError: CielErrorClass<'handle_change_limit'> = /* @__PURE__ */ errorClass('handle_change_limit');
/** You have no invites left: 409. */
export const InviteQuotaError: CielErrorClass<'invite_quota'> = /* @__PURE__ */ errorClass('invite_quota');
/** You have already reported this: 409. */
export const AlreadyReportedError: CielErrorClass<'already_reported'> = /* @__PURE__ */ errorClass('already_reported');
/** This has already been appealed: 409. */
export const AppealExistsError: CielErrorClass<'appeal_exists'> = /* @__PURE__ */ errorClass('appeal_exists');
/** The 30-day deadline for appeals has passed: 409. */
export const AppealTooLateError: CielErrorClass<'appeal_too_late'> = /* @__PURE__ */ errorClass('appeal_too_late');
/** This has already been resolved: 409. */
export const AlreadyResolvedError: CielErrorClass<'already_resolved'> = /* @__PURE__ */ errorClass('already_resolved');
/** The photo is in use: 409. */
export const MediaInUseError: CielErrorClass<'media_in_use'> = /* @__PURE__ */ errorClass('media_in_use');
/** This has been taken down: 409. */
export const TakenDownError: CielErrorClass<'taken_down'> = /* @__PURE__ */ errorClass('taken_down');
/** The file has not been uploaded yet: 409. */
export const UploadMissingError: CielErrorClass<'upload_missing'> = /* @__PURE__ */ errorClass('upload_missing');
/** A request with this idempotency key is still running: 409. */
export const IdempotencyRunningError: CielErrorClass<'idempotency_running'> = /* @__PURE__ */ errorClass('idempotency_running');
/** The idempotency key was used for a different request: 422. */
export const IdempotencyMismatchError: CielErrorClass<'idempotency_mismatch'> = /* @__PURE__ */ errorClass('idempotency_mismatch');
/** This version of the client is no longer supported: 426. */
export const ClientTooOldError: CielErrorClass<'client_too_old'> = /* @__PURE__ */ errorClass('client_too_old');
/** The request took too long to arrive: 408. */
export const RequestTimeoutError: CielErrorClass<'request_timeout'> = /* @__PURE__ */ errorClass('request_timeout');
/** The request is too large: 413. */
export const PayloadTooLargeError: CielErrorClass<'payload_too_large'> = /* @__PURE__ */ errorClass('payload_too_large');
/** The content type is not supported: 415. */
export const UnsupportedMediaTypeError: CielErrorClass<'unsupported_media_type'> = /* @__PURE__ */ errorClass('unsupported_media_type');
/** Too many requests: 429. */
export const RateLimitedError: CielErrorClass<'rate_limited'> = /* @__PURE__ */ errorClass('rate_limited');
/** The server is too busy; try again: 503. */
export const OverloadedError: CielErrorClass<'overloaded'> = /* @__PURE__ */ errorClass('overloaded');
/** A dependency is unavailable; try again: 503. */
export const UnavailableError: CielErrorClass<'unavailable'> = /* @__PURE__ */ errorClass('unavailable');
/** Something went wrong on our side: 500. */
export const InternalError: CielErrorClass<'internal'> = /* @__PURE__ */ errorClass('internal');
