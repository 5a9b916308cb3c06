import type { LimitName } from './limits.ts';

/** When a ban without an end ends. */
export const FOR_EVER = new Date('9999-12-31T00:00:00.000Z');

export interface Viewer {
  id: string;
  handle: string;
  trustLevel: number;
  isPrivate: boolean;
  /** Null for scripts. */
  sessionId: string | null;
  /** Only while they are banned: their session is good for what is declared `whileBanned`. `FOR_EVER` without an end. */
  bannedUntil?: Date;
}

/** What a procedure may ask of the request that called it; HTTP and scripts each have their own. */
export interface Context {
  requestId: string;
  /** Client address without port; null for scripts. */
  address: string | null;
  /** What a person knows the client by: `Firefox on Linux`, or what it calls itself in its User-Agent. */
  deviceName: string;
  /** Null when no token was sent; throws `unauthenticated` when one was sent that is not valid. */
  authenticate(): Promise<Viewer | null>;
  /** As the session stands now, for streams that outlast it. */
  authenticateAgain(): Promise<Viewer | null>;
  /** Name of the acting operator; throws `forbidden` without the admin token. */
  requireAdmin(): string;
  /** Throws `rate_limited`. */
  spend(limit: LimitName, viewer: Viewer | null): Promise<void>;
  /** Runs a write once for the request's Idempotency-Key; without one, simply runs it. */
  once<T>(viewer: Viewer, procedure: string, input: unknown, run: () => Promise<T>): Promise<T>;
  setHeader(name: string, value: string): void;
}

/** The context of an internal script: acts as the viewer, or as the system, and spends no budget. */
export function scriptContext(viewer: Viewer | null, actor = 'script'): Context {
  return {
    requestId: `script-${crypto.randomUUID()}`,
    address: null,
    deviceName: actor,
    authenticate: async () => viewer,
    authenticateAgain: async () => viewer,
    requireAdmin: () => actor,
    spend: async () => {},
    once: (_viewer, _procedure, _input, run) => run(),
    setHeader: () => {},
  };
}
