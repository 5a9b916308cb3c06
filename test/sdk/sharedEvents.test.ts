import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stream, StreamMessage } from '../../sdk/src/events.ts';
import { sharedEvents } from '../../sdk/src/sharedEvents.ts';

const WITHIN = { interval: 20 };

let name: string;
let leaves: (() => void)[];
beforeEach(() => {
  name = `events of ${crypto.randomUUID()}`;
  leaves = [];
});
afterEach(() => {
  for (const leave of leaves) leave();
});

const post = (id: number): StreamMessage => ({
  id: `${id}`,
  sent: { type: 'post', postId: `post ${id}`, authorId: 'a' },
});
const unread = (id: number): StreamMessage => ({
  id: `${id}`,
  sent: { type: 'unreadCount', unreadCount: id },
});

/** A server whose streams send what the test tells them to send. */
function server() {
  const open: {
    after: string | undefined;
    say: (told: StreamMessage) => void;
    fail: (error: Error) => void;
  }[] = [];
  const stream: Stream = async function* (signal, after) {
    const said: StreamMessage[] = [];
    let failure: Error | null = null;
    let wake = () => {};
    open.push({
      after,
      say: (told) => {
        said.push(told);
        wake();
      },
      fail: (error) => {
        failure = error;
        wake();
      },
    });
    signal?.addEventListener('abort', () => wake());
    while (!signal?.aborted) {
      while (said.length) yield said.shift()!;
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { open, stream };
}

function tab(stream: Stream, silenceMs?: number) {
  const heard: string[] = [];
  const gone = new AbortController();
  const leave = () => gone.abort();
  leaves.push(leave);
  const ended = (async () => {
    for await (const { id, sent } of sharedEvents(name, stream, gone.signal, silenceMs)!)
      if (sent.type !== 'alive') heard.push(`${sent.type} ${id}`);
  })();
  ended.catch(() => {});
  return { heard, ended, leave };
}

/** Some tabs, the first of which reads the stream. */
async function tabs(stream: Stream, count: number) {
  const all = [tab(stream)];
  await pause(50);
  while (all.length < count) all.push(tab(stream));
  await pause(50);
  return all;
}

test('one stream reaches all tabs', async () => {
  const { open, stream } = server();
  const all = await tabs(stream, 3);
  for (const told of [unread(1), post(2), post(3)]) open[0]!.say(told);
  for (const { heard } of all)
    await expect.poll(() => heard, WITHIN).toEqual(['unreadCount 1', 'post 2', 'post 3']);
  expect(open).toHaveLength(1);
});

test('who comes later hears the latest count, and nothing of before', async () => {
  const { open, stream } = server();
  const [first] = await tabs(stream, 1);
  for (const told of [unread(1), post(2)]) open[0]!.say(told);
  await expect.poll(() => first!.heard, WITHIN).toHaveLength(2);
  const late = tab(stream);
  await expect.poll(() => late.heard, WITHIN).toEqual(['unreadCount 2']);
  open[0]!.say(post(3));
  await expect.poll(() => late.heard, WITHIN).toEqual(['unreadCount 2', 'post 3']);
  expect(open).toHaveLength(1);
});

test('when the reading tab closes, the next continues after the last event that all received', async () => {
  const { open, stream } = server();
  const [first, second, third] = await tabs(stream, 3);
  open[0]!.say(post(1));
  await expect.poll(() => third!.heard, WITHIN).toHaveLength(1);
  first!.leave();
  await first!.ended;
  await expect.poll(() => open.map(({ after }) => after), WITHIN).toEqual([undefined, '1']);
  open[1]!.say(post(2));
  for (const { heard } of [second!, third!])
    await expect.poll(() => heard, WITHIN).toEqual(['post 1', 'post 2']);
});

test('a tab that missed a message receives a gap', async () => {
  const { open, stream } = server();
  const [, second] = await tabs(stream, 2);
  open[0]!.say(post(1));
  await expect.poll(() => second!.heard, WITHIN).toEqual(['post 1']);
  const channel = new BroadcastChannel(name);
  channel.postMessage({ by: 'another', n: 7, ...post(3) });
  await expect.poll(() => second!.heard, WITHIN).toEqual(['post 1', 'gap 3', 'post 3']);
  channel.postMessage({ by: 'another', n: 8, ...post(4) });
  await expect.poll(() => second!.heard, WITHIN).toEqual(['post 1', 'gap 3', 'post 3', 'post 4']);
  channel.close();
});

test('a tab that keeps the lock and says nothing is led past, and follows when it wakes', async () => {
  const { open, stream } = server();
  const [first] = await tabs(stream, 1);
  const second = tab(stream, 1000);
  await pause(50);
  open[0]!.say(post(1));
  await expect.poll(() => second.heard, WITHIN).toEqual(['post 1']);
  await expect.poll(() => open.map(({ after }) => after), WITHIN).toEqual([undefined, '1']);
  open[1]!.say(post(2));
  for (const { heard } of [first!, second])
    await expect.poll(() => heard, WITHIN).toEqual(['post 1', 'post 2']);
});

test('a stream that is over for good is over in every tab', async () => {
  const { open, stream } = server();
  const all = await tabs(stream, 2);
  open[0]!.fail(new Error('signed out'));
  await expect(all[0]!.ended).rejects.toThrow('signed out');
  await expect.poll(() => open.length, WITHIN).toBe(2);
  open[1]!.fail(new Error('signed out'));
  await expect(all[1]!.ended).rejects.toThrow('signed out');
});
