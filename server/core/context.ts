import type { LimitName } from './limits.ts';

/** The end of a ban that has no end. */
export const FOR_EVER = new Date('9999-12-31T00:00:00.000Z');

export interface Viewer {
  id: string;
  handle: string;
  trustLevel: number;
  isPrivate: boolean;
  /** Null for scripts. */
  sessionId: string | null;
  /**
   * Set only while the user is banned; their session then reaches only procedures declared `whileBanned`. `FOR_EVER`
   * when the ban has no end.
   */
  bannedUntil?: Date;
}

/** What a procedure may ask of the request that called it. HTTP and scripts each provide one. */
export interface Context {
  requestId: string;
  /** Client address without the port; null for scripts. */
  address: string | null;
  /** A name for the client that its user recognises: `Firefox on Linux`, or what it calls itself in its User-Agent. */
  deviceName: string;
  /** Null when no token was sent; throws `unauthenticated` for an invalid one. */
  authenticate(): Promise<Viewer | null>;
  /** Reads the session again, for streams that outlive it. */
  authenticateAgain(): Promise<Viewer | null>;
  /** Name of the acting operator; throws `forbidden` without the admin token. */
  requireAdmin(): string;
  /** Throws `rate_limited`. */
  spend(limit: LimitName, viewer: Viewer | null): Promise<void>;
  /** Runs a write once for each Idempotency-Key; without a key, just runs it. */
  once<T>(viewer: Viewer, procedure: string, input: unknown, run: () => Promise<T>): Promise<T>;
  setHeader(name: string, value: string): void;
}

/** The context of an internal script: acts as the viewer, or as the system when that is null, and spends no budget. */
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
