import { SQSClient } from '@aws-sdk/client-sqs';

export interface SqsOptions {
  /** For a server other than AWS. */
  endpoint?: string | undefined;
  region: string;
  queueName: string;
  /** Unset: the default credential chain of the AWS SDK. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Deliveries before a message is dead, for a queue that does not exist yet. */
  maxReceives?: number;
}

export function connectSqs({ endpoint, region, credentials }: SqsOptions): SQSClient {
  return new SQSClient({
    region,
    ...(credentials ? { credentials } : {}),
    ...(endpoint ? { endpoint } : {}),
  });
}

/** Runs one call with a time limit, and ends it when the signal aborts. */
export async function withDeadline<T>(
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
  timeoutMs = 5000,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = new AbortController();
  const abort = () => deadline.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted) abort();
    return await call({ abortSignal: deadline.signal });
  } catch (error) {
    if (!deadline.signal.aborted || signal?.aborted) throw error;
    throw new Error(`SQS did not respond within ${timeoutMs} ms`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
