export type { CallOptions, Calls } from './calls.ts';
export { type Ciel, type CielOptions, createCiel, type Registration, type UploadOptions } from './client.ts';
export type { ErrorCode } from './codes.ts';
export { CielError, type CielErrorCode, type FieldError, isCielError } from './errors.ts';
export { addressLimits, userLimits } from './limits.ts';
export { List, type Page } from './lists.ts';
export type { AppRouter } from './router.ts';
export {
  memoryStore,
  type Session,
  SessionManager,
  type SessionStore,
  type WebStorage,
  webStore,
} from './session.ts';
export type { Photograph, Progress } from './upload.ts';
