import { describe, expect } from 'vitest';
import { setCommentTakenDown } from '../../../server/domains/engagement/public.ts';
import { quickPost, wrongCommentCounts } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const people = async (count: number) =>
  (await crowd(world, count, `r${++named}_`)) as [Extra, Extra, Extra, ...Extra[]];

const by = (person: Extra) => world.as(person).engagement;

/** A post of alice with a comment of bob under which carol replied. */
async function thread() {
  const [alice, bob, carol, dave] = (await people(4)) as [Extra, Extra, Extra, Extra];
  const postId = await quickPost(world, alice);
  const comment = await by(bob).comment({ postId, body: 'Comment' });
  const reply = await by(carol).comment({ postId, body: 'Reply', parentId: comment.id });
  return { alice, bob, carol, dave, postId, comment, reply };
}

const countOf = async (postId: string) => (await world.anonymous.posts.get({ postId })).commentCount;

test('replies stand under their comment, oldest first, the first three beside it', async () => {
  const { postId, comment, reply, dave } = await thread();
  for (const body of ['2', '3', '4', '5']) await by(dave).comment({ postId, body, parentId: comment.id });
  const { items } = await world.anonymous.engagement.comments({ postId });
  expect(items).toMatchObject([
    { id: comment.id, replyCount: 5, replies: [{ id: reply.id }, { body: '2' }, { body: '3' }] },
  ]);
  expect(await countOf(postId)).toBe(6);
  const page = await world.anonymous.engagement.comments({ postId, parentId: comment.id, limit: 2 });
  expect(page.items).toMatchObject([{ body: 'Reply', parentId: comment.id, replies: [] }, { body: '2' }]);
  const rest = await world.anonymous.engagement.comments({
    postId,
    parentId: comment.id,
    cursor: page.nextCursor!,
  });
  expect(rest.items.map(({ body }) => body)).toEqual(['3', '4', '5']);
  expect(rest.nextCursor).toBeNull();
  expect(await codeOf(world.anonymous.engagement.comments({ postId, cursor: page.nextCursor! }))).toBe(
    'invalid_cursor',
  );
});

test('a reply to a reply belongs to the same comment', async () => {
  const { postId, comment, reply, dave } = await thread();
  const answer = await by(dave).comment({ postId, body: 'Answer', parentId: reply.id });
  expect(answer.parentId).toBe(comment.id);
  const { items } = await world.anonymous.engagement.comments({ postId });
  expect(items).toMatchObject([{ replyCount: 2, replies: [{ id: reply.id }, { id: answer.id }] }]);
});

test('replies go with the comment they stand under, from the counts too', async () => {
  const { postId, comment, reply, bob, carol } = await thread();
  const other = await by(carol).comment({ postId, body: 'Other' });
  expect(await countOf(postId)).toBe(3);
  await by(bob).deleteComment({ postId, commentId: comment.id });
  expect(await countOf(postId)).toBe(1);
  expect((await by(carol).comments({ postId })).items.map(({ id }) => id)).toEqual([other.id]);
  const ref = { postId, commentId: reply.id };
  expect(await codeOf(by(carol).likeComment(ref))).toBe('not_found');
  expect(await codeOf(by(carol).editComment({ ...ref, body: 'x' }))).toBe('not_found');
  expect(await codeOf(by(carol).comment({ postId, body: 'x', parentId: comment.id }))).toBe('not_found');
  expect(await codeOf(by(carol).comment({ postId, body: 'x', parentId: reply.id }))).toBe('not_found');
  await by(carol).deleteComment(ref);
  expect(await wrongCommentCounts(world)).toEqual([]);
});

test('a deleted reply leaves its comment', async () => {
  const { postId, reply, alice } = await thread();
  await by(alice).deleteComment({ postId, commentId: reply.id });
  const { items } = await world.anonymous.engagement.comments({ postId });
  expect(items).toMatchObject([{ replyCount: 0, replies: [] }]);
  expect(await countOf(postId)).toBe(1);
});

describe('what those who do not exist for the viewer said', () => {
  test('is not among the replies', async () => {
    const { postId, comment, bob, carol, dave } = await thread();
    await by(dave).comment({ postId, body: 'Of dave', parentId: comment.id });
    await world.as(carol).social.block({ userId: dave.id });
    const seen = async (viewer: Extra) =>
      (await by(viewer).comments({ postId })).items[0]!.replies.map(({ body }) => body);
    expect(await seen(bob)).toEqual(['Reply', 'Of dave']);
    expect(await seen(carol)).toEqual(['Reply']);
    const { items } = await by(dave).comments({ postId, parentId: comment.id });
    expect(items.map(({ body }) => body)).toEqual(['Of dave']);
  });

  test('hides the replies under it', async () => {
    const { postId, comment, reply, bob, dave } = await thread();
    await world.as(bob).social.block({ userId: dave.id });
    expect((await by(dave).comments({ postId })).items).toEqual([]);
    expect(await codeOf(by(dave).comments({ postId, parentId: comment.id }))).toBe('not_found');
    expect(await codeOf(by(dave).likeComment({ postId, commentId: reply.id }))).toBe('not_found');
    expect(await codeOf(by(dave).comment({ postId, body: 'x', parentId: reply.id }))).toBe('not_found');
  });
});

describe('taking down', () => {
  test('a comment hides it with its replies from all but its author, until it is restored', async () => {
    const { postId, comment, reply, alice, bob, carol } = await thread();
    expect(await setCommentTakenDown(world.app, comment.id, true)).toBe(true);
    expect(await setCommentTakenDown(world.app, comment.id, true)).toBe(false);
    expect(await countOf(postId)).toBe(0);
    expect((await by(alice).comments({ postId })).items).toEqual([]);
    expect((await by(bob).comments({ postId })).items.map(({ id }) => id)).toEqual([comment.id]);
    expect(await codeOf(by(alice).deleteComment({ postId, commentId: comment.id }))).toBe('not_found');
    expect(await codeOf(by(bob).comment({ postId, body: 'x', parentId: comment.id }))).toBe('not_found');
    await by(carol).deleteComment({ postId, commentId: reply.id });
    expect(await wrongCommentCounts(world)).toEqual([]);
    expect(await setCommentTakenDown(world.app, comment.id, false)).toBe(true);
    expect(await setCommentTakenDown(world.app, comment.id, false)).toBe(false);
    expect(await countOf(postId)).toBe(1);
    expect(await wrongCommentCounts(world)).toEqual([]);
  });

  test('a deleted reply leaves its comment, and stays deleted', async () => {
    const { postId, comment, reply, bob } = await thread();
    await setCommentTakenDown(world.app, reply.id, true);
    expect(await countOf(postId)).toBe(1);
    expect((await by(bob).comments({ postId })).items).toMatchObject([{ replyCount: 0, replies: [] }]);
    await by(bob).deleteComment({ postId, commentId: comment.id });
    await setCommentTakenDown(world.app, reply.id, false);
    await setCommentTakenDown(world.app, comment.id, true);
    expect(await countOf(postId)).toBe(0);
    expect(await wrongCommentCounts(world)).toEqual([]);
  });

  test('of no comment changes nothing', async () => {
    expect(await setCommentTakenDown(world.app, crypto.randomUUID(), true)).toBe(false);
  });
});
