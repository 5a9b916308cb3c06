import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
let named = 0;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

async function people(count: number): Promise<[Extra, Extra, ...Extra[]]> {
  named += 1;
  return (await crowd(world, Math.max(count, 2), `down${named}`)) as [Extra, Extra];
}

const operator = (name = 'Zoe', at = world) => createCaller(at.app)(scriptContext(null, name)).moderation;
const verdict = { rule: 'No spam', reason: 'The caption sells watches' };

async function post(author: Extra, status: 'completed' | 'processing' = 'completed') {
  const mediaIds = await insertMedia(world, author, 1, status);
  const { id } = await world.as(author).posts.create({ mediaIds, visibility: 'public', caption: 'Snow' });
  return { postId: id, mediaId: mediaIds[0]! };
}

const postCount = async (person: Extra) => (await world.anonymous.users.get({ userId: person.id })).postCount;

/** The jobs that wait for their handlers, of this subject. */
const waiting = (kind: string, sourceId: string) =>
  world.app.db.execute(sql`
    select body from jobs where kind = ${kind} and body::text like ${`%${sourceId}%`}`);

describe('a post that is taken down', () => {
  test('is hidden from everybody but its author, who is notified, and can be restored', async () => {
    const [alice, bob] = await people(2);
    await world.as(bob).social.follow({ userId: alice.id });
    const { postId, mediaId } = await post(alice);
    await world.as(bob).engagement.like({ postId });
    await world.drain();
    const seenBy = async (viewer: Extra) => ({
      post: await codeOf(world.as(viewer).posts.get({ postId })),
      media: await codeOf(world.as(viewer).media.get({ mediaId })),
      likes: await codeOf(world.as(viewer).engagement.likes({ postId })),
      list: (await world.as(viewer).posts.byUser({ userId: alice.id })).items.length,
      feed: (await world.as(viewer).feed.home({})).items.length,
    });
    const whole = { post: 'ok', media: 'ok', likes: 'ok', list: 1, feed: 1 };
    expect(await seenBy(bob)).toEqual(whole);
    const action = await operator().takedownPost({ postId, ...verdict });
    expect(action).toMatchObject({ kind: 'takedown', subjectId: postId, ...verdict, undoneAt: null });
    expect(await seenBy(bob)).toEqual({
      post: 'not_found',
      media: 'not_found',
      likes: 'not_found',
      list: 0,
      feed: 0,
    });
    expect(await postCount(alice)).toBe(0);
    expect(await world.as(alice).posts.get({ postId })).toMatchObject({ status: 'takenDown' });
    await operator().restorePost({ postId, reason: 'It sold nothing' });
    expect(await seenBy(bob)).toEqual(whole);
    expect(await postCount(alice)).toBe(1);
    expect(await world.as(bob).posts.get({ postId })).toMatchObject({ status: 'published', likeCount: 1 });
  });

  test('leaves no address by which its photographs can be fetched', async () => {
    const alice = await world.person(`alice_${named}`);
    const { id: postId } = await world.post(alice);
    const before = (await world.anonymous.posts.get({ postId })).media[0]!.variants[0]!.url;
    expect(await statusOf(before)).toBe(200);
    await operator().takedownPost({ postId, ...verdict });
    await world.drain();
    expect(await statusOf(before)).toBe(404);
    const own = (await world.as(alice).posts.get({ postId })).media[0]!.variants[0]!.url;
    expect(await statusOf(own)).toBe(200);
    await operator().restorePost({ postId, reason: 'It sold nothing' });
    await world.drain();
    // Everybody may see it again, so the URL that its owner was given works until it expires.
    expect(await statusOf(own)).toBe(200);
    const after = (await world.anonymous.posts.get({ postId })).media[0]!.variants[0]!.url;
    expect(await statusOf(after)).toBe(200);
  });

  test('is taken down once, also by two operators at once, and restored once', async () => {
    const [alice] = await people(1);
    const { postId } = await post(alice);
    const actions = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        operator(`Op ${index % 2}`, index % 2 ? world : peer).takedownPost({ postId, ...verdict }),
      ),
    );
    expect(new Set(actions.map(({ id }) => id)).size).toBe(1);
    expect(await postCount(alice)).toBe(0);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        operator(`Op ${index % 2}`, index % 2 ? world : peer).restorePost({ postId, reason: 'Error' }),
      ),
    );
    expect(await postCount(alice)).toBe(1);
    const { items } = await operator().audit({ subject: postId });
    expect(items.map(({ action }) => action)).toEqual(['post.restore', 'post.takedown']);
  });

  test('keeps what it was when its author deletes it, and is counted by nobody', async () => {
    const [alice] = await people(1);
    const { postId, mediaId } = await post(alice);
    await operator().takedownPost({ postId, ...verdict });
    await world.as(alice).posts.delete({ postId });
    expect(await codeOf(world.as(alice).posts.get({ postId }))).toBe('not_found');
    expect(await codeOf(world.as(alice).media.delete({ mediaId }))).toBe('media_in_use');
    await operator().restorePost({ postId, reason: 'Error' });
    expect(await postCount(alice)).toBe(0);
    expect(await codeOf(world.as(alice).posts.get({ postId }))).toBe('not_found');
  });

  test('is counted once it is restored, also when its photograph was ready only after the takedown', async () => {
    const [alice, bob] = await people(2);
    const { postId, mediaId } = await post(alice, 'processing');
    await operator().takedownPost({ postId, ...verdict });
    await finishMedium(world, mediaId);
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('not_found');
    expect(await postCount(alice)).toBe(0);
    await operator().restorePost({ postId, reason: 'Error' });
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('ok');
    expect(await postCount(alice)).toBe(1);
  });

  test('notifies the author and reconciles the points, when it is done and when it is undone', async () => {
    const [alice] = await people(1);
    const { postId } = await post(alice);
    const { id } = await operator().takedownPost({ postId, ...verdict });
    const [notice] = await waiting('notifications.settle', id);
    expect(notice).toEqual({
      body: {
        notice: {
          kind: 'moderationNotice',
          recipientId: alice.id,
          actorId: null,
          subjectId: postId,
          sourceId: id,
        },
      },
    });
    const [change] = await waiting('trust.settle', id);
    expect(change).toEqual({
      body: { change: { userId: alice.id, act: 'contentRemoved', sourceId: id } },
    });
    await operator().restorePost({ postId, reason: 'Error' });
    expect(await waiting('trust.settle', id)).toHaveLength(2);
  });

  test('needs an existing subject, a rule and a reason', async () => {
    const [alice] = await people(1);
    const { postId } = await post(alice);
    expect(await codeOf(operator().takedownPost({ postId: randomUUID(), ...verdict }))).toBe('not_found');
    expect(await codeOf(operator().restorePost({ postId: randomUUID(), reason: 'x' }))).toBe('not_found');
    const fieldOf = async (input: object) =>
      (await refusal(operator().takedownPost(input as { postId: string } & typeof verdict))).errors[0]?.field;
    expect(await fieldOf({ postId, rule: 'x' })).toBe('reason');
    expect(await fieldOf({ postId, reason: 'x' })).toBe('rule');
    expect(await fieldOf({ postId, ...verdict, actor: 'Zoe' })).toBe('actor');
    expect((await operator().audit({ subject: postId })).items).toEqual([]);
  });
});

test('a comment that is taken down is gone for all but its author, uncounted, and comes back', async () => {
  const [alice, bob] = await people(2);
  const { postId } = await post(alice);
  const { id: commentId } = await world.as(bob).engagement.comment({ postId, body: 'Buy watches' });
  const seenBy = async (viewer: Extra) => ({
    listed: (await world.as(viewer).engagement.comments({ postId })).items.length,
    counted: (await world.as(viewer).posts.get({ postId })).commentCount,
  });
  const [first, second] = await Promise.all(
    [world, peer].map((at) => operator('Zoe', at).takedownComment({ commentId, ...verdict })),
  );
  expect(second!.id).toBe(first!.id);
  expect(await seenBy(alice)).toEqual({ listed: 0, counted: 0 });
  expect((await seenBy(bob)).listed).toBe(1);
  await operator().restoreComment({ commentId, reason: 'Error' });
  expect(await seenBy(alice)).toEqual({ listed: 1, counted: 1 });
  const missing = { commentId: randomUUID(), reason: 'Error' };
  expect(await codeOf(operator().restoreComment(missing))).toBe('not_found');
});

const statusOf = async (url: string) => (await fetch(url)).status;

describe('the audit log', () => {
  test('has every action with its actor, rule and reason, by any filter, page by page', async () => {
    const [alice, bob] = await people(2);
    const { postId } = await post(alice);
    const start = new Date();
    await operator('Yan').warn({ userId: alice.id, ...verdict });
    await operator('Xi').takedownPost({ postId, ...verdict });
    await operator('Yan').restorePost({ postId, reason: 'Error' });
    await operator('Xi').warn({ userId: bob.id, ...verdict });
    const acts = async (filter: Parameters<ReturnType<typeof operator>['audit']>[0]) =>
      (await operator().audit(filter)).items.map(({ actor, action }) => `${actor} ${action}`);
    const all = ['Xi user.warn', 'Yan post.restore', 'Xi post.takedown', 'Yan user.warn'];
    expect(await acts({ since: start })).toEqual(all);
    expect(await acts({ until: start, actor: 'Yan' })).toEqual([]);
    expect(await acts({ actor: 'Yan' })).toEqual([all[1], all[3]]);
    expect(await acts({ action: 'user.warn', since: start })).toEqual([all[0], all[3]]);
    expect(await acts({ subject: postId })).toEqual([all[1], all[2]]);
    expect((await operator().audit({ subject: postId })).items[1]).toMatchObject({ ...verdict });
    const first = await operator().audit({ actor: 'Xi', limit: 1 });
    const rest = await operator().audit({ actor: 'Xi', limit: 1, cursor: first.nextCursor! });
    expect([first, rest].flatMap(({ items }) => items.map(({ action }) => action))).toEqual([
      'user.warn',
      'post.takedown',
    ]);
    expect(rest.nextCursor).toBeNull();
    expect(await codeOf(operator().audit({ actor: 'Yan', cursor: first.nextCursor! }))).toBe(
      'invalid_cursor',
    );
  });
});

test('nobody changes the audit log, not even by the database', async () => {
  const [alice] = await people(1);
  await operator().warn({ userId: alice.id, ...verdict });
  const { sql } = world.database;
  for (const change of [
    sql`update audit_entries set actor = 'Nobody'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
  ])
    await expect(change).rejects.toThrow('audit_entries is only ever added to');
  expect((await operator().audit({ subject: alice.id })).items).toMatchObject([{ actor: 'Zoe' }]);
});

test('all of that leaves sound data', async () => {
  await world.drain();
  await expectConsistentData(world);
});
