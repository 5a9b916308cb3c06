import { randomBytes, randomUUID } from 'node:crypto';

export interface Message {
  id: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  receipt: string | null;
}

export interface BrokerQueue {
  name: string;
  attributes: Record<string, string>;
  messages: Message[];
  /** Long polls, woken when something may have become visible. */
  waiting: Set<() => void>;
}

export interface Faults {
  /** Connections are reset. */
  isDown: boolean;
  /** Chance that a delivered message comes once more, even after it was deleted. */
  duplicates: number;
  /** Chance that an entry of a batch is not stored, and reported as failed. */
  failedEntries: number;
  /** Chance that a batch is stored and the connection breaks before the response. */
  lostReplies: number;
  /** Awaited after a batch is stored and before the response. */
  beforeReply: (() => Promise<void>) | null;
  /** New messages become visible after a random time up to this. */
  maxDelayMs: number;
  isReordering: boolean;
}

export class SqsError extends Error {
  readonly code: string;
  readonly queryCode: string;

  constructor(code: string, queryCode = code) {
    super(code);
    this.code = code;
    this.queryCode = queryCode;
  }
}

/** What SQS does with messages, in memory, with a clock that can be put forward. */
export function createBroker(faults: Faults, random: () => number) {
  const queues = new Map<string, BrokerQueue>();
  let ahead = 0;
  const now = () => Date.now() + ahead;

  const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

  function find(name: string): BrokerQueue {
    const queue = queues.get(name);
    if (!queue) throw new SqsError('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue');
    return queue;
  }

  function create(name: string, attributes: Record<string, string> = {}): BrokerQueue {
    const existing = queues.get(name);
    if (existing) return existing;
    const queue = { name, attributes, messages: [], waiting: new Set<() => void>() };
    queues.set(name, queue);
    return queue;
  }

  function send(queue: BrokerQueue, body: string, delaySeconds = 0): Message {
    const visibleAt = now() + delaySeconds * 1000 + random() * faults.maxDelayMs;
    const message = { id: randomUUID(), body, sentAt: now(), visibleAt, receiveCount: 0, receipt: null };
    queue.messages.push(message);
    wake(queue);
    return message;
  }

  function wake(queue: BrokerQueue) {
    for (const look of [...queue.waiting]) look();
  }

  const isVisible = (message: Message) => message.visibleAt <= now();

  /** Copies, each with the receipt of this delivery. */
  function take(queue: BrokerQueue, max: number, visibilitySeconds: number): Message[] {
    const visible = queue.messages.filter(isVisible);
    if (faults.isReordering) visible.sort(() => random() - 0.5);
    const taken: Message[] = [];
    for (const message of visible) {
      if (taken.length === max) break;
      if (isExhausted(queue, message)) {
        putAside(queue, message);
        continue;
      }
      message.receiveCount++;
      message.receipt = randomBytes(24).toString('base64');
      message.visibleAt = now() + visibilitySeconds * 1000;
      taken.push({ ...message });
      if (random() < faults.duplicates) queue.messages.push({ ...message, receipt: null, visibleAt: now() });
    }
    return taken;
  }

  const redriveOf = ({ attributes }: BrokerQueue) =>
    attributes.RedrivePolicy
      ? (JSON.parse(attributes.RedrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount: string })
      : null;

  const isExhausted = (queue: BrokerQueue, { receiveCount }: Message) =>
    receiveCount >= Number(redriveOf(queue)?.maxReceiveCount ?? Number.POSITIVE_INFINITY);

  function putAside(queue: BrokerQueue, message: Message) {
    remove(queue, message);
    const dead = queues.get(redriveOf(queue)!.deadLetterTargetArn.split(':').at(-1)!);
    dead?.messages.push({ ...message, visibleAt: now(), receipt: null });
  }

  function remove(queue: BrokerQueue, message: Message) {
    queue.messages.splice(queue.messages.indexOf(message), 1);
  }

  /** As in SQS, an old receipt is no error and deletes nothing. */
  function deleteByReceipt(queue: BrokerQueue, receipt: string) {
    const message = queue.messages.find((candidate) => candidate.receipt === receipt);
    if (message) remove(queue, message);
  }

  function changeVisibility(queue: BrokerQueue, receipt: string, seconds: number) {
    const message = queue.messages.find((candidate) => candidate.receipt === receipt);
    if (!message) throw new SqsError('ReceiptHandleIsInvalid');
    if (isVisible(message))
      throw new SqsError('MessageNotInflight', 'AWS.SimpleQueueService.MessageNotInflight');
    message.visibleAt = now() + seconds * 1000;
    wake(queue);
  }

  function attributesOf(queue: BrokerQueue): Record<string, string> {
    const hidden = queue.messages.filter((message) => !isVisible(message));
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0);
    return {
      ...queue.attributes,
      QueueArn: arnOf(queue.name),
      ApproximateNumberOfMessages: String(queue.messages.length - hidden.length),
      ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
      ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
    };
  }

  return {
    queues,
    find,
    create,
    send,
    take,
    wake,
    deleteByReceipt,
    changeVisibility,
    attributesOf,
    advance(ms: number) {
      ahead += ms;
      for (const queue of queues.values()) wake(queue);
    },
  };
}

export type Broker = ReturnType<typeof createBroker>;
