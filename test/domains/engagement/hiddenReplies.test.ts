import { beforeEach, expect } from 'vitest';
import { setCommentTakenDown } from '../../../server/domains/engagement/public.ts';
import { quickPost } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let alice: Extra;
let bob: Extra;
let carol: Extra;
let dave: Extra;
let postId: string;
let parentId: string;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
/** Bob comments on a post of alice. */
beforeEach(async () => {
  named += 1;
  [alice, bob, carol, dave] = (await crowd(world, 4, `reply${named}`)) as [Extra, Extra, Extra, Extra];
  postId = await quickPost(world, alice);
  ({ id: parentId } = await world.as(bob).engagement.comment({ postId, body: 'Snow' }));
});

const reply = async (body: string) =>
  (await world.as(carol).engagement.comment({ postId, parentId, body })).id;

async function toldOf(commentId: string, person: Extra) {
  await world.drain();
  const { items } = await world.as(person).notifications.list({ grouped: false });
  return items.filter((entry) => entry.commentId === commentId).map(({ kind, text }) => [kind, text]);
}

test('a user who cannot see a comment is not notified of its replies', async () => {
  await world.as(bob).social.block({ userId: dave.id });
  const commentId = await reply(`Ask @${dave.handle}`);
  expect(await toldOf(commentId, alice)).toEqual([['postCommented', `Ask @${dave.handle}`]]);
  expect(await toldOf(commentId, dave)).toEqual([]);
  expect((await world.as(dave).notifications.unreadCount({})).unreadCount).toBe(0);
});

test('replies hidden with their comment are notified again only when it is restored', async () => {
  const commentId = await reply(`Ask @${dave.handle}`);
  expect(await toldOf(commentId, dave)).toEqual([['mentioned', `Ask @${dave.handle}`]]);
  await setCommentTakenDown(world.app, parentId, true);
  expect([await toldOf(commentId, alice), await toldOf(commentId, dave)]).toEqual([[], []]);
  await setCommentTakenDown(world.app, parentId, false);
  expect((await toldOf(commentId, alice)).length).toBe(1);
  expect((await toldOf(commentId, dave)).length).toBe(1);
});

test('content you cannot see cannot be reported', async () => {
  const commentId = await reply('Frost');
  await world.as(bob).social.block({ userId: dave.id });
  const flag = (person: Extra) =>
    codeOf(world.as(person).moderation.flagComment({ commentId, category: 'abuse' }));
  expect([await flag(dave), await flag(alice)]).toEqual(['not_found', 'ok']);
});

test.each([
  ['its author blocks the author of the post', () => [bob, alice] as const],
  ['the author of the post blocks its author', () => [alice, bob] as const],
])('nobody sees a comment and its replies while %s', async (_, who) => {
  await reply('Frost');
  const bodies = async (viewer?: Extra) => {
    const { items } = await (viewer ? world.as(viewer) : world.anonymous).engagement.comments({ postId });
    return items.flatMap(({ body, replies }) => [body, ...replies.map((one) => one.body)]);
  };
  expect(await bodies()).toEqual(['Snow', 'Frost']);
  const [blocker, blocked] = who();
  await world.as(blocker).social.block({ userId: blocked.id });
  expect([await bodies(), await bodies(alice), await bodies(carol)]).toEqual([[], [], []]);
  await world.as(blocker).social.unblock({ userId: blocked.id });
  expect(await bodies()).toEqual(['Snow', 'Frost']);
});
