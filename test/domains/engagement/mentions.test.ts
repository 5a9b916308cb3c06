import { beforeEach, describe, expect } from 'vitest';
import { mentionsOf } from '../../../server/core/mentions.ts';
import { reconcileReplies } from '../../../server/domains/engagement/commentState/service.ts';
import { setCommentTakenDown } from '../../../server/domains/engagement/public.ts';
import { quickPost } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { takeNotices, takeTrustChanges } from '../../support/outbox.ts';
import type { World } from '../../support/world.ts';

let world: World;
let alice: Extra;
let bob: Extra;
let carol: Extra;
let dave: Extra;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
beforeEach(async () => {
  [alice, bob, carol, dave] = (await crowd(world, 4, `m${++named}_`)) as [Extra, Extra, Extra, Extra];
  await forget();
});

const forget = async () => {
  await takeNotices(world);
  await takeTrustChanges(world);
};

/** Kind and recipient of each, in no order. */
const told = async () =>
  (await takeNotices(world)).map(({ kind, recipientId }) => `${kind} ${nameOf(recipientId)}`).sort();

const nameOf = (id: string) =>
  Object.entries({ alice, bob, carol, dave }).find(([, person]) => person.id === id)?.[0] ?? 'somebody else';

test('mentions are handles after an @ that nothing is stuck to', () => {
  expect(
    mentionsOf('@Alice, (@bob_2)! Hi@carol mail@dave.org /@eve @al @toolong_toolong_toolong_toolong1'),
  ).toEqual(['alice', 'bob_2']);
  expect(mentionsOf('@bob @BOB\n@carol.')).toEqual(['bob', 'carol']);
  expect(mentionsOf(Array.from({ length: 50 }, (_, n) => `@handle${n}`).join(' '))).toHaveLength(30);
});

describe('a caption', () => {
  test('tells those whom it mentions, when the post is published', async () => {
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const caption = `With @${bob.handle.toUpperCase()} and @${bob.handle}, me @${alice.handle}, and @nobody_there`;
    const { id } = await world.as(alice).posts.create({ mediaIds: [mediaId], caption, visibility: 'public' });
    expect(await takeNotices(world)).toEqual([]);
    expect(await takeTrustChanges(world)).toEqual([]);
    await finishMedium(world, mediaId);
    expect(await takeNotices(world)).toEqual([
      { kind: 'mentioned', recipientId: bob.id, actorId: alice.id, subjectId: id, sourceId: id },
    ]);
    expect(await takeTrustChanges(world)).toEqual([{ userId: alice.id, act: 'post', sourceId: id }]);
  });

  test('is published with the comments under it: those whom they mention are told then', async () => {
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const post = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.as(alice).engagement.comment({ postId: post.id, body: `Wait for it, @${bob.handle}` });
    await world.drain();
    expect((await world.as(bob).notifications.list({})).items).toEqual([]);
    await finishMedium(world, mediaId);
    await world.drain();
    expect((await world.as(bob).notifications.list({})).items).toMatchObject([
      { kind: 'mentioned', text: `Wait for it, @${bob.handle}` },
    ]);
  });

  test('reconciles users whom an edit or a deletion adds or removes', async () => {
    const postId = await quickPost(world, alice, { caption: `@${bob.handle}` });
    await forget();
    await world.as(alice).posts.edit({ postId, caption: `@${carol.handle}` });
    expect(await told()).toEqual(['mentioned bob', 'mentioned carol']);
    await forget();
    await world.as(alice).posts.delete({ postId });
    expect(await told()).toEqual(['mentioned carol']);
    expect(await takeTrustChanges(world)).toEqual([{ userId: alice.id, act: 'post', sourceId: postId }]);
    expect(await world.database.sql`select from post_mentions where post_id = ${postId}`).toHaveLength(0);
  });

  test('does not mention across a block', async () => {
    await world.as(bob).social.block({ userId: alice.id });
    await quickPost(world, alice, { caption: `@${bob.handle}` });
    expect(await told()).toEqual([]);
  });
});

describe('a comment', () => {
  test('notify the author of the post, the author of the parent comment and mentioned users, each once and never yourself', async () => {
    const postId = await quickPost(world, alice);
    await forget();
    const comment = await world
      .as(bob)
      .engagement.comment({ postId, body: `@${alice.handle} @${carol.handle}` });
    expect(await takeNotices(world)).toEqual(
      expect.arrayContaining([
        {
          kind: 'postCommented',
          recipientId: alice.id,
          actorId: bob.id,
          subjectId: postId,
          sourceId: comment.id,
        },
        {
          kind: 'mentioned',
          recipientId: carol.id,
          actorId: bob.id,
          subjectId: postId,
          sourceId: comment.id,
        },
      ]),
    );
    expect(await takeTrustChanges(world)).toEqual([{ userId: bob.id, act: 'comment', sourceId: comment.id }]);
    const reply = await world
      .as(carol)
      .engagement.comment({ postId, body: `@${bob.handle}`, parentId: comment.id });
    expect(await takeNotices(world)).toEqual(
      expect.arrayContaining([
        {
          kind: 'postCommented',
          recipientId: alice.id,
          actorId: carol.id,
          subjectId: postId,
          sourceId: reply.id,
        },
        {
          kind: 'commentReplied',
          recipientId: bob.id,
          actorId: carol.id,
          subjectId: comment.id,
          sourceId: reply.id,
        },
      ]),
    );
    await world.as(alice).engagement.comment({ postId, body: 'Me too' });
    expect(await told()).toEqual([]);
  });

  test('reconciles mentions that an edit adds or removes', async () => {
    const postId = await quickPost(world, alice);
    const { id: commentId } = await world.as(bob).engagement.comment({ postId, body: `@${carol.handle}` });
    await forget();
    await world.as(bob).engagement.editComment({ postId, commentId, body: `@${dave.handle}` });
    expect(await told()).toEqual(['mentioned carol', 'mentioned dave', 'postCommented alice']);
    const rows = await world.database
      .sql`select user_id from comment_mentions where comment_id = ${commentId}`;
    expect([...rows]).toEqual([{ user_id: dave.id }]);
  });

  test('reconciles again when it is deleted or restored, and its replies with it', async () => {
    const postId = await quickPost(world, alice);
    const { id: commentId } = await world.as(bob).engagement.comment({ postId, body: `@${dave.handle}` });
    await world.as(carol).engagement.comment({ postId, body: 'Yes', parentId: commentId });
    const all = ['commentReplied bob', 'mentioned dave', 'postCommented alice', 'postCommented alice'];
    const reconciled = async () => {
      const own = await takeNotices(world);
      const points = await takeTrustChanges(world);
      await runReplies();
      const notices = [...own, ...(await takeNotices(world))];
      const changes = [...points, ...(await takeTrustChanges(world))];
      expect(changes.map(({ userId }) => nameOf(userId)).sort()).toEqual(['bob', 'carol']);
      return notices.map(({ kind, recipientId }) => `${kind} ${nameOf(recipientId)}`).sort();
    };
    await forget();
    await setCommentTakenDown(world.app, commentId, true);
    expect(await reconciled()).toEqual(all);
    await setCommentTakenDown(world.app, commentId, false);
    expect(await reconciled()).toEqual(all);
    await world.as(alice).engagement.deleteComment({ postId, commentId });
    expect(await reconciled()).toEqual(all);
  });

  async function runReplies() {
    const jobs = await world.database.sql<{ body: { commentId: string; after: null } }[]>`
      delete from jobs where kind = 'engagement.settleReplies' returning body`;
    expect(jobs).toHaveLength(1);
    await reconcileReplies(world.app, jobs[0]!.body);
  }
});

describe('a like', () => {
  test('tells the author and gives them points, done and undone, once', async () => {
    const postId = await quickPost(world, alice);
    await forget();
    const notice = {
      kind: 'postLiked',
      recipientId: alice.id,
      actorId: bob.id,
      subjectId: postId,
      sourceId: bob.id,
    };
    const change = { userId: alice.id, act: 'likeReceived', sourceId: `${postId}:${bob.id}` };
    for (const act of ['like', 'unlike'] as const) {
      await world.as(bob).engagement[act]({ postId });
      expect(await takeNotices(world)).toEqual([notice]);
      expect(await takeTrustChanges(world)).toEqual([change]);
      await world.as(bob).engagement[act]({ postId });
    }
    await world.as(alice).engagement.like({ postId });
    expect(await takeNotices(world)).toEqual([]);
    expect(await takeTrustChanges(world)).toEqual([]);
  });

  test('of a comment tells who wrote it', async () => {
    const postId = await quickPost(world, alice);
    const { id: commentId } = await world.as(bob).engagement.comment({ postId, body: 'Snow' });
    await forget();
    const notice = {
      kind: 'commentLiked',
      recipientId: bob.id,
      actorId: carol.id,
      subjectId: commentId,
      sourceId: carol.id,
    };
    for (const act of ['likeComment', 'likeComment', 'unlikeComment'] as const)
      await world.as(carol).engagement[act]({ postId, commentId });
    await world.as(bob).engagement.likeComment({ postId, commentId });
    expect(await takeNotices(world)).toEqual([notice, notice]);
  });
});
