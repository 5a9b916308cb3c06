import { sql } from 'drizzle-orm';
import { afterEach, describe, expect } from 'vitest';
import { crowd, type Extra } from '../../support/crowd.ts';
import { idsOf } from '../../support/feeds.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let viewer: Extra;
let author: Extra;
let fans: Extra[];
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  [viewer, author, ...fans] = (await crowd(world, 14, 'explorer')) as [Extra, Extra, ...Extra[]];
});
afterEach(() => world.app.db.execute(sql`delete from posts`));

async function post(by = author, { hoursAgo = 0, visibility = 'public' as 'public' | 'followers' } = {}) {
  const mediaIds = await insertMedia(world, by, 1);
  const { id } = await world.as(by).posts.create({ mediaIds, visibility });
  await world.app.db.execute(sql`
    update posts set created_at = now() - ${hoursAgo} * interval '1 hour' where id = ${id}`);
  return id;
}

const like = async (postId: string, count: number) => {
  for (const fan of fans.slice(0, count)) await world.as(fan).engagement.like({ postId });
};
const explored = async (as = world.as(viewer)) => idsOf((await as.feed.explore({})).items);

describe('exploring shows', () => {
  test('newer posts before older ones that are liked as much', async () => {
    const old = await post(author, { hoursAgo: 5 });
    const fresh = await post();
    expect(await explored()).toEqual([fresh, old]);
    expect(await explored(world.anonymous)).toEqual([fresh, old]);
  });

  test('a post with nine likes, until a post without is twelve and a half hours newer', async () => {
    const fresh = await post();
    const loved = await post(author, { hoursAgo: 12 });
    await like(loved, 9);
    expect(await explored()).toEqual([loved, fresh]);
    await world.app.db.execute(sql`
      update posts set created_at = now() - interval '13 hours' where id = ${loved}`);
    expect(await explored()).toEqual([fresh, loved]);
  });

  test('a post less when its likes are taken back', async () => {
    const fresh = await post();
    const loved = await post(author, { hoursAgo: 1 });
    await like(loved, 3);
    expect(await explored()).toEqual([loved, fresh]);
    for (const fan of fans.slice(0, 3)) await world.as(fan).engagement.unlike({ postId: loved });
    expect(await explored()).toEqual([fresh, loved]);
  });
});

describe('exploring leaves out', () => {
  let hidden: Extra;
  let shown: string;
  let round = 0;
  async function scene() {
    round += 1;
    [hidden] = (await crowd(world, 1, `hidden${round}`)) as [Extra];
    shown = await post();
    const id = await post(hidden);
    expect(await explored()).toEqual([id, shown]);
    return id;
  }
  const set = (id: string, change: ReturnType<typeof sql>) =>
    world.app.db.execute(sql`update users set ${change} where id = ${id}`);

  test.each<[string, (postId: string) => Promise<unknown>]>([
    ['whom the viewer follows', () => world.as(viewer).social.follow({ userId: hidden.id })],
    ['whom the viewer mutes', () => world.as(viewer).social.mute({ userId: hidden.id })],
    ['whom the viewer blocks', () => world.as(viewer).social.block({ userId: hidden.id })],
    ['who blocks the viewer', () => world.as(hidden).social.block({ userId: viewer.id })],
    ['private accounts', () => world.as(hidden).users.updateMe({ isPrivate: true })],
    ['who does not want to be found', () => world.as(hidden).users.updateMe({ discoverable: false })],
    ['who is banned', () => set(hidden.id, sql`banned_until = now() + interval '1 hour'`)],
    ['who is deleted', () => set(hidden.id, sql`deleted_at = now()`)],
    ['posts for followers', (postId) => world.as(hidden).posts.edit({ postId, visibility: 'followers' })],
    ['deleted posts', (postId) => world.as(hidden).posts.delete({ postId })],
    [
      'posts that were taken down',
      (id) => world.app.db.execute(sql`update posts set taken_down_at = now() where id = ${id}`),
    ],
    [
      'posts that are not ready',
      (id) => world.app.db.execute(sql`update posts set published_at = null where id = ${id}`),
    ],
  ])('%s', async (_, hide) => {
    const id = await scene();
    await hide(id);
    expect(await explored()).toEqual([shown]);
  });

  test('own posts', async () => {
    await post(viewer);
    expect(await explored()).toEqual([]);
  });

  test('muted authors only from the user who muted them', async () => {
    const id = await scene();
    await world.as(viewer).social.mute({ userId: hidden.id });
    expect(await explored(world.anonymous)).toEqual([id, shown]);
  });
});

test('each post once across pages, even with equal scores', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 11; n += 1) ids.push(await post());
  await world.app.db.execute(sql`update posts set created_at = '2026-02-01' where id <> ${ids[0]!}`);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.as(viewer).feed.explore({ limit: 4, ...(cursor ? { cursor } : {}) });
    seen.push(...idsOf(page.items));
    cursor = page.nextCursor ?? undefined;
    if (cursor) expect(await codeOf(world.anonymous.feed.explore({ cursor }))).toBe('invalid_cursor');
  } while (cursor);
  expect(seen).toHaveLength(11);
  expect(new Set(seen)).toEqual(new Set(ids));
});
