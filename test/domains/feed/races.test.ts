import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { type App, inTransaction } from '../../../server/core/app.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { shareAuthor } from '../../../server/core/locks.ts';
import { backfill } from '../../../server/domains/feed/public.ts';
import { reconcilePoints } from '../../../server/domains/trust/points/service.ts';
import { follows } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { idsOf } from '../../support/feeds.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

async function post(author: Extra): Promise<string> {
  const mediaIds = await insertMedia(peer, author, 1);
  return (await peer.as(author).posts.create({ mediaIds, visibility: 'public' })).id;
}

const feed = async (reader: Extra) => idsOf((await peer.as(reader).feed.home({})).items);

/** Begins the rival before the first is committed, and commits when the rival is done or waits for it. */
async function whileOpen<T>(first: (app: App) => Promise<unknown>, rival: () => Promise<T>): Promise<T> {
  let running: Promise<T> | undefined;
  await inTransaction(world.app, async (app) => {
    await first(app);
    let isDone = false;
    running = rival().finally(() => {
      isDone = true;
    });
    while (!isDone && !(await isAnybodyWaiting())) await sleep(5);
  });
  return running!;
}

const follow = (reader: Extra, author: Extra) => (app: App) =>
  createCaller(app)(scriptContext(reader.viewer)).social.follow({ userId: author.id });

async function isAnybodyWaiting(): Promise<boolean> {
  const rows = await world.database.sql`
    select from pg_locks join pg_stat_activity using (pid)
    where not granted and datname = current_database()`;
  return rows.length > 0;
}

test('a post that is sent while a follow is being committed reaches the follower', async () => {
  const [alice, bob] = (await crowd(world, 2, 'sent')) as [Extra, Extra];
  await feed(alice);
  // Only as far as the follow has gone when it does not yet hold back new posts by the author's count.
  const begin = async (app: App) => {
    await shareAuthor(app.db, bob.id);
    await app.db.insert(follows).values({ followerId: alice.id, followeeId: bob.id });
    await backfill(app, alice.id, bob.id);
  };
  const id = await whileOpen(begin, async () => {
    const postId = await post(bob);
    await peer.drain();
    return postId;
  });
  expect(await feed(alice)).toEqual([id]);
  await world.database.sql`update users set following_count = 1 where id = ${alice.id}`;
  await world.database.sql`update users set follower_count = 1 where id = ${bob.id}`;
  await reconcilePoints(world.app, { userId: bob.id, act: 'follower', sourceId: alice.id });
});

test('entries that are made while a follow is being committed have the posts of the followed', async () => {
  const [alice, bob] = (await crowd(world, 2, 'made')) as [Extra, Extra];
  const id = await post(bob);
  await peer.drain();
  await whileOpen(follow(alice, bob), () => feed(alice));
  expect(await feed(alice)).toEqual([id]);
});

test('a page that is cached while a follow is being committed is void after it', async () => {
  const [alice, bob] = (await crowd(world, 2, 'cached')) as [Extra, Extra];
  const id = await post(bob);
  await peer.drain();
  await feed(alice);
  await peer.as(alice).feed.refresh({});
  expect(await whileOpen(follow(alice, bob), () => feed(alice))).toEqual([]);
  expect(await feed(alice)).toEqual([id]);
});

test('all of that leaves sound data', () => expectConsistentData(world));
