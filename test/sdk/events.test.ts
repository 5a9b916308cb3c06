import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ciel, type CielEvent, createCiel, type EventsOptions } from '../../sdk/src/index.ts';
import { messagesOf } from '../../sdk/src/serverSentEvents.ts';
import { type Host, startHost } from '../support/host.ts';
import type { Person } from '../support/world.ts';

const WITHIN = { interval: 50 };

let host: Host;
let alice: Person;
let bob: Person;
beforeEach(async () => {
  host = await startHost();
  ({ alice, bob } = await host.people('alice', 'bob'));
  await host.as(bob).social.follow({ userId: alice.id });
  await host.drain();
});
afterEach(() => host.close());

/** A line whose streams can be cut. */
function cuttable() {
  const line = {
    opened: [] as string[],
    cut: new AbortController(),
    fetch: (async (input, init) => {
      const url = String(input);
      if (!url.includes('feed.events')) return fetch(input, init);
      line.opened.push(decodeURIComponent(url));
      return fetch(input, { ...init, signal: AbortSignal.any([init!.signal!, line.cut.signal]) });
    }) as typeof fetch,
    break() {
      line.cut.abort();
      line.cut = new AbortController();
    },
  };
  return line;
}

async function signedIn(person: Person, fetch = globalThis.fetch): Promise<Ciel> {
  const ciel = createCiel({ url: host.url, fetch });
  await ciel.signIn(person.handle, person.password);
  return ciel;
}

function listen(ciel: Ciel, options: EventsOptions = {}) {
  const heard: CielEvent[] = [];
  const leave = new AbortController();
  const ended = (async () => {
    for await (const event of ciel.events({ signal: leave.signal, ...options })) heard.push(event);
  })();
  ended.catch(() => {});
  return { heard, ended, leave: () => leave.abort() };
}

const postsOf = (heard: CielEvent[]) => heard.flatMap((event) => (event.type === 'post' ? event.postId : []));

test('what happens arrives, and the end of the loop ends the stream', async () => {
  const ciel = await signedIn(bob);
  const { heard, leave, ended } = listen(ciel);
  await expect.poll(() => heard.map(({ type }) => type), WITHIN).toEqual(['unreadCount']);
  const post = await host.post(alice);
  await expect.poll(() => postsOf(heard), WITHIN).toEqual([post.id]);
  expect(heard).toContainEqual({ type: 'post', postId: post.id, authorId: alice.id });
  leave();
  await ended;
});

test('after a broken connection it goes on where it was: nothing is lost, nothing comes twice', async () => {
  const line = cuttable();
  const ciel = await signedIn(bob, line.fetch);
  const { heard, leave, ended } = listen(ciel);
  await expect.poll(() => heard.length, WITHIN).toBe(1);
  const posts: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    line.break();
    posts.push((await host.post(alice)).id);
    await expect.poll(() => postsOf(heard), WITHIN).toEqual(posts);
  }
  expect(heard.map(({ type }) => type)).not.toContain('gap');
  expect(line.opened.length).toBeGreaterThanOrEqual(5);
  expect(line.opened.at(-1)).toMatch(/"lastEventId":"\d+\.\d+/);
  leave();
  await ended;
});

test('it goes on after the event of an earlier run, and says when that is too long ago', async () => {
  const ciel = await signedIn(bob);
  let lastEventId = '';
  const first = listen(ciel, { onEventId: (id) => (lastEventId = id) });
  await expect.poll(() => lastEventId, WITHIN).not.toBe('');
  first.leave();
  await first.ended;
  const post = await host.post(alice);
  const second = listen(ciel, { lastEventId });
  await expect.poll(() => postsOf(second.heard), WITHIN).toEqual([post.id]);
  second.leave();
  const third = listen(ciel, { lastEventId: '1.1.1' });
  await expect.poll(() => third.heard[0]?.type, WITHIN).toBe('gap');
  third.leave();
});

test('a token that has ended is renewed, and the stream goes on', async () => {
  const line = cuttable();
  const ciel = await signedIn(bob, line.fetch);
  const session = (await ciel.session.get())!;
  await ciel.session.set({
    ...session,
    accessToken: `${session.accessToken.slice(0, -12)}${'A'.repeat(12)}`,
  });
  const { heard, leave } = listen(ciel);
  await expect.poll(() => heard.length, WITHIN).toBe(1);
  expect(line.opened).toHaveLength(2);
  leave();
});

test('a session that is over ends it with the reason', async () => {
  const ciel = await signedIn(bob);
  const { heard, ended } = listen(ciel);
  await expect.poll(() => heard.length, WITHIN).toBe(1);
  await host
    .as(bob)
    .auth.changePassword({ currentPassword: bob.password, newPassword: 'a bench in the sun' });
  await expect(ended).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  expect(ciel.session.current.status).toBe('signedOut');
});

test('without a session the stream reports that nobody is signed in', async () => {
  await expect(listen(createCiel({ url: host.url })).ended).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('a server that restarts is found again', async () => {
  const { port } = new URL(host.url);
  const ciel = await signedIn(bob);
  const { heard, leave, ended } = listen(ciel);
  await expect.poll(() => heard.length, WITHIN).toBe(1);
  await host.server.close();
  await pause(500);
  const again = await startHost(host, {}, Number(port));
  const post = await host.post(alice);
  await expect.poll(() => postsOf(heard), WITHIN).toEqual([post.id]);
  leave();
  await ended;
  await again.server.close();
});

describe('messages', () => {
  async function* bytes(text: string, size: number) {
    const all = new TextEncoder().encode(text);
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
  }

  test.each([1, 2, 3, 7, 1000])('are read from pieces of %i bytes', async (size) => {
    const text =
      ': a comment\n\nevent: ping\ndata: \n\n\n\ndata: {"é":1}\nid: 4\n\ndata: a\r\ndata: b\r\n\r\nevent: return\n\ndata: cut';
    const messages = [];
    for await (const message of messagesOf(bytes(text, size))) messages.push(message);
    expect(messages).toEqual([
      { event: 'message', id: '4', data: '{"é":1}' },
      { event: 'message', id: '', data: 'a\nb' },
    ]);
  });
});
