import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { withDeadline } from './sqsConnection.ts';

export interface QueueUrls {
  main: string;
  dead: string;
}

const FOURTEEN_DAYS = { MessageRetentionPeriod: '1209600' };

/**
 * Finds or creates the queue and its dead-letter queue. A queue with a redrive policy keeps it; one without gets a policy, because
 * poison messages would circulate in it for days.
 */
export async function ensureQueues(client: SQSClient, name: string, maxReceives: number): Promise<QueueUrls> {
  const existing = await findQueue(client, name);
  const policy = existing
    ? (await queueAttributes(client, existing, ['RedrivePolicy'])).RedrivePolicy
    : undefined;
  const deadName = policy ? deadNameOf(policy) : `${name}-dead`;
  const dead = (await findQueue(client, deadName)) ?? (await createQueue(client, deadName, FOURTEEN_DAYS));
  if (existing && policy) return { main: existing, dead };
  const { QueueArn: deadLetterTargetArn } = await queueAttributes(client, dead, ['QueueArn']);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: String(maxReceives) });
  if (!existing) return { main: await createQueue(client, name, { ...FOURTEEN_DAYS, RedrivePolicy }), dead };
  await withDeadline((options) =>
    client.send(
      new SetQueueAttributesCommand({ QueueUrl: existing, Attributes: { RedrivePolicy } }),
      options,
    ),
  );
  return { main: existing, dead };
}

async function findQueue(client: SQSClient, name: string): Promise<string | null> {
  try {
    const { QueueUrl } = await withDeadline((options) =>
      client.send(new GetQueueUrlCommand({ QueueName: name }), options),
    );
    return QueueUrl ?? null;
  } catch (error) {
    if (isMissingQueue(error)) return null;
    throw error;
  }
}

export const isMissingQueue = (error: unknown) =>
  error instanceof QueueDoesNotExist ||
  (error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name));

export async function queueAttributes(
  client: SQSClient,
  url: string,
  names: QueueAttributeName[],
  timeoutMs?: number,
): Promise<Partial<Record<string, string>>> {
  const { Attributes } = await withDeadline(
    (options) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names }), options),
    timeoutMs,
  );
  return Attributes ?? {};
}

const deadNameOf = (redrivePolicy: string) =>
  String((JSON.parse(redrivePolicy) as { deadLetterTargetArn: string }).deadLetterTargetArn)
    .split(':')
    .at(-1)!;

async function createQueue(
  client: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<string> {
  const { QueueUrl } = await withDeadline((options) =>
    client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }), options),
  );
  return QueueUrl!;
}
