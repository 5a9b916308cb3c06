/** One job of a request. */
export interface Enclosed {
  job: unknown;
  /** By which the platform knows its message; null where it sends none. */
  messageId: string | null;
}

export interface Envelope {
  items: Enclosed[];
  /** Whether the response may name the messages that failed, so that only they are delivered again. */
  isBatch: boolean;
}

/**
 * The jobs in the body of a request: a bare job, a message of Pub/Sub's push, the `Records` of an SQS trigger of Lambda, or what
 * EventBridge Pipes sends, which is a record or an array of records or jobs. Null when it is none of them, because a platform deletes
 * what was acknowledged. A job that can't be read is undefined.
 */
export function openEnvelope(body: unknown): Envelope | null {
  if (Array.isArray(body)) return batchOf(body, (item) => recordOf(item) ?? bareJob(item));
  if (!isObject(body)) return null;
  if (Array.isArray(body.Records)) return batchOf(body.Records, recordOf);
  const item = recordOf(body) ?? pushed(body) ?? bareJob(body);
  return item && { items: [item], isBatch: false };
}

function batchOf(items: unknown[], open: (item: unknown) => Enclosed | null): Envelope | null {
  const opened = items.map(open);
  // Without one of them it would be acknowledged with the others.
  if (opened.length === 0 || opened.includes(null)) return null;
  return { items: opened as Enclosed[], isBatch: true };
}

function recordOf(item: unknown): Enclosed | null {
  if (!isObject(item) || item.eventSource !== 'aws:sqs') return null;
  const { messageId, body } = item;
  if (typeof messageId !== 'string' || messageId === '') return null;
  // A pipe may send the body parsed.
  return { messageId, job: typeof body === 'string' ? parsed(body) : body };
}

function pushed({ message, subscription }: Record<string, unknown>): Enclosed | null {
  if (typeof subscription !== 'string' || !isObject(message)) return null;
  const { messageId = null, data } = message;
  if (messageId !== null && typeof messageId !== 'string') return null;
  const text = typeof data === 'string' ? Buffer.from(data, 'base64').toString() : '';
  return { messageId, job: parsed(text) };
}

const bareJob = (item: unknown): Enclosed | null =>
  isObject(item) && typeof item.kind === 'string' ? { messageId: null, job: item } : null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
