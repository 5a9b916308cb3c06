import { beforeEach, describe, expect } from 'vitest';
import { inTransaction } from '../../../server/core/app.ts';
import { reconcileNotice } from '../../../server/domains/notifications/reconciliation/service.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
let alice: Extra;
let bob: Extra;
let carol: Extra;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
beforeEach(async () => {
  named += 1;
  [alice, bob, carol] = (await crowd(world, 3, `p${named}`)) as [Extra, Extra, Extra];
});

async function postOf(author: Extra, caption = '', visibility: 'public' | 'followers' = 'public') {
  const mediaIds = await insertMedia(world, author, 1);
  const { id } = await world.as(author).posts.create({ mediaIds, caption, visibility });
  return id;
}

/** After all jobs, without sign-ins. */
async function told(person: Extra, grouped = true) {
  await world.drain();
  const { items } = await world.as(person).notifications.list({ grouped });
  return items;
}

const kindsOf = (items: { kind: string }[]) => items.map(({ kind }) => kind);
const unread = async (person: Extra) => (await world.as(person).notifications.unreadCount({})).unreadCount;

describe('an entry', () => {
  test('groups likes within the hour, the latest actor first', async () => {
    const postId = await postOf(alice);
    for (const person of [bob, carol]) {
      await world.as(person).engagement.like({ postId });
      await world.drain();
    }
    const [entry, ...rest] = await told(alice);
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ kind: 'postLiked', count: 2, isRead: false, postId, commentId: null });
    expect(entry!.actors.map(({ id }) => id)).toEqual([carol.id, bob.id]);
    expect(entry!.thumbnail).not.toBeNull();
    expect(kindsOf(await told(alice, false))).toEqual(['postLiked', 'postLiked']);
  });

  test('after the hour is a new entry', async () => {
    const postId = await postOf(alice);
    await world.as(bob).engagement.like({ postId });
    await world.drain();
    await world.database
      .sql`update notification_groups set created_at = created_at - interval '61 minutes' where recipient_id = ${alice.id}`;
    await world.as(carol).engagement.like({ postId });
    expect((await told(alice)).map(({ count }) => count)).toEqual([1, 1]);
  });

  test('is not made for your own interactions', async () => {
    const postId = await postOf(alice, `I am @${alice.handle}`);
    await world.as(alice).engagement.like({ postId });
    await world.as(alice).engagement.comment({ postId, body: 'Mine' });
    expect(await told(alice)).toEqual([]);
  });

  test('comments, replies, likes of comments and mentions, with their words', async () => {
    const postId = await postOf(alice);
    const { id: commentId } = await world
      .as(bob)
      .engagement.comment({ postId, body: `Look @${carol.handle}` });
    await world.as(alice).engagement.comment({ postId, parentId: commentId, body: 'A reply' });
    await world.as(carol).engagement.likeComment({ postId, commentId });
    expect(await told(alice)).toMatchObject([
      { kind: 'postCommented', postId, commentId, text: `Look @${carol.handle}` },
    ]);
    expect(await told(carol)).toMatchObject([{ kind: 'mentioned', postId, commentId }]);
    const bobs = await told(bob);
    expect(kindsOf(bobs).sort()).toEqual(['commentLiked', 'commentReplied']);
    expect(bobs.find(({ kind }) => kind === 'commentReplied')).toMatchObject({ postId, text: 'A reply' });
    expect(bobs.find(({ kind }) => kind === 'commentLiked')).toMatchObject({ postId, commentId });
  });

  test('follows, requests and their acceptance', async () => {
    await world.as(bob).social.follow({ userId: alice.id });
    await world.as(alice).users.updateMe({ isPrivate: true });
    await world.as(carol).social.follow({ userId: alice.id });
    expect(kindsOf(await told(alice)).sort()).toEqual(['followRequested', 'followed']);
    await world.as(alice).social.acceptRequest({ userId: carol.id });
    expect(kindsOf(await told(alice))).toEqual(['followed']);
    expect(await told(carol)).toMatchObject([{ kind: 'requestAccepted', actors: [{ id: alice.id }] }]);
  });

  test('what an operator did, with the rule and the reason', async () => {
    await world.admin.moderation.warn({ userId: alice.id, rule: 'No spam', reason: 'Ten of the same' });
    expect(await told(alice)).toMatchObject([
      { kind: 'moderationNotice', actors: [], text: 'No spam: Ten of the same' },
    ]);
  });
});

describe('retracted', () => {
  test('interactions that were undone, however often and in whatever order their jobs run', async () => {
    const postId = await postOf(alice);
    for (let round = 0; round < 3; round++) {
      await world.as(bob).engagement.like({ postId });
      await world.as(bob).engagement.unlike({ postId });
    }
    expect(await told(alice)).toEqual([]);
    await world.as(bob).engagement.like({ postId });
    await world.as(bob).engagement.unlike({ postId });
    await world.as(bob).engagement.like({ postId });
    expect(await told(alice)).toMatchObject([{ kind: 'postLiked', count: 1 }]);
    await world.as(bob).social.follow({ userId: alice.id });
    await world.as(bob).social.unfollow({ userId: alice.id });
    expect(kindsOf(await told(alice))).toEqual(['postLiked']);
  });

  test('interactions of users you block or mute, which are not counted either', async () => {
    const postId = await postOf(alice);
    await world.as(bob).engagement.like({ postId });
    await world.as(carol).engagement.like({ postId });
    expect(await told(alice)).toMatchObject([{ count: 2 }]);
    await world.as(alice).social.block({ userId: bob.id });
    expect(await told(alice)).toMatchObject([{ count: 1, actors: [{ id: carol.id }] }]);
    await world.as(alice).social.mute({ userId: carol.id });
    expect(await told(alice)).toEqual([]);
    expect(await unread(alice)).toBe(0);
  });

  test('mentions in content you may not see', async () => {
    const postId = await postOf(alice, `With @${bob.handle}`, 'followers');
    expect(await told(bob)).toEqual([]);
    await world.as(carol).social.follow({ userId: alice.id });
    const seen = await postOf(alice, `With @${carol.handle}`, 'followers');
    expect(await told(carol)).toMatchObject([{ kind: 'mentioned', postId: seen }]);
    await world.as(carol).social.unfollow({ userId: alice.id });
    expect(await told(carol)).toEqual([]);
    expect(postId).not.toBe(seen);
  });
});

describe('what two jobs may not confuse', () => {
  test('a follow that began with a request and one that did not', async () => {
    await world.as(bob).social.follow({ userId: alice.id });
    await world.as(bob).social.unfollow({ userId: alice.id });
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await told(bob)).toEqual([]);
    await world.as(carol).users.updateMe({ isPrivate: true });
    for (let round = 0; round < 2; round++) {
      await world.as(bob).social.unfollow({ userId: carol.id });
      await world.as(bob).social.follow({ userId: carol.id });
      await world.as(carol).social.acceptRequest({ userId: bob.id });
    }
    expect(await told(carol)).toEqual([]);
    expect(kindsOf(await told(bob))).toEqual(['requestAccepted']);
  });

  test('an interaction that was undone and repeated', async () => {
    const postId = await postOf(alice);
    await world.as(bob).engagement.like({ postId });
    const [entry] = await told(alice);
    await world.as(alice).notifications.markRead({ notificationId: entry!.id });
    await world.as(bob).engagement.unlike({ postId });
    expect(await told(alice)).toEqual([]);
    await world.as(bob).engagement.like({ postId });
    expect(await told(alice)).toMatchObject([{ id: entry!.id, isRead: true }]);
    expect(await unread(alice)).toBe(0);
  });

  test('what waited for its turn with what was read meanwhile', async () => {
    const [one, two] = [await postOf(alice), await postOf(alice)];
    await world.as(bob).engagement.like({ postId: one });
    await world.database.sql`delete from jobs where kind = 'notifications.settle'`;
    await inTransaction(world.app, async (app) => {
      await app.db.execute('select 1');
      await world.as(carol).engagement.like({ postId: two });
      const [entry] = await told(alice);
      await world.as(alice).notifications.markReadUpTo({ upToId: entry!.id });
      const notice = { recipientId: alice.id, actorId: bob.id, subjectId: one, sourceId: bob.id };
      await reconcileNotice(app, { kind: 'postLiked', ...notice });
    });
    expect(await unread(alice)).toBe(1);
  });
});

describe('preferences', () => {
  test('choose whose interactions notify you', async () => {
    await world
      .as(alice)
      .users.updateSettings({ notifications: { postLiked: 'following', followed: 'nobody' } });
    const postId = await postOf(alice);
    await world.as(alice).social.follow({ userId: carol.id });
    await world.as(bob).engagement.like({ postId });
    await world.as(carol).engagement.like({ postId });
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await told(alice)).toMatchObject([{ kind: 'postLiked', actors: [{ id: carol.id }] }]);
  });
});

describe('reading', () => {
  test('one entry, and everything up to an entry; the marker never moves back', async () => {
    const posts: string[] = [];
    for (let n = 0; n < 3; n++) {
      posts.push(await postOf(alice));
      await world.as(bob).engagement.like({ postId: posts[n]! });
      await world.drain();
    }
    const [third, second, first] = await told(alice);
    await world.as(alice).notifications.markRead({ notificationId: third!.id });
    expect((await told(alice)).map(({ isRead }) => isRead)).toEqual([true, false, false]);
    const { unreadCount } = await world.as(alice).notifications.markReadUpTo({ upToId: second!.id });
    expect(unreadCount).toBe(0);
    await world.as(alice).notifications.markReadUpTo({ upToId: first!.id });
    expect((await told(alice)).map(({ isRead }) => isRead)).toEqual([true, true, true]);
  });

  test('entries of others are not there', async () => {
    const postId = await postOf(alice);
    await world.as(bob).engagement.like({ postId });
    const [entry] = await told(alice);
    expect(await codeOf(world.as(bob).notifications.markRead({ notificationId: entry!.id }))).toBe(
      'not_found',
    );
    expect(await codeOf(world.as(bob).notifications.markReadUpTo({ upToId: entry!.id }))).toBe('not_found');
    await world.as(bob).social.block({ userId: alice.id });
    expect(await codeOf(world.as(alice).notifications.markRead({ notificationId: entry!.id }))).toBe(
      'not_found',
    );
  });

  test('page after page shows every entry once, while others come', async () => {
    for (let n = 0; n < 7; n++) await world.as(bob).engagement.like({ postId: await postOf(alice) });
    await world.drain();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.as(alice).notifications.list({ limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      if (seen.length === 2) {
        await world.as(carol).engagement.like({ postId: await postOf(alice) });
        await world.drain();
      }
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });
});
