import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `lister${named}`);
}

const by = (person: Extra) => world.as(person).posts;

async function post(author: Extra, { caption = '', visibility = 'public' as 'public' | 'followers' } = {}) {
  return by(author).create({ mediaIds: await insertMedia(world, author, 1), caption, visibility });
}

describe('bookmarks', () => {
  test('are the viewer’s alone, newest first, and idempotent both ways', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const made = [await post(alice), await post(alice), await post(alice)];
    for (const { id: postId } of [...made, made[0]!]) await by(bob).bookmark({ postId });
    const ids = async (viewer: Extra) => (await by(viewer).bookmarks({})).items.map(({ post }) => post.id);
    expect(await ids(bob)).toEqual(made.map(({ id }) => id).reverse());
    expect(await ids(alice)).toEqual([]);
    expect(await by(bob).get({ postId: made[0]!.id })).toMatchObject({ bookmarkedByViewer: true });
    expect(await by(alice).get({ postId: made[0]!.id })).toMatchObject({ bookmarkedByViewer: false });
    await by(bob).unbookmark({ postId: made[1]!.id });
    await by(bob).unbookmark({ postId: made[1]!.id });
    expect(await ids(bob)).toEqual([made[2]!.id, made[0]!.id]);
  });

  test('show only what the viewer may see now', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const hidden = await post(alice, { visibility: 'followers' });
    expect(await codeOf(by(bob).bookmark({ postId: hidden.id }))).toBe('not_found');
    const { id: postId } = await post(alice);
    await by(bob).bookmark({ postId });
    await world.as(alice).users.updateMe({ isPrivate: true });
    expect((await by(bob).bookmarks({})).items).toEqual([]);
    await by(bob).unbookmark({ postId });
    await world.as(alice).users.updateMe({ isPrivate: false });
    expect((await by(bob).bookmarks({})).items).toEqual([]);
  });

  test('need a signed-in user', async () => {
    expect(await codeOf(world.anonymous.posts.bookmarks({}))).toBe('unauthenticated');
    expect(await codeOf(world.anonymous.posts.bookmark({ postId: randomUUID() }))).toBe('unauthenticated');
  });
});

describe('lists of posts', () => {
  test('give each lasting post once while others come and go, equal times included', async () => {
    const [alice] = (await people(1)) as [Extra];
    const made: string[] = [];
    for (let n = 0; n < 20; n++) made.push((await post(alice)).id);
    await world.database.sql`update posts set created_at = '2026-01-01' where author_id = ${alice.id}`;
    const walked: string[] = [];
    const list = { userId: alice.id, limit: 3 };
    const doomed = made.filter((_, n) => n % 5 === 0);
    let cursor: string | undefined;
    do {
      const page = await world.anonymous.posts.byUser(cursor ? { ...list, cursor } : list);
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      const postId = doomed.pop();
      if (postId) await by(alice).delete({ postId });
      await post(alice);
    } while (cursor);
    expect(new Set(walked).size).toBe(walked.length);
    const lasting = made.filter((_, n) => n % 5 !== 0);
    expect(walked.filter((id) => lasting.includes(id))).toEqual(lasting.sort().reverse());
  });

  test('refuse limits and cursors that are none of theirs', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    for (let n = 0; n < 3; n++) await post(alice);
    const userId = alice.id;
    const { nextCursor } = await by(bob).byUser({ userId, limit: 1 });
    const cursor = nextCursor!;
    expect(await codeOf(by(bob).byUser({ userId, limit: 1, cursor }))).toBe('ok');
    expect(await codeOf(by(bob).byUser({ userId, limit: 0 }))).toBe('invalid_input');
    expect(await codeOf(by(bob).byUser({ userId, limit: 201 }))).toBe('invalid_input');
    expect(await codeOf(by(alice).byUser({ userId, cursor }))).toBe('invalid_cursor');
    expect(await codeOf(by(bob).byUser({ userId: bob.id, cursor }))).toBe('invalid_cursor');
    expect(await codeOf(by(bob).bookmarks({ cursor }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(bob).feed.home({ cursor }))).toBe('invalid_cursor');
    const flipped = cursor.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await codeOf(by(bob).byUser({ userId, cursor: flipped }))).toBe('invalid_cursor');
  });
});
