import { setTimeout as sleep } from 'node:timers/promises';
import { StartupProblem } from './startupError.ts';

const PAUSE_MS = 250;
/** The service answered, and what it said will not change by asking again. */
const FINAL =
  /AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|CredentialsProvider|InvalidClientTokenId/;

interface Service {
  /** As in "cannot use the object store". */
  name: string;
  /** The variables that say where it is. */
  variables: string;
  seconds?: number;
}

/** Tries again while the service may still be starting; throws StartupProblem when time is up, or when it refuses us. */
export async function firstContact(prepare: () => Promise<void>, service: Service): Promise<void> {
  const deadline = Date.now() + (service.seconds ?? 20) * 1000;
  for (;;) {
    try {
      return await prepare();
    } catch (error) {
      const reason = reasonOf(error);
      if (!FINAL.test(reason) && Date.now() + PAUSE_MS < deadline) await sleep(PAUSE_MS);
      else throw new StartupProblem(`Cannot use ${service.name}: ${reason}. Check ${service.variables}.`);
    }
  }
}

/** A word or two: whole messages of these clients may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === 403) return 'it refuses the credentials (Forbidden)';
  return typeof code === 'string' ? code : status ? `${error.name} (${status})` : error.name;
}
