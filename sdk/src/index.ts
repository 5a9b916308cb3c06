export type { Photograph } from './bytes.ts';
export type { CallOptions, Calls } from './calls.ts';
export { type Ciel, type CielOptions, createCiel, type Registration } from './client.ts';
export * from './codes.ts';
export type * from './deprecated.ts';
export {
  AbortedError,
  CielError,
  type CielErrorClass,
  type CielErrorCode,
  type ErrorDetails,
  type FieldError,
  isCielError,
  NetworkError,
} from './errors.ts';
export type { CielEvent, Events, EventsOptions } from './events.ts';
export type { Deprecation } from './exchange.ts';
export { type FreshImageOptions, freshImage, onFreshImages } from './freshImages.ts';
export { type Image, type ImageType, imageOf, type Picture } from './images.ts';
export type { Pictured } from './imageUrls.ts';
export { addressLimits, userLimits } from './limits.ts';
export { List, type Page } from './lists.ts';
export { createOptimistic, type Optimistic } from './optimistic.ts';
export type { Patch } from './patches.ts';
export type { Fetch, Signal } from './platform.ts';
export type { InputOf, ItemOf, OutputOf, ProcedureName } from './procedureTypes.ts';
export type { RetryOptions } from './retry.ts';
export type * from './router.ts';
export type { Progress } from './sending.ts';
export { SessionManager, type SessionManagerOptions, type SessionState } from './session.ts';
export {
  callbackStore,
  memoryStore,
  type Session,
  type SessionStore,
  type StoreCallbacks,
  type WebStorage,
  webStore,
} from './stores.ts';
export type { Upload, UploadOptions } from './upload.ts';
