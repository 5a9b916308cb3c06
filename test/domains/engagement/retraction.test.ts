import { expect } from 'vitest';
import { retractEngagementOf } from '../../../server/domains/engagement/public.ts';
import { quickPost, wrongCommentCounts } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

test('likes and comments of a purged user are removed in bounded batches, with counts and replies', async () => {
  const [alice, bob, carol] = (await crowd(world, 3, 'leaver')) as [Extra, Extra, Extra];
  const postId = await quickPost(world, alice);
  const at = (person: Extra) => world.as(person).engagement;
  const stays = await at(alice).comment({ postId, body: 'Stays' });
  const reply = await at(bob).comment({ postId, body: 'Reply', parentId: stays.id });
  const goes = await at(bob).comment({ postId, body: 'Goes' });
  await at(carol).comment({ postId, body: 'Goes along', parentId: goes.id });
  for (let n = 0; n < 110; n++) await at(bob).comment({ postId, body: `${n}` });
  for (const person of [bob, carol]) {
    await at(person).like({ postId });
    for (const { id } of [stays, reply, goes]) await at(person).likeComment({ postId, commentId: id });
  }
  const [one, other] = await Promise.all([world, peer].map(({ app }) => retractEngagementOf(app, bob.id)));
  expect([one, other]).toContain(false);
  for (let isDone = false; !isDone; ) isDone = await retractEngagementOf(world.app, bob.id);
  expect(await retractEngagementOf(world.app, bob.id)).toBe(true);
  expect(await world.anonymous.posts.get({ postId })).toMatchObject({ likeCount: 1, commentCount: 1 });
  const { items } = await at(carol).comments({ postId });
  expect(items).toMatchObject([{ id: stays.id, likeCount: 1, replyCount: 0, replies: [] }]);
  expect(await wrongCommentCounts(world)).toEqual([]);
  await world.drain();
  await world.database.sql`delete from users where id = ${bob.id}`;
  expect(await wrongCommentCounts(world)).toEqual([]);
  expect(await world.anonymous.posts.get({ postId })).toMatchObject({ likeCount: 1, commentCount: 1 });
});
