import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  MessageNotInflight,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { backoffMs, pause } from './backoff.ts';
import type { DeadLetter } from './dead.ts';
import { type Delivery, MAX_RECEIVES, type Queue, type ReceiveOptions } from './queue.ts';
import { connectSqs, type SqsOptions, withDeadline } from './sqsConnection.ts';
import { takeDeadMessages } from './sqsDead.ts';
import { ensureQueues, isMissingQueue, type QueueUrls, queueAttributes } from './sqsQueues.ts';
import { sendAll, sendText } from './sqsSend.ts';

const LONGEST_WAIT_SECONDS = 20;
const LONGEST_HIDING_SECONDS = 43_200;
const STARTING = { baseMs: 100, factor: 2, maxMs: 2000 };

export interface SqsQueue extends Queue {
  /** Finds or creates the queues, retrying while the server starts. Without this call it happens on first use. */
  prepare(timeoutMs?: number): Promise<void>;
  /** Hands over a few of the dead messages, and removes each when it has been kept; returns how many. */
  takeDead(keep: (letter: DeadLetter) => Promise<void>): Promise<number>;
}

/** Times are whole seconds in SQS, so they are rounded up. A body that is not JSON arrives as undefined. */
export function createSqsQueue(options: SqsOptions): SqsQueue {
  const client = connectSqs(options);
  let finding: Promise<QueueUrls> | null = null;

  function urls(): Promise<QueueUrls> {
    finding ??= ensureQueues(client, options.queueName, options.maxReceives ?? MAX_RECEIVES).catch(
      (error: unknown) => {
        finding = null;
        throw error;
      },
    );
    return finding;
  }

  async function atQueue<T>(work: (urls: QueueUrls) => Promise<T>): Promise<T> {
    try {
      return await work(await urls());
    } catch (error) {
      // A server that keeps its queues in memory loses them when it restarts: the next use creates them again.
      if (isMissingQueue(error) || (error instanceof Error && isMissingQueue(error.cause))) finding = null;
      throw error;
    }
  }

  async function receive({ max, visibilityMs, waitMs, signal }: ReceiveOptions): Promise<Delivery[]> {
    const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(waitMs / 1000));
    try {
      const { Messages = [] } = await atQueue(({ main }) =>
        withDeadline(
          (call) =>
            client.send(
              new ReceiveMessageCommand({
                QueueUrl: main,
                MaxNumberOfMessages: Math.min(10, max),
                VisibilityTimeout: seconds(visibilityMs),
                WaitTimeSeconds: waitSeconds,
                // The new name and the old one: some servers know only one of them.
                MessageSystemAttributeNames: ['ApproximateReceiveCount'],
                AttributeNames: ['ApproximateReceiveCount' as never],
              }),
              call,
            ),
          waitSeconds * 1000 + 5000,
          signal,
        ),
      );
      return Messages.map(deliveryOf);
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  const hide = (delivery: Delivery, ms: number) =>
    unlessStale(() =>
      atQueue(({ main }) =>
        withDeadline((call) =>
          client.send(
            new ChangeMessageVisibilityCommand({
              QueueUrl: main,
              ReceiptHandle: delivery.receipt,
              VisibilityTimeout: seconds(ms),
            }),
            call,
          ),
        ),
      ),
    );

  const ping = () =>
    atQueue(async ({ main }) => void (await queueAttributes(client, main, ['QueueArn'], 2000)));

  return {
    async prepare(timeoutMs = 20_000) {
      const deadline = AbortSignal.timeout(timeoutMs);
      for (let attempt = 1; ; attempt++) {
        try {
          return void (await urls());
        } catch (error) {
          if (deadline.aborted) throw error;
          await pause(backoffMs(attempt, STARTING), deadline);
        }
      }
    },
    takeDead: (keep) => atQueue(({ dead }) => takeDeadMessages(client, dead, keep)),
    send: (bodies) => atQueue(({ main }) => sendAll(client, main, bodies)),
    receive,
    ack: (delivery) =>
      unlessStale(() =>
        atQueue(({ main }) =>
          withDeadline((call) =>
            client.send(new DeleteMessageCommand({ QueueUrl: main, ReceiptHandle: delivery.receipt }), call),
          ),
        ),
      ),
    extend: hide,
    release: hide,
    // First there, then away from here: a crash in between leaves it in both.
    bury: (delivery) =>
      unlessStale(() =>
        atQueue(async ({ main, dead }) => {
          await sendText(client, dead, delivery.text ?? JSON.stringify(delivery.body));
          await withDeadline((call) =>
            client.send(new DeleteMessageCommand({ QueueUrl: main, ReceiptHandle: delivery.receipt }), call),
          );
        }),
      ),
    async depth() {
      const [main, dead] = await atQueue((queues) =>
        Promise.all([
          queueAttributes(client, queues.main, [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
          ]),
          queueAttributes(client, queues.dead, ['ApproximateNumberOfMessages']),
        ]),
      );
      return {
        ready: Number(main.ApproximateNumberOfMessages),
        inFlight: Number(main.ApproximateNumberOfMessagesNotVisible),
        dead: Number(dead.ApproximateNumberOfMessages),
      };
    },
    ping,
    async close() {
      client.destroy();
    },
  };
}

const seconds = (ms: number) => Math.min(LONGEST_HIDING_SECONDS, Math.ceil(ms / 1000));

function deliveryOf({ MessageId, ReceiptHandle, Body, Attributes }: Message): Delivery {
  return {
    id: MessageId!,
    receipt: ReceiptHandle!,
    body: parsed(Body ?? ''),
    text: Body ?? '',
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function unlessStale(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (isStaleReceipt(error)) return false;
    throw error;
  }
}

/** AWS returns InvalidParameterValue for an expired receipt. */
const isStaleReceipt = (error: unknown) =>
  error instanceof ReceiptHandleIsInvalid ||
  error instanceof MessageNotInflight ||
  (error instanceof Error && error.name === 'InvalidParameterValue' && /receipt/i.test(error.message));
