import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { enqueue } from '../../../server/core/outbox.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
let named = 0;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

async function people(count: number): Promise<[Extra, Extra, Extra, ...Extra[]]> {
  named += 1;
  return (await crowd(world, Math.max(count, 3), `mod${named}`)) as [Extra, Extra, Extra];
}

const operator = (name: string, at = world) => createCaller(at.app)(scriptContext(null, name)).moderation;
const by = (person: Extra) => world.as(person).moderation;
const verdict = { rule: 'No spam', reason: 'The caption sells watches' };

async function post(
  author: Extra,
  { caption = 'Snow', visibility = 'public' as 'public' | 'followers' } = {},
) {
  const mediaIds = await insertMedia(world, author, 1);
  const { id } = await world.as(author).posts.create({ mediaIds, visibility, caption });
  return { postId: id, mediaIds };
}

/** A user who may comment there. */
async function comment(author: Extra, postId: string, body = 'Buy watches'): Promise<string> {
  const [row] = await world.app.db.execute<{ id: string }>(sql`
    insert into comments (post_id, author_id, body) values (${postId}, ${author.id}, ${body}) returning id`);
  await world.app.db.execute(sql`update posts set comment_count = comment_count + 1 where id = ${postId}`);
  const change = { userId: author.id, act: 'comment' as const, sourceId: row!.id };
  await enqueue(world.app, 'trust.settle', { change });
  return row!.id;
}

async function story(author: Extra, visibility: 'public' | 'closeFriends' = 'public'): Promise<string> {
  const [mediaId] = await insertMedia(world, author, 1);
  const [row] = await world.app.db.execute<{ id: string }>(sql`
    insert into stories (author_id, media_id, visibility, caption, published_at, expires_at)
    values (${author.id}, ${mediaId}, ${visibility}, 'Fog', now(), now() + interval '1 day') returning id`);
  return row!.id;
}

const caseOf = async (subjectId: string, status: 'open' | 'resolved' = 'open') => {
  const { items } = await operator('Zoe').cases({ limit: 200, status });
  return items.find((found) => found.subjectId === subjectId);
};

describe('a report', () => {
  test('of each type of subject keeps what the reporter saw', async () => {
    const [alice, bob] = await people(2);
    const { postId, mediaIds } = await post(alice, { caption: 'Watches' });
    const described = { mediaId: mediaIds[0]!, altText: 'Watches in a row' };
    await world.as(alice).posts.edit({ postId, media: [described] });
    const commentId = await comment(alice, postId);
    const storyId = await story(alice);
    await by(bob).flagUser({ userId: alice.id, category: 'impersonation' });
    await by(bob).flagPost({ postId, category: 'spam', reason: 'Sells watches' });
    await by(bob).flagComment({ commentId, category: 'spam' });
    await by(bob).flagStory({ storyId, category: 'other' });
    await world.as(alice).posts.edit({ postId, caption: 'Nothing to see' });
    const detail = async (subjectId: string) =>
      operator('Zoe').case({ caseId: (await caseOf(subjectId))!.id });
    const author = { id: alice.id, handle: alice.handle };
    expect(await detail(postId)).toMatchObject({
      subjectType: 'post',
      owner: author,
      reports: [
        {
          category: 'spam',
          reason: 'Sells watches',
          reporter: { id: bob.id },
          snapshot: { author, texts: { caption: 'Watches', altText1: 'Watches in a row' }, mediaIds },
        },
      ],
      media: [{ id: mediaIds[0] }],
      actions: [],
    });
    expect(await detail(commentId)).toMatchObject({
      subjectType: 'comment',
      reports: [{ snapshot: { texts: { body: 'Buy watches' }, postId } }],
    });
    expect(await detail(storyId)).toMatchObject({
      subjectType: 'story',
      reports: [{ snapshot: { texts: { caption: 'Fog' } } }],
    });
    expect(await detail(alice.id)).toMatchObject({
      subjectType: 'user',
      reports: [{ snapshot: { texts: { bio: '' }, mediaIds: [] } }],
    });
  });

  test('is possible once, and never of yourself or your own content', async () => {
    const [alice, bob] = await people(2);
    const { postId } = await post(alice);
    const flag = { postId, category: 'spam' as const };
    expect(await codeOf(by(alice).flagPost(flag))).toBe('self_action');
    expect(await codeOf(by(alice).flagUser({ userId: alice.id, category: 'spam' }))).toBe('self_action');
    expect(await codeOf(by(bob).flagPost(flag))).toBe('ok');
    expect(await codeOf(by(bob).flagPost({ ...flag, category: 'abuse' }))).toBe('already_reported');
    expect(await caseOf(postId)).toMatchObject({ reportCount: 1, priority: 1 });
  });

  test('sent fifty times at once is one report', async () => {
    const [alice, bob] = await people(2);
    const { postId } = await post(alice);
    const codes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        codeOf((index % 2 ? world : peer).as(bob).moderation.flagPost({ postId, category: 'spam' })),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['ok', 'already_reported']));
    expect(await caseOf(postId)).toMatchObject({ reportCount: 1, priority: 1 });
  });

  test('of what the reporter may not see is as of what there is not', async () => {
    const [alice, bob, carol] = await people(3);
    const { postId } = await post(alice, { visibility: 'followers' });
    const commentId = await comment(carol, postId);
    const storyId = await story(alice, 'closeFriends');
    await world.as(carol).social.block({ userId: bob.id });
    const missing = await refusal(by(bob).flagPost({ postId: randomUUID(), category: 'spam' }));
    expect(missing.code).toBe('not_found');
    expect(await refusal(by(bob).flagPost({ postId, category: 'spam' }))).toEqual(missing);
    expect(await refusal(by(bob).flagComment({ commentId, category: 'spam' }))).toEqual(missing);
    expect(await refusal(by(bob).flagStory({ storyId, category: 'spam' }))).toEqual(missing);
    expect(await refusal(by(bob).flagUser({ userId: carol.id, category: 'spam' }))).toEqual(missing);
  });

  test('refuses an unknown category, an unknown field, a reason that is too long, and anonymous callers', async () => {
    const [alice, bob] = await people(2);
    const flag = { userId: alice.id, category: 'spam' as const };
    const fieldOf = async (input: object) =>
      (await refusal(by(bob).flagUser(input as typeof flag))).errors[0]?.field;
    expect(await fieldOf({ ...flag, category: 'rude' })).toBe('category');
    expect(await fieldOf({ ...flag, reason: '' })).toBe('reason');
    expect(await fieldOf({ ...flag, reason: 'x'.repeat(1001) })).toBe('reason');
    expect(await fieldOf({ ...flag, weight: 8 })).toBe('weight');
    expect(await fieldOf({ userId: 'x', category: 'spam' })).toBe('userId');
    expect(await codeOf(world.anonymous.moderation.flagUser(flag))).toBe('unauthenticated');
  });
});

describe('the cases', () => {
  test('are ordered by the trust and number of the reporters, then by age, page by page', async () => {
    const [alice, ...reporters] = await people(5);
    const levels = [0, 1, 2, 3];
    const trusted = reporters.map((person, index) => ({
      viewer: { ...person.viewer, trustLevel: levels[index]! },
    }));
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push((await post(alice)).postId);
    const [older, younger, urgent, shared] = ids as [string, string, string, string];
    const flag = (index: number, postId: string) =>
      world.as(trusted[index]!).moderation.flagPost({ postId, category: 'spam' });
    await flag(1, older);
    await flag(1, younger);
    await flag(3, urgent);
    for (const index of [0, 1, 2]) await flag(index, shared);
    const walked: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await operator('Zoe').cases({ limit: 1, ...(cursor ? { cursor } : {}) });
      walked.push(...page.items.map(({ subjectId }) => subjectId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(walked).size).toBe(walked.length);
    expect(walked.filter((id) => ids.includes(id))).toEqual([urgent, shared, older, younger]);
    expect((await caseOf(urgent))!.priority).toBe(8);
    expect((await caseOf(shared))!.priority).toBe(7);
  });

  test('are for operators, and their cursors for their own list', async () => {
    const [alice] = await people(1);
    expect(await codeOf(operator('Zoe').cases({ cursor: 'forged' }))).toBe('invalid_cursor');
    expect(await codeOf(operator('Zoe').case({ caseId: randomUUID() }))).toBe('not_found');
    const { nextCursor } = await operator('Zoe').cases({ limit: 1 });
    expect(await codeOf(operator('Zoe').cases({ status: 'resolved', cursor: nextCursor! }))).toBe(
      'invalid_cursor',
    );
    expect(await codeOf(world.as(alice).moderation.myReports({ cursor: nextCursor! }))).toBe(
      'invalid_cursor',
    );
  });

  test('are resolved once, and each reporter sees the outcome', async () => {
    const [alice, bob, carol] = await people(3);
    const { postId } = await post(alice);
    const { postId: harmless } = await post(alice);
    await by(bob).flagPost({ postId, category: 'spam' });
    await by(bob).flagPost({ postId: harmless, category: 'spam' });
    const { id: caseId } = (await caseOf(postId))!;
    const resolved = await operator('Zoe').resolveCase({ caseId, action: 'takedown', ...verdict });
    expect(resolved).toMatchObject({ status: 'resolved', resolution: 'takedown', resolvedBy: 'Zoe' });
    expect(resolved.actions).toMatchObject([{ kind: 'takedown', ...verdict, undoneAt: null }]);
    const again = { caseId, action: 'dismiss' as const, ...verdict };
    expect(await codeOf(operator('Yan').resolveCase(again))).toBe('already_resolved');
    await operator('Yan').resolveCase({ ...again, caseId: (await caseOf(harmless))!.id });
    const { items } = await by(bob).myReports({});
    expect(items).toMatchObject([
      { subjectId: harmless, outcome: 'dismissed' },
      { subjectId: postId, outcome: 'upheld' },
    ]);
    expect(await codeOf(world.as(carol).posts.get({ postId }))).toBe('not_found');
    await operator('Zoe').restorePost({ postId, reason: 'It sold nothing' });
    expect((await by(bob).myReports({ limit: 2 })).items[1]).toMatchObject({ outcome: 'dismissed' });
  });

  test('are resolved by only one of two operators at once', async () => {
    const [alice, bob] = await people(2);
    const { postId } = await post(alice);
    await by(bob).flagPost({ postId, category: 'spam' });
    const { id: caseId } = (await caseOf(postId))!;
    const codes = await Promise.all(
      ['warn', 'takedown'].map((action, index) =>
        codeOf(
          operator(`Op ${index}`, index ? world : peer).resolveCase({
            caseId,
            action: action as 'warn' | 'takedown',
            ...verdict,
          }),
        ),
      ),
    );
    expect(codes.sort()).toEqual(['already_resolved', 'ok']);
    expect((await operator('Zoe').case({ caseId })).actions).toHaveLength(1);
    expect((await operator('Zoe').audit({ subject: postId })).items).toHaveLength(1);
  });

  test('open again for another round when somebody else reports the same', async () => {
    const [alice, bob, carol] = await people(3);
    const { postId } = await post(alice);
    await by(bob).flagPost({ postId, category: 'spam' });
    const { id: caseId } = (await caseOf(postId))!;
    await operator('Zoe').resolveCase({ caseId, action: 'dismiss', ...verdict });
    expect(await codeOf(by(bob).flagPost({ postId, category: 'abuse' }))).toBe('already_reported');
    expect(await caseOf(postId)).toBeUndefined();
    await by(carol).flagPost({ postId, category: 'spam' });
    expect(await caseOf(postId)).toMatchObject({ id: caseId, round: 2, priority: 1, reportCount: 2 });
    await operator('Zoe').resolveCase({ caseId, action: 'warn', ...verdict });
    expect((await by(bob).myReports({})).items).toMatchObject([{ outcome: 'dismissed' }]);
    expect((await by(carol).myReports({})).items).toMatchObject([{ outcome: 'upheld' }]);
  });

  test('need a rule and a reason, and take no person down', async () => {
    const [alice, bob] = await people(2);
    await by(bob).flagUser({ userId: alice.id, category: 'spam' });
    const { id: caseId } = (await caseOf(alice.id))!;
    const resolution = { caseId, action: 'takedown' as const, ...verdict };
    const fieldOf = async (input: object) =>
      (await refusal(operator('Zoe').resolveCase(input as typeof resolution))).errors[0]?.field;
    expect(await fieldOf(resolution)).toBe('action');
    expect(await fieldOf({ ...resolution, reason: ' ' })).toBe('reason');
    expect(await fieldOf({ ...resolution, rule: '' })).toBe('rule');
    expect(await fieldOf({ caseId, action: 'warn', rule: 'x' })).toBe('reason');
    expect(await caseOf(alice.id)).toMatchObject({ status: 'open' });
    expect((await operator('Zoe').audit({ subject: alice.id })).items).toEqual([]);
  });
});

test('all of that leaves sound data', async () => {
  await world.drain();
  await expectConsistentData(world);
});
