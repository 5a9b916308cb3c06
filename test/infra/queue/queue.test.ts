import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, Queue } from '../../../server/infra/queue/queue.ts';
import { openSqs, openTable, receiveNow, type TestQueue } from '../../support/queues.ts';

const photo = { kind: 'media.process', mediaId: '🌅 naïve 日本' };

describe.each<[string, () => Promise<TestQueue>]>([
  ['the job table', openTable],
  ['SQS', openSqs],
])('a queue on %s', (_name, open) => {
  let opened: TestQueue;
  let queue: Queue;

  beforeAll(async () => {
    opened = await open();
    queue = opened.queue;
  });
  beforeEach(async () => {
    await opened.elapse(3_600_000);
    while (await drain()) {}
  });
  afterAll(() => opened?.close());

  async function drain() {
    const left = await receiveNow(queue);
    for (const delivery of left) await queue.ack(delivery);
    return left.length > 0;
  }

  async function receiveOne(visibilityMs?: number): Promise<Delivery> {
    const [delivery] = await receiveNow(queue, 1, visibilityMs);
    if (!delivery) throw new Error('nothing there');
    return delivery;
  }

  it('delivers what was sent, and hides it from others', async () => {
    await queue.send([photo]);
    expect(await receiveOne()).toMatchObject({ body: photo, receiveCount: 1 });
    expect(await receiveNow(queue)).toEqual([]);
  });

  it('delivers again what was not acknowledged in time, and counts', async () => {
    await queue.send([photo]);
    const first = await receiveOne(10_000);
    await opened.elapse(9_000);
    expect(await receiveNow(queue)).toEqual([]);
    await opened.elapse(1_500);
    const second = await receiveOne();
    expect(second).toMatchObject({ body: photo, receiveCount: 2 });
    expect(second.receipt).not.toBe(first.receipt);
  });

  it('forgets what was acknowledged', async () => {
    await queue.send([photo]);
    expect(await queue.ack(await receiveOne())).toBe(true);
    await opened.elapse(3_600_000);
    expect(await receiveNow(queue)).toEqual([]);
  });

  it('heeds no stale receipt', async () => {
    await queue.send([photo]);
    const stale = await receiveOne(1_000);
    await opened.elapse(1_500);
    const current = await receiveOne(10_000);
    await queue.ack(stale);
    expect(await queue.extend(stale, 100_000)).toBe(false);
    expect(await queue.release(stale, 0)).toBe(false);
    expect(await receiveNow(queue)).toEqual([]);
    await opened.elapse(10_500);
    expect(await receiveOne()).toMatchObject({ id: current.id, receiveCount: 3 });
  });

  it('receives released messages again, at once or after a delay', async () => {
    await queue.send([photo]);
    expect(await queue.release(await receiveOne(), 0, 'the store is away')).toBe(true);
    const again = await receiveOne();
    expect(again.receiveCount).toBe(2);
    expect(await queue.release(again, 10_000)).toBe(true);
    expect(await receiveNow(queue)).toEqual([]);
    await opened.elapse(10_500);
    expect((await receiveOne()).receiveCount).toBe(3);
  });

  it('keeps an extended delivery hidden for longer', async () => {
    await queue.send([photo]);
    const delivery = await receiveOne(10_000);
    await opened.elapse(8_000);
    expect(await queue.extend(delivery, 10_000)).toBe(true);
    await opened.elapse(8_000);
    expect(await receiveNow(queue)).toEqual([]);
    expect(await queue.ack(delivery)).toBe(true);
  });

  it('puts aside what was delivered five times in vain, and nothing else', async () => {
    const { dead } = await queue.depth();
    await queue.send([photo]);
    for (let receives = 1; receives <= 5; receives++) {
      const delivery = await receiveOne();
      expect(delivery.receiveCount).toBe(receives);
      await queue.release(delivery, 0);
    }
    const neighbour = { kind: 'media.process', mediaId: 'neighbour' };
    await queue.send([neighbour]);
    const delivered = [...(await receiveNow(queue)), ...(await receiveNow(queue))];
    expect(delivered.map(({ body }) => body)).toEqual([neighbour]);
    expect((await queue.depth()).dead).toBe(dead + 1);
  });

  it('accepts many bodies at once and delivers each to only one consumer', async () => {
    const bodies = Array.from({ length: 43 }, (_, n) => ({ kind: 'count', n }));
    await queue.send(bodies);
    const consume = async () => {
      const mine: Delivery[] = [];
      for (let batch = await receiveNow(queue, 5); batch.length > 0; batch = await receiveNow(queue, 5)) {
        mine.push(...batch);
      }
      return mine;
    };
    const all = (await Promise.all([consume(), consume(), consume(), consume()])).flat();
    expect(all.map(({ body }) => (body as { n: number }).n).toSorted((a, b) => a - b)).toEqual(
      bodies.map(({ n }) => n),
    );
  });

  it('tells how much is ready and how much is in hand', async () => {
    await queue.send([photo, photo, photo]);
    const [delivery] = await receiveNow(queue, 1);
    expect(await queue.depth()).toMatchObject({ ready: 2, inFlight: 1 });
    await queue.ack(delivery!);
    expect(await queue.depth()).toMatchObject({ ready: 2, inFlight: 0 });
  });

  it('waits for a message that is still to come', async () => {
    const waiting = queue.receive({
      max: 1,
      visibilityMs: 30_000,
      waitMs: 20_000,
      signal: new AbortController().signal,
    });
    await queue.send([photo]);
    expect(await waiting).toMatchObject([{ body: photo }]);
  });

  it('ends the wait with nothing when it is called off', async () => {
    const calledOff = new AbortController();
    const waiting = queue.receive({
      max: 1,
      visibilityMs: 30_000,
      waitMs: 20_000,
      signal: calledOff.signal,
    });
    calledOff.abort();
    expect(await waiting).toEqual([]);
  });

  it('responds to a ping', async () => {
    await expect(queue.ping()).resolves.toBeUndefined();
  });
});
