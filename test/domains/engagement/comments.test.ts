import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect } from 'vitest';
import { quickPost, wrongCommentCounts } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
afterAll(async () => {
  expect(await wrongCommentCounts(world)).toEqual([]);
});

const people = async <Count extends number>(count: Count) =>
  (await crowd(world, count, `c${++named}_`)) as [Extra, Extra, Extra, ...Extra[]];

const by = (person: Extra) => world.as(person).engagement;
const bodies = async (viewer: Extra | null, postId: string) => {
  const { items } = await (viewer ? world.as(viewer) : world.anonymous).engagement.comments({ postId });
  return items.map(({ body }) => body);
};

describe('commenting', () => {
  test('is listed under the post newest first, with its author, and counts', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    const first = await by(bob).comment({ postId, body: '  What a light!\r\nSo soft. ' });
    expect(first).toEqual({
      id: expect.any(String),
      postId,
      parentId: null,
      author: expect.objectContaining({ id: bob.id, handle: bob.handle }),
      body: 'What a light!\nSo soft.',
      likeCount: 0,
      replyCount: 0,
      createdAt: expect.any(Date),
      editedAt: null,
      likedByViewer: false,
    });
    await by(carol).comment({ postId, body: 'Indeed' });
    expect(await bodies(null, postId)).toEqual(['Indeed', first.body]);
    expect(await world.anonymous.posts.get({ postId })).toMatchObject({ commentCount: 2 });
    const page = await world.anonymous.engagement.comments({ postId, limit: 1 });
    const rest = await world.anonymous.engagement.comments({ postId, cursor: page.nextCursor! });
    expect(rest.items.map(({ id }) => id)).toEqual([first.id]);
    expect(rest.nextCursor).toBeNull();
  });

  test('needs a post that the viewer may see', async () => {
    const [alice, bob] = await people(2);
    const postId = await quickPost(world, alice, { visibility: 'followers' });
    const missing = await refusal(by(bob).comment({ postId: randomUUID(), body: 'Hello' }));
    expect(missing.code).toBe('not_found');
    expect(await refusal(by(bob).comment({ postId, body: 'Hello' }))).toEqual(missing);
    expect(await refusal(by(bob).comments({ postId }))).toEqual(missing);
    expect(await codeOf(world.anonymous.engagement.comments({ postId }))).toBe('not_found');
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await codeOf(by(bob).comment({ postId, body: 'Hello' }))).toBe('ok');
  });

  test('refuses an invalid comment, and anonymous callers', async () => {
    const [alice] = await people(1);
    const postId = await quickPost(world, alice);
    for (const body of ['', ' \n ', 'x'.repeat(1001), 'a\u0000b', '\u202eevil'])
      expect((await refusal(by(alice).comment({ postId, body }))).errors[0]?.field).toBe('body');
    expect(await codeOf(by(alice).comment({ postId, body: '👩‍👩‍👧'.repeat(1000) }))).toBe('ok');
    expect(await codeOf(by(alice).comment({ postId, body: 7 as never }))).toBe('invalid_input');
    expect(await codeOf(by(alice).comment({ postId: 'x', body: 'Hello' }))).toBe('invalid_input');
    expect(await codeOf(by(alice).comments({ postId, limit: 0 }))).toBe('invalid_input');
    expect(await codeOf(by(alice).comments({ postId, cursor: 'forged' }))).toBe('invalid_cursor');
    const other = await quickPost(world, alice);
    await by(alice).comment({ postId, body: 'Again' });
    const { nextCursor } = await by(alice).comments({ postId, limit: 1 });
    expect(await codeOf(by(alice).comments({ postId: other, cursor: nextCursor! }))).toBe('invalid_cursor');
    expect(await codeOf(world.anonymous.engagement.comment({ postId, body: 'Hello' }))).toBe(
      'unauthenticated',
    );
  });

  test('is for those whom the author takes comments from', async () => {
    const [alice, bob, carol] = await people(3);
    await world.as(bob).social.follow({ userId: alice.id });
    const [forFollowers, forNobody] = [
      await quickPost(world, alice, { commentPolicy: 'followers' }),
      await quickPost(world, alice, { commentPolicy: 'nobody' }),
    ];
    const outcome = (person: Extra, postId: string) => codeOf(by(person).comment({ postId, body: 'Hello' }));
    expect(await outcome(carol, forFollowers)).toBe('comments_closed');
    expect(await outcome(bob, forFollowers)).toBe('ok');
    expect(await outcome(alice, forFollowers)).toBe('ok');
    expect(await outcome(bob, forNobody)).toBe('comments_closed');
    expect(await outcome(alice, forNobody)).toBe('ok');
    await world.as(alice).posts.edit({ postId: forNobody, commentPolicy: 'everyone' });
    expect(await outcome(carol, forNobody)).toBe('ok');
  });
});

describe('the list of comments', () => {
  test('leaves out those of people who do not exist for the viewer, and what was taken down', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    await by(bob).comment({ postId, body: 'Of bob' });
    await by(carol).comment({ postId, body: 'Of carol' });
    await world.as(bob).social.block({ userId: carol.id });
    expect(await bodies(bob, postId)).toEqual(['Of bob']);
    expect(await bodies(carol, postId)).toEqual(['Of carol']);
    expect(await bodies(alice, postId)).toEqual(['Of carol', 'Of bob']);
    await world.database.sql`update users set banned_until = 'infinity' where id = ${carol.id}`;
    expect(await bodies(null, postId)).toEqual(['Of bob']);
  });

  test('gives each lasting comment once while others come and go, equal times included', async () => {
    const [alice] = await people(1);
    const postId = await quickPost(world, alice);
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) ids.push((await by(alice).comment({ postId, body: `${n}` })).id);
    await world.database.sql`update comments set created_at = '2026-01-01' where post_id = ${postId}`;
    const leaving = ids.filter((_, n) => n % 4 === 0);
    const lasting = ids.filter((_, n) => n % 4 !== 0);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await by(alice).comments({ postId, limit: 3, ...(cursor ? { cursor } : {}) });
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      const leaves = leaving.pop();
      if (leaves) await by(alice).deleteComment({ postId, commentId: leaves });
      await by(alice).comment({ postId, body: 'Late' });
    } while (cursor);
    expect(new Set(walked).size).toBe(walked.length);
    expect(walked.filter((id) => lasting.includes(id))).toEqual(lasting.sort().reverse());
  });
});

describe('editing', () => {
  test('keeps what was said before, is for the author only, and nothing changed is no edit', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    const { id: commentId } = await by(bob).comment({ postId, body: 'Frist' });
    expect(await by(bob).editComment({ postId, commentId, body: ' Frist ' })).toMatchObject({
      editedAt: null,
    });
    const edited = await by(bob).editComment({ postId, commentId, body: 'First' });
    expect(edited).toMatchObject({ body: 'First', editedAt: expect.any(Date) });
    const kept = await world.database.sql`select body from comment_edits where comment_id = ${commentId}`;
    expect([...kept]).toEqual([{ body: 'Frist' }]);
    const missing = await refusal(by(bob).editComment({ postId, commentId: randomUUID(), body: 'x' }));
    for (const stranger of [alice, carol])
      expect(await refusal(by(stranger).editComment({ postId, commentId, body: 'x' }))).toEqual(missing);
    expect(await codeOf(by(bob).editComment({ postId, commentId, body: '' }))).toBe('invalid_input');
    await by(bob).deleteComment({ postId, commentId });
    expect(await refusal(by(bob).editComment({ postId, commentId, body: 'x' }))).toEqual(missing);
  });

  test('goes through the post that the comment is under', async () => {
    const [alice] = await people(1);
    const [postId, other] = [await quickPost(world, alice), await quickPost(world, alice)];
    const { id: commentId } = await by(alice).comment({ postId, body: 'Here' });
    const wrong = { postId: other, commentId };
    expect(await codeOf(by(alice).editComment({ ...wrong, body: 'x' }))).toBe('not_found');
    expect(await codeOf(by(alice).deleteComment(wrong))).toBe('not_found');
    expect(await codeOf(by(alice).likeComment(wrong))).toBe('not_found');
    expect(await codeOf(by(alice).unlikeComment(wrong))).toBe('not_found');
    expect(await codeOf(by(alice).comment({ postId: other, body: 'x', parentId: commentId }))).toBe(
      'not_found',
    );
    expect(await codeOf(by(alice).comments({ postId: other, parentId: commentId }))).toBe('not_found');
  });
});

describe('deleting', () => {
  test('is for the author and for whose post it is, however often', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    const one = await by(bob).comment({ postId, body: 'One' });
    const two = await by(bob).comment({ postId, body: 'Two' });
    expect(await codeOf(by(carol).deleteComment({ postId, commentId: one.id }))).toBe('not_found');
    expect(await codeOf(by(bob).deleteComment({ postId, commentId: randomUUID() }))).toBe('not_found');
    for (const _ of [1, 2]) await by(bob).deleteComment({ postId, commentId: one.id });
    for (const _ of [1, 2]) await by(alice).deleteComment({ postId, commentId: two.id });
    expect(await bodies(alice, postId)).toEqual([]);
    expect(await world.as(alice).posts.get({ postId })).toMatchObject({ commentCount: 0 });
    expect(await codeOf(by(carol).deleteComment({ postId, commentId: one.id }))).toBe('not_found');
  });
});

describe('liking a comment', () => {
  test('counts once however often it is asked for, and is taken back once', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    const { id: commentId } = await by(bob).comment({ postId, body: 'Snow' });
    const ref = { postId, commentId };
    expect(await by(alice).likeComment(ref)).toEqual({ liked: true, likeCount: 1 });
    expect(await by(alice).likeComment(ref)).toEqual({ liked: true, likeCount: 1 });
    expect(await by(carol).likeComment(ref)).toEqual({ liked: true, likeCount: 2 });
    const { items } = await by(carol).comments({ postId });
    expect(items).toMatchObject([{ likeCount: 2, likedByViewer: true }]);
    expect((await by(bob).comments({ postId })).items).toMatchObject([
      { likeCount: 2, likedByViewer: false },
    ]);
    expect((await world.anonymous.engagement.comments({ postId })).items[0]).not.toHaveProperty(
      'likedByViewer',
    );
    expect(await by(alice).unlikeComment(ref)).toEqual({ liked: false, likeCount: 1 });
    expect(await by(alice).unlikeComment(ref)).toEqual({ liked: false, likeCount: 1 });
  });

  test('needs a comment that the viewer may see', async () => {
    const [alice, bob, carol] = await people(3);
    const postId = await quickPost(world, alice);
    const { id: commentId } = await by(bob).comment({ postId, body: 'Snow' });
    await world.as(bob).social.block({ userId: carol.id });
    const missing = await refusal(by(carol).likeComment({ postId, commentId: randomUUID() }));
    expect(missing.code).toBe('not_found');
    expect(await refusal(by(carol).likeComment({ postId, commentId }))).toEqual(missing);
    expect(await refusal(by(carol).unlikeComment({ postId, commentId }))).toEqual(missing);
    expect(await codeOf(world.anonymous.engagement.likeComment({ postId, commentId }))).toBe(
      'unauthenticated',
    );
    await by(bob).deleteComment({ postId, commentId });
    expect(await refusal(by(alice).likeComment({ postId, commentId }))).toEqual(missing);
  });
});
