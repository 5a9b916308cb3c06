import type { OutputOf, ProcedureName } from './procedureTypes.ts';
import type {
  MediaInspection,
  ReportSnapshot,
  SignInResult,
  SignUpResult,
  StoryAuthor,
  UserDevice,
} from './router.ts';
import type { SessionState } from './session.ts';
import type { StoreCallbacks } from './stores.ts';

/** @deprecated Use `OutputOf`. Removed in 0.6.0. */
export type AnswerOf<Name extends ProcedureName> = OutputOf<Name>;
/** @deprecated Use `MediaInspection`. Removed in 0.6.0. */
export type Inspection = MediaInspection;
/** @deprecated Use `UserDevice`. Removed in 0.6.0. */
export type PersonDevice = UserDevice;
/** @deprecated Use `SignUpResult`. Removed in 0.6.0. */
export type Registered = SignUpResult;
/** @deprecated Use `SignInResult`. Removed in 0.6.0. */
export type SignedIn = SignInResult;
/** @deprecated Use `SessionState`. Removed in 0.6.0. */
export type SignIn = SessionState;
/** @deprecated Use `ReportSnapshot`. Removed in 0.6.0. */
export type Snapshot = ReportSnapshot;
/** @deprecated Use `StoryAuthor`. Removed in 0.6.0. */
export type Teller = StoryAuthor;
/** @deprecated Use `StoreCallbacks`. Removed in 0.6.0. */
export type TextKeeper = StoreCallbacks;
