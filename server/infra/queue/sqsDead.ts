import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead.ts';
import { withDeadline } from './sqsConnection.ts';

const AT_ONCE = 10;
const HIDDEN_SECONDS = 60;

/**
 * Hands over a few messages of the dead-letter queue, and removes each when it has been kept; returns how many. If interrupted, it
 * leaves a message in both places rather than in neither.
 */
export async function takeDeadMessages(
  client: SQSClient,
  QueueUrl: string,
  keep: (letter: DeadLetter) => Promise<void>,
): Promise<number> {
  const { Messages = [] } = await withDeadline((options) =>
    client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: AT_ONCE,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        AttributeNames: ['ApproximateReceiveCount' as never],
      }),
      options,
    ),
  );
  for (const { MessageId, Body = '', Attributes, ReceiptHandle } of Messages) {
    // Receiving it here counted as well.
    const receiveCount = Math.max(0, Number(Attributes?.ApproximateReceiveCount ?? 1) - 1);
    await keep({ id: MessageId!, text: Body, receiveCount });
    await withDeadline((options) =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }), options),
    );
  }
  return Messages.length;
}
