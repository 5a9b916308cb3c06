import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanupTasks } from '../../server/jobs/cleanupTasks.ts';
import { serverFor } from '../support/server.ts';
import { createWorld, type Person, type World } from '../support/world.ts';
import { listen } from './host.ts';

const WITHIN = { interval: 50 };

interface Heard {
  event: string;
  id: string;
  data: Record<string, unknown>;
}

let world: World;
let server: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  world = await createWorld({ settings: { rateLimitFactor: 1000 } });
  server = await serve(world);
});
afterEach(async () => {
  await server.close();
  await world.close();
});

async function serve({ app }: World) {
  const http = await serverFor(app);
  const port = await listen(http);
  return { url: `http://127.0.0.1:${port}/v1/feed/events`, close: () => http.close() };
}

/** Listens as the person until `leave`. */
async function follow(person: Person, lastEventId?: string, at = server) {
  const gone = new AbortController();
  const response = await fetch(at.url, {
    headers: {
      authorization: `Bearer ${person.tokens.accessToken}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: gone.signal,
  });
  const heard: Heard[] = [];
  const ended = (async () => {
    if (response.status !== 200) return;
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const whole = text.split('\n\n');
      text = whole.pop()!;
      for (const block of whole) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/)));
        if (fields.event) heard.push({ event: fields.event, id: fields.id, data: JSON.parse(fields.data) });
      }
    }
  })().catch(() => {});
  if (response.status === 200) await expect.poll(() => kinds(heard), WITHIN).toContain('unreadCount');
  return {
    response,
    heard,
    ended,
    leave: async () => {
      gone.abort();
      await ended;
      return heard.at(-1)!.id;
    },
  };
}

const kinds = (heard: Heard[]) => heard.map(({ event }) => event);
const postsOf = (heard: Heard[]) =>
  heard.filter(({ event }) => event === 'post').map(({ data }) => data.postId);

async function friends() {
  const { alice, bob } = await world.people('alice', 'bob');
  await world.as(bob).social.follow({ userId: alice.id });
  await world.drain();
  return { alice, bob };
}

test('a post of a followed person and a like arrive, with the new count', async () => {
  const { alice, bob } = await friends();
  const [reader, author] = [await follow(bob), await follow(alice)];
  expect(reader.response.headers.get('content-type')).toContain('text/event-stream');
  const post = await world.post(alice);
  await expect.poll(() => postsOf(reader.heard), WITHIN).toEqual([post.id]);
  expect(reader.heard.find(({ event }) => event === 'post')!.data).toEqual({
    postId: post.id,
    authorId: alice.id,
  });
  const [first] = author.heard;
  await world.as(bob).engagement.like({ postId: post.id });
  await world.drain();
  await expect.poll(() => kinds(author.heard), WITHIN).toContain('notification');
  expect(author.heard.find(({ event }) => event === 'notification')!.data).toMatchObject({
    kind: 'postLiked',
  });
  await expect
    .poll(() => author.heard.findLast(({ event }) => event === 'unreadCount')!.data, WITHIN)
    .toEqual({ unreadCount: Number(first!.data.unreadCount) + 1 });
});

test('a stream that is resumed, also at another process, loses nothing and repeats nothing', async () => {
  const { alice, bob } = await friends();
  const peer = await createWorld({ peerOf: world });
  const peerServer = await serve(peer);
  try {
    const before = await follow(bob);
    const first = await world.post(alice);
    await expect.poll(() => postsOf(before.heard), WITHIN).toEqual([first.id]);
    const left = await before.leave();
    const second = await world.post(alice);
    const after = await follow(bob, left, peerServer);
    const third = await peer.post(alice);
    await expect.poll(() => postsOf(after.heard), WITHIN).toEqual([second.id, third.id]);
    expect(kinds(after.heard)).not.toContain('gap');
  } finally {
    await peerServer.close();
    await peer.close();
  }
});

test('what commits later than what began after it is not passed over', async () => {
  const { alice, bob } = await friends();
  const stream = await follow(bob);
  const own = await world.post(alice);
  await expect.poll(() => postsOf(stream.heard), WITHIN).toEqual([own.id]);
  const { sql } = world.database;
  await sql`delete from events`;
  let late!: () => void;
  const waits = new Promise<void>((resolve) => {
    late = resolve;
  });
  let isWritten = false;
  const open = sql.begin(async (tx) => {
    await tx`insert into events (user_id, kind, subject_id) values (${bob.id}, 'post', ${own.id})`;
    isWritten = true;
    await waits;
  });
  await expect.poll(() => isWritten, WITHIN).toBe(true);
  const next = await world.post(alice);
  // Time enough for the stream to look.
  await pause(1500);
  late();
  await open;
  await expect.poll(() => postsOf(stream.heard), WITHIN).toEqual([own.id, own.id, next.id]);
});

test.each([
  ['forged', () => 'anything'],
  ['of before one listened', (id: string) => id.replace(/^\d+\.\d+/, '1.1')],
  ['of an earlier run of listening', (id: string) => id.replace(/\d+$/, '1')],
  ['of the future', (id: string) => id.replace(/^\d+\.\d+/, '99999999999.1')],
  ['too old', (id: string) => id.replace(/\d{13}(?=\.\d+$)/, String(Date.now() - 51 * 60_000))],
])('an id that is %s begins with a gap, and goes on from now', async (_, forge) => {
  const { alice, bob } = await friends();
  const left = await (await follow(bob)).leave();
  await world.post(alice);
  const stream = await follow(bob, forge(left));
  expect(stream.heard[0]).toMatchObject({ event: 'gap', data: {} });
  const next = await world.post(alice);
  // A transaction of another database that is open holds back what counts as past.
  await expect.poll(() => postsOf(stream.heard).at(-1), WITHIN).toBe(next.id);
});

test('a client that was away too long receives a gap', async () => {
  const { bob } = await friends();
  const left = await (await follow(bob)).leave();
  await world.database.sql`update event_listeners set until = now()`;
  await world.database.sql`select pg_current_xact_id()`;
  await world.person('carol');
  expect(kinds((await follow(bob, left)).heard)[0]).toBe('gap');
});

test('nothing arrives after a block', async () => {
  const { alice, bob } = await friends();
  const stream = await follow(bob);
  const left = await stream.leave();
  await world.post(alice);
  await world.as(alice).social.block({ userId: bob.id });
  await world.drain();
  const after = await follow(bob, left);
  const { carol } = await world.people('carol');
  await world.as(bob).social.follow({ userId: carol.id });
  const shown = await world.post(carol);
  await expect.poll(() => postsOf(after.heard), WITHIN).toEqual([shown.id]);
});

test('a stream ends when its session is revoked', async () => {
  const { bob } = await friends();
  const stream = await follow(bob);
  await world.anonymous.auth.revoke({ refreshToken: bob.tokens.refreshToken });
  await stream.ended;
  expect((await follow(bob)).response.status).toBe(401);
});

test('at most five streams are open at once, and a closed one makes room for another', async () => {
  const { bob } = await friends();
  const streams = await Promise.all([1, 2, 3, 4, 5].map(() => follow(bob)));
  const { response } = await follow(bob);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    429,
    'rate_limited',
  ]);
  await streams[0]!.leave();
  await expect
    .poll(async () => {
      const again = await follow(bob);
      if (again.response.status === 200) await again.leave();
      return again.response.status;
    }, WITHIN)
    .toBe(200);
});

test('nobody in particular hears nothing, and other methods are refused', async () => {
  expect((await fetch(server.url)).status).toBe(401);
  for (const method of ['HEAD', 'POST'])
    expect((await fetch(server.url, { method })).status, method).toBe(405);
});

test('nothing is written for those who do not listen, and old events are forgotten', async () => {
  const { alice, bob } = await friends();
  const { sql } = world.database;
  await world.post(alice);
  expect(await sql`select 1 from events`).toHaveLength(0);
  await (await follow(bob)).leave();
  await world.post(alice);
  expect(await sql`select kind from events order by kind`).toEqual([{ kind: 'post' }, { kind: 'postMedia' }]);
  await sql`update events set created_at = now() - interval '2 hours'`;
  await sql`update event_listeners set until = now() - interval '1 hour'`;
  expect(await cleanupTasks.events!.step(world.app, {} as never)).toBe(2);
  expect(await sql`select 1 from event_listeners`).toHaveLength(0);
});

test('over tRPC it is a subscription, and the server closes while it runs', async () => {
  const { bob } = await friends();
  const url = server.url.replace('/v1/feed/events', '/trpc/feed.events?input=%7B%22json%22%3A%7B%7D%7D');
  const response = await fetch(url, { headers: { authorization: `Bearer ${bob.tokens.accessToken}` } });
  const rest = await follow(bob);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"type":"unreadCount"')) {
    const { value, done } = await reader.read();
    expect(done).toBe(false);
    text += value;
  }
  await server.close();
  await rest.ended;
  while (!(await reader.read()).done);
  server = await serve(world);
});

test('who sees a post, a story or an avatar is told when its URLs change, and again; nobody else is', async () => {
  const { alice, bob, carol } = await world.people('alice', 'bob', 'carol');
  await world.as(bob).social.follow({ userId: alice.id });
  const post = await world.post(alice, { visibility: 'followers' });
  const mediaId = await world.upload(alice);
  await world.drain();
  const listeners = { alice: await follow(alice), bob: await follow(bob), carol: await follow(carol) };
  const changes = ({ heard }: (typeof listeners)['bob']) =>
    heard
      .filter(({ event }) => ['postMedia', 'storyMedia', 'avatar'].includes(event))
      .map(({ data }) => data);
  const ofPost = { postId: post.id, authorId: alice.id };

  await world.as(alice).posts.edit({ postId: post.id, visibility: 'public' });
  await world.drain();
  for (const who of [listeners.alice, listeners.bob])
    await expect.poll(() => changes(who), WITHIN).toEqual([ofPost]);
  await world.as(alice).posts.edit({ postId: post.id, visibility: 'followers' });
  await world.drain();
  for (const who of [listeners.alice, listeners.bob])
    await expect.poll(() => changes(who), WITHIN).toEqual([ofPost, ofPost]);
  await world.as(alice).users.updateMe({ avatarMediaId: mediaId });
  await world.drain();
  await expect.poll(() => changes(listeners.bob), WITHIN).toEqual([ofPost, ofPost, { userId: alice.id }]);

  const { id: storyId } = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
  await world.as(alice).users.updateMe({ avatarMediaId: null });
  await world.drain();
  const ofStory = { storyId, authorId: alice.id };
  for (const who of [listeners.alice, listeners.bob])
    await expect.poll(() => changes(who).at(-1), WITHIN).toEqual(ofStory);

  await world.as(bob).social.unfollow({ userId: alice.id });
  await world.as(alice).posts.edit({ postId: post.id, visibility: 'public' });
  await world.as(alice).posts.delete({ postId: post.id });
  await world.drain();
  await expect.poll(() => changes(listeners.alice).length, WITHIN).toBeGreaterThanOrEqual(4);
  expect(changes(listeners.carol)).toEqual([]);
  expect(changes(listeners.bob)).toHaveLength(4);
  for (const who of Object.values(listeners)) await who.leave();
});
