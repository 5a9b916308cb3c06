import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../random.ts';
import {
  type Broker,
  type BrokerQueue,
  createBroker,
  type Faults,
  type Message,
  SqsError,
} from './sqsBroker.ts';

interface Entry {
  Id: string;
  MessageBody: string;
  DelaySeconds?: number;
  ReceiptHandle: string;
  VisibilityTimeout: number;
}

interface Input extends Entry {
  QueueName: string;
  QueueUrl: string;
  Attributes?: Record<string, string>;
  AttributeNames?: string[];
  Entries: Entry[];
  MaxNumberOfMessages?: number;
  WaitTimeSeconds?: number;
}

type Operation = (input: Input, request: IncomingMessage) => object | Promise<object>;

/** What older servers take. */
const MAX_BATCH_BYTES = 256 * 1024;

class LostReply extends Error {}

export interface SqsDouble {
  endpoint: string;
  faults: Faults;
  /** Makes the broker's clock run ahead. */
  advance(ms: number): void;
  /** The bodies that are in the queue, hidden ones too. */
  bodies(queueName: string): string[];
  /** Stores a body as it is, JSON or not. */
  sendRaw(queueName: string, body: string): void;
  /** Loses all queues, as a server that keeps them in memory does when it is restarted. */
  forgetAll(): void;
  close(): Promise<void>;
}

/** Speaks the JSON protocol of SQS on a port of this machine. The same random numbers give the same faults. */
export async function startSqsDouble(random = seededRandom(1)): Promise<SqsDouble> {
  const faults: Faults = {
    isDown: false,
    duplicates: 0,
    failedEntries: 0,
    lostReplies: 0,
    beforeReply: null,
    maxDelayMs: 0,
    isReordering: false,
  };
  const broker = createBroker(faults, random);
  const operations = operationsOn(broker, faults, random);
  const server = createServer((request, response) => {
    if (faults.isDown) request.socket.destroy();
    else answer(operations, request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Delayed messages become visible with time alone.
  const ticking = setInterval(() => broker.advance(0), 20);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    advance: broker.advance,
    bodies: (name) => broker.find(name).messages.map(({ body }) => body),
    sendRaw: (name, body) => void broker.send(broker.find(name), body),
    forgetAll: () => broker.queues.clear(),
    async close() {
      clearInterval(ticking);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  operations: Record<string, Operation>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    requireSignature(request);
    const operation = operations[String(request.headers['x-amz-target']).split('.')[1] ?? ''];
    if (!operation) throw new SqsError('InvalidAction');
    reply(response, 200, await operation(JSON.parse(Buffer.concat(chunks).toString()), request));
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    response.setHeader('x-amzn-query-error', `${error.queryCode};Sender`);
    reply(response, 400, { __type: `com.amazonaws.sqs#${error.code}`, message: error.code });
  }
}

function requireSignature({ headers }: IncomingMessage) {
  const isSigned = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/sqs\/aws4_request, /;
  if (!isSigned.test(headers.authorization ?? '')) throw new SqsError('MissingAuthenticationToken');
}

function reply(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}

function operationsOn(broker: Broker, faults: Faults, random: () => number): Record<string, Operation> {
  // A host that does not resolve, as servers behind a name of their own give out.
  const urlOf = ({ name }: BrokerQueue) => ({ QueueUrl: `http://sqs.invalid/000000000000/${name}` });
  const at = ({ QueueUrl }: Input) => broker.find(QueueUrl.split('/').at(-1)!);

  async function sendBatch(input: Input) {
    const Successful: object[] = [];
    const Failed: object[] = [];
    const bytes = input.Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
    if (bytes > MAX_BATCH_BYTES)
      throw new SqsError('BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong');
    for (const { Id, MessageBody, DelaySeconds } of input.Entries) {
      if (random() < faults.failedEntries) {
        Failed.push({ Id, Code: 'InternalError', SenderFault: false });
      } else if (/[\uFFFE\uFFFF]/.test(MessageBody)) {
        Failed.push({ Id, Code: 'InvalidMessageContents', SenderFault: true });
      } else {
        const message = broker.send(at(input), MessageBody, DelaySeconds);
        Successful.push({ Id, MessageId: message.id, MD5OfMessageBody: md5(MessageBody) });
      }
    }
    await faults.beforeReply?.();
    if (random() < faults.lostReplies) throw new LostReply();
    return { Successful, Failed };
  }

  return {
    CreateQueue: ({ QueueName, Attributes }) => urlOf(broker.create(QueueName, Attributes)),
    GetQueueUrl: ({ QueueName }) => urlOf(broker.find(QueueName)),
    GetQueueAttributes(input) {
      const all = Object.entries(broker.attributesOf(at(input)));
      return { Attributes: Object.fromEntries(all.filter(([name]) => input.AttributeNames?.includes(name))) };
    },
    SetQueueAttributes(input) {
      Object.assign(at(input).attributes, input.Attributes);
      return {};
    },
    SendMessageBatch: sendBatch,
    DeleteMessage(input) {
      broker.deleteByReceipt(at(input), input.ReceiptHandle);
      return {};
    },
    ChangeMessageVisibility(input) {
      broker.changeVisibility(at(input), input.ReceiptHandle, input.VisibilityTimeout);
      return {};
    },
    async ReceiveMessage(input, request) {
      const messages = await longPoll(broker, at(input), input, request);
      return messages.length > 0 ? { Messages: messages.map(presented) } : {};
    },
  };
}

async function longPoll(broker: Broker, queue: BrokerQueue, input: Input, { socket }: IncomingMessage) {
  const { MaxNumberOfMessages = 1, VisibilityTimeout = 30, WaitTimeSeconds = 0 } = input;
  if (MaxNumberOfMessages < 1 || MaxNumberOfMessages > 10) throw new SqsError('InvalidParameterValue');
  const take = () => broker.take(queue, MaxNumberOfMessages, VisibilityTimeout);
  const atOnce = take();
  if (atOnce.length > 0 || WaitTimeSeconds === 0) return atOnce;
  return new Promise<Message[]>((resolve) => {
    const finish = (messages: Message[]) => {
      clearTimeout(timer);
      queue.waiting.delete(look);
      socket.off('close', leave);
      resolve(messages);
    };
    const look = () => {
      const messages = take();
      if (messages.length > 0) finish(messages);
    };
    const leave = () => finish([]);
    const timer = setTimeout(leave, WaitTimeSeconds * 1000);
    queue.waiting.add(look);
    socket.once('close', leave);
  });
}

const presented = ({ id, body, receipt, receiveCount, sentAt }: Message) => ({
  MessageId: id,
  ReceiptHandle: receipt,
  Body: body,
  MD5OfBody: md5(body),
  Attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(sentAt) },
});

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
