import { type BatchResultErrorEntry, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SendFailed } from './queue.ts';
import { withDeadline } from './sqsConnection.ts';

const MAX_BATCH = 10;
/** Older servers accept at most 256 KiB per call. */
const MAX_BATCH_BYTES = 250_000;

interface Entry {
  index: number;
  text: string;
}

/** Sends in batches; throws SendFailed, which names the bodies that may not have been stored. */
export async function sendAll(client: SQSClient, url: string, bodies: unknown[]): Promise<void> {
  const unsent: number[] = [];
  const refused: number[] = [];
  const batches = inBatches(bodies.map((body, index) => ({ index, text: JSON.stringify(body) })));
  for (const [position, batch] of batches.entries()) {
    try {
      for (const failure of await sendBatch(client, url, batch)) {
        (isRefusal(failure.Code) ? refused : unsent).push(Number(failure.Id));
      }
    } catch (cause) {
      if (batch.length === 1 && cause instanceof Error && isRefusal(cause.name)) {
        refused.push(batch[0]!.index);
        continue;
      }
      unsent.push(...batches.slice(position).flatMap((rest) => rest.map(({ index }) => index)));
      throw new SendFailed(unsent, refused, { cause });
    }
  }
  if (unsent.length > 0 || refused.length > 0) throw new SendFailed(unsent, refused);
}

/** Sends a message as it is; throws when it was not stored. */
export async function sendText(client: SQSClient, url: string, text: string): Promise<void> {
  const [failure] = await sendBatch(client, url, [{ index: 0, text }]);
  if (failure) throw new SendFailed([0], []);
}

/** Not by SenderFault, which is also true for throttling. */
const isRefusal = (code = '') => /InvalidMessageContents|InvalidParameterValue|TooLong/.test(code);

function inBatches(entries: Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.text);
    const batch = batches.at(-1);
    if (batch && batch.length < MAX_BATCH && bytes + size <= MAX_BATCH_BYTES) {
      batch.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}

async function sendBatch(client: SQSClient, url: string, batch: Entry[]): Promise<BatchResultErrorEntry[]> {
  const Entries = batch.map(({ index, text }) => ({ Id: String(index), MessageBody: text }));
  const { Failed = [] } = await withDeadline((options) =>
    client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }), options),
  );
  return Failed;
}
