import type { Log } from './log/log.ts';
import { backoffMs, pause } from './queue/backoff.ts';
import { StartupError } from './startupError.ts';

/** What takes longer is taken for silence. The attempt goes on meanwhile; another one beside it does no harm. */
const ATTEMPT_MS = 5_000;
const RETRY = { baseMs: 250, factor: 2, maxMs: 5_000 };
/** The service responded with an error that no retry will change. */
const REFUSED =
  /AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|CredentialsProvider|InvalidClientTokenId/;

interface Service {
  /** As in "cannot use the object store". */
  name: string;
  /** The variables that configure it. */
  variables: string;
  log: Log;
}

interface Prepared {
  /** Resolves once the service is prepared; never rejects. */
  ready: Promise<void>;
  /** Ends the attempts. */
  close(): Promise<void>;
}

/**
 * Tries once to prepare a service. Throws StartupError when it refuses access; when it can't be reached, the process starts without
 * it and goes on trying.
 */
export async function prepareService(
  prepare: () => Promise<void>,
  { name, variables, log }: Service,
): Promise<Prepared> {
  const stopping = new AbortController();
  const close = async () => stopping.abort();
  const reason = await attempt(prepare);
  if (reason === null) return { ready: Promise.resolve(), close };
  if (REFUSED.test(reason)) throw new StartupError(`Cannot use ${name}: ${reason}. Check ${variables}.`);
  log.warn({ reason }, `cannot use ${name}, so Ciel starts without it: check ${variables}`);
  return { ready: untilPrepared(), close };

  async function untilPrepared() {
    for (let told = reason, failures = 1; ; failures++) {
      await pause(backoffMs(failures, RETRY), stopping.signal);
      if (stopping.signal.aborted) return new Promise<void>(() => {});
      const next = await attempt(prepare);
      if (next === null) return log.info({ failures }, `${name} is ready`);
      if (next !== told) log.warn({ reason: next }, `cannot use ${name}: check ${variables}`);
      told = next;
    }
  }
}

/** Null, or why the service could not be prepared. */
async function attempt(prepare: () => Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, ATTEMPT_MS, 'it does not respond');
  });
  const outcome = prepare().then(() => null, reasonOf);
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

/** A word or two, because the full messages of these clients may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === 403) return 'it rejects the credentials (Forbidden)';
  return typeof code === 'string' ? code : status ? `${error.name} (${status})` : error.name;
}
