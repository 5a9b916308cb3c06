import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from './startupError.ts';

const PAUSE_MS = 250;
/** The service responded with an error that no retry will change. */
const FINAL =
  /AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|CredentialsProvider|InvalidClientTokenId/;

interface Service {
  /** As in "cannot use the object store". */
  name: string;
  /** The variables that configure it. */
  variables: string;
  seconds?: number;
}

/** Retries while the service may still be starting; throws StartupError when time is up or the service denies access. */
export async function waitForService(prepare: () => Promise<void>, service: Service): Promise<void> {
  const deadline = Date.now() + (service.seconds ?? 20) * 1000;
  for (;;) {
    try {
      return await prepare();
    } catch (error) {
      const reason = reasonOf(error);
      if (!FINAL.test(reason) && Date.now() + PAUSE_MS < deadline) await sleep(PAUSE_MS);
      else throw new StartupError(`Cannot use ${service.name}: ${reason}. Check ${service.variables}.`);
    }
  }
}

/** A word or two, because the full messages of these clients may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === 403) return 'it rejects the credentials (Forbidden)';
  return typeof code === 'string' ? code : status ? `${error.name} (${status})` : error.name;
}
