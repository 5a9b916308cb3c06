import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { withDeadline } from './sqsConnection.ts';
import type { QueueUrls } from './sqsQueues.ts';
import { sendAll } from './sqsSend.ts';

const AT_ONCE = 10;
const HIDDEN_SECONDS = 60;

/**
 * Sends the dead messages again, each with all its attempts; returns how many. If interrupted, it leaves a message in both queues
 * rather than in neither. Messages that are not JSON stay: no retry can help them.
 */
export async function replayDeadMessages(
  client: SQSClient,
  { main, dead }: QueueUrls,
  onReplayed: (soFar: number) => void,
): Promise<number> {
  let replayed = 0;
  for (;;) {
    const messages = await receive(client, dead);
    if (messages.length === 0) return replayed;
    const readable = messages.filter(({ Body }) => isJson(Body ?? ''));
    await sendAll(
      client,
      main,
      readable.map(({ Body }) => JSON.parse(Body!)),
    );
    for (const { ReceiptHandle } of readable)
      await withDeadline((options) =>
        client.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle }), options),
      );
    replayed += readable.length;
    onReplayed(replayed);
  }
}

async function receive(client: SQSClient, QueueUrl: string): Promise<Message[]> {
  const { Messages = [] } = await withDeadline((options) =>
    client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: AT_ONCE,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 0,
      }),
      options,
    ),
  );
  return Messages;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
