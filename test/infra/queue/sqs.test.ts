import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SendFailed } from '../../../server/infra/queue/queue.ts';
import { withDeadline } from '../../../server/infra/queue/sqsConnection.ts';
import { connectSqsTo, openSqs, receiveNow, type TestSqs } from '../../support/queues.ts';

let sqs: TestSqs;

beforeAll(async () => {
  sqs = await openSqs();
});
afterAll(() => sqs?.close());

const count = (n: number) => ({ kind: 'count', n });
const failureOf = (sending: Promise<void>) =>
  sending.then(
    () => null,
    (error: unknown) => error,
  );

describe('the queue at its start', () => {
  const client = () =>
    new SQSClient({
      endpoint: sqs.double.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      useQueueUrlAsEndpoint: false,
    });
  const policyOf = async (name: string) => {
    const QueueUrl = `${sqs.double.endpoint}/000000000000/${name}`;
    const { Attributes } = await client().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    return JSON.parse(Attributes!.RedrivePolicy!);
  };

  it('is created together with its dead-letter queue', async () => {
    await connectSqsTo(sqs.double.endpoint, 'fresh').prepare();
    expect(await policyOf('fresh')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:fresh-dead',
      maxReceiveCount: '5',
    });
  });

  it('gets a redrive policy when it has none', async () => {
    await client().send(new CreateQueueCommand({ QueueName: 'bare' }));
    await connectSqsTo(sqs.double.endpoint, 'bare').prepare();
    expect(await policyOf('bare')).toMatchObject({ maxReceiveCount: '5' });
  });

  it('keeps the redrive policy of the operator', async () => {
    await client().send(new CreateQueueCommand({ QueueName: 'graveyard' }));
    const { QueueUrl } = await client().send(new CreateQueueCommand({ QueueName: 'kept' }));
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:graveyard',
      maxReceiveCount: '2',
    });
    await client().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
    const queue = connectSqsTo(sqs.double.endpoint, 'kept');
    await queue.prepare();
    expect(await policyOf('kept')).toEqual(JSON.parse(RedrivePolicy));
    sqs.double.sendRaw('graveyard', '{}');
    expect(await queue.depth()).toEqual({ ready: 0, inFlight: 0, dead: 1 });
  });

  it('is waited for while the server starts', async () => {
    sqs.double.faults.isDown = true;
    const prepared = connectSqsTo(sqs.double.endpoint, 'late').prepare();
    setTimeout(() => {
      sqs.double.faults.isDown = false;
    }, 1000);
    await prepared;
    expect(sqs.double.bodies('late')).toEqual([]);
  });

  it('is given up on when the server does not come', async () => {
    sqs.double.faults.isDown = true;
    await expect(connectSqsTo(sqs.double.endpoint, 'never').prepare(100)).rejects.toThrow();
    await expect(sqs.queue.ping()).rejects.toThrow();
    sqs.double.faults.isDown = false;
  });
});

it('creates its queues again when the server has lost them', async () => {
  sqs.double.forgetAll();
  await expect(sqs.queue.send([count(1)])).rejects.toThrow(SendFailed);
  await sqs.queue.send([count(2)]);
  expect(sqs.double.bodies(sqs.name)).toEqual([JSON.stringify(count(2))]);
  for (const delivery of await receiveNow(sqs.queue)) await sqs.queue.ack(delivery);
});

it('delivers messages that are not JSON with an undefined body', async () => {
  sqs.double.sendRaw(sqs.name, '{"kind": "media.pro');
  const [delivery] = await receiveNow(sqs.queue);
  expect(delivery).toMatchObject({ body: undefined, receiveCount: 1 });
  await sqs.queue.ack(delivery!);
});

describe('sending', () => {
  it('tells which messages of a batch were not stored', async () => {
    sqs.double.faults.failedEntries = 0.5;
    const bodies = Array.from({ length: 35 }, (_, n) => count(n));
    const failed = await failureOf(sqs.queue.send(bodies));
    sqs.double.faults.failedEntries = 0;
    expect(failed).toBeInstanceOf(SendFailed);
    const { unsent, refused } = failed as SendFailed;
    expect(refused).toEqual([]);
    const stored = bodies.filter((_, index) => !unsent.includes(index)).map((body) => JSON.stringify(body));
    expect(sqs.double.bodies(sqs.name)).toEqual(stored);
  });

  it('tells which messages will never be taken', async () => {
    const bodies = [count(1), { kind: 'odd', text: '\uffff' }, count(3)];
    expect(await failureOf(sqs.queue.send(bodies))).toMatchObject({ unsent: [], refused: [1] });
  });

  it('keeps a message that is too large from its neighbours', async () => {
    const bodies = [count(1), { kind: 'large', text: 'x'.repeat(1_100_000) }, count(3)];
    expect(await failureOf(sqs.queue.send(bodies))).toMatchObject({ unsent: [], refused: [1] });
  });

  it('makes batches that are not too large for a server', async () => {
    const bodies = Array.from({ length: 10 }, (_, n) => ({ kind: 'large', n, text: 'x'.repeat(100_000) }));
    await sqs.queue.send(bodies);
    const stored = sqs.double.bodies(sqs.name);
    expect(bodies.every((body) => stored.includes(JSON.stringify(body)))).toBe(true);
  });
});

describe('a call', () => {
  it('is ended when the server does not answer in time', async () => {
    const silent = ({ abortSignal }: { abortSignal: AbortSignal }) =>
      new Promise<never>((_, reject) =>
        abortSignal.addEventListener('abort', () => reject(abortSignal.reason)),
      );
    await expect(withDeadline(silent, 20)).rejects.toThrow('SQS did not respond within 20 ms');
  });
});
