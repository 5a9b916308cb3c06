import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanupTasks } from '../../../server/jobs/cleanupTasks.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { makePhotograph } from '../../support/photograph.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const verdict = { rule: 'No nudity', reason: 'It shows somebody undressed' };

let world: World;
let seed = 1000;
let named = 0;
const next = (): number => {
  named += 1;
  return named;
};
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.drain();
  await expectConsistentData(world);
  await world.close();
});

const somebody = () => world.person(`mark${next()}`);

async function upload(owner: Person, body?: Buffer): Promise<{ mediaId: string; body: Buffer }> {
  seed += 1;
  const bytes = body ?? (await makePhotograph(seed));
  const mediaId = await world.upload(owner, bytes);
  await world.drain();
  return { mediaId, body: bytes };
}

const post = async (author: Person, mediaIds: string[]): Promise<string> =>
  (await world.as(author).posts.create({ mediaIds, visibility: 'public', caption: `Snow ${next()}` })).id;

const takeDown = (postId: string, more: { mediaIds?: string[]; everywhere?: boolean } = {}) =>
  world.admin.moderation.takedownPost({ postId, ...more, ...verdict });

const photosOf = async (viewer: Person | null, postId: string) => {
  const caller = viewer ? world.as(viewer) : world.anonymous;
  return (await caller.posts.get({ postId })).media.map(({ id }) => id);
};

const profile = (userId: string) => world.anonymous.users.get({ userId });

async function clean(name: keyof typeof cleanupTasks): Promise<void> {
  const { step } = cleanupTasks[name]!;
  for (const turn = { progress: null, startedAt: new Date() }; (await step(world.app, turn)) > 0; );
  await world.drain();
}

describe('a photograph that was taken down with its post', () => {
  test('can be used nowhere, and its owner reads why', async () => {
    const alice = await somebody();
    const { mediaId } = await upload(alice);
    const storyOf = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
    await takeDown(await post(alice, [mediaId]));
    const why = 'was taken down (No nudity): It shows somebody undressed';
    const uses = {
      'mediaIds.0': () => world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' }),
      mediaId: () => world.as(alice).stories.create({ mediaId, visibility: 'public' }),
      storyId: () => world.as(alice).highlights.add({ storyId: storyOf.id, highlightName: 'Best' }),
      avatarMediaId: () => world.as(alice).users.updateMe({ avatarMediaId: mediaId }),
    };
    for (const [field, use] of Object.entries(uses)) {
      const { code, errors, message } = await refusal(use());
      expect([field, code, errors, message]).toEqual([
        field,
        'taken_down',
        [{ field, message: why }],
        `This photograph ${why}`,
      ]);
    }
    const { items } = await world.as(alice).media.list({});
    expect(items.map(({ isTakenDown }) => isTakenDown)).toEqual([true]);
  });

  test('is hidden in every other use that was there before', async () => {
    const { alice, bob } = { alice: await somebody(), bob: await somebody() };
    await world.as(bob).social.follow({ userId: alice.id });
    await world.as(alice).social.follow({ userId: bob.id });
    const [down, other] = [await upload(alice), await upload(alice)];
    const alone = await post(alice, [down.mediaId]);
    const mixed = await post(alice, [other.mediaId, down.mediaId]);
    const { id: storyId } = await world
      .as(alice)
      .stories.create({ mediaId: down.mediaId, visibility: 'public' });
    const { id: highlightId } = await world.as(alice).highlights.add({ storyId, highlightName: 'Best' });
    await world.as(alice).users.updateMe({ avatarMediaId: down.mediaId });
    await world.as(bob).engagement.like({ postId: alone });
    await world.drain();
    const open = (await world.anonymous.posts.get({ postId: alone })).media[0]!.variants.map(
      ({ url }) => url,
    );
    const seen = async () => ({
      alone: await codeOf(world.as(bob).posts.get({ postId: alone })),
      mixed: await photosOf(bob, mixed),
      story: await codeOf(world.as(bob).stories.get({ storyId })),
      highlight: await codeOf(world.as(bob).highlights.get({ highlightId })),
      media: await codeOf(world.as(bob).media.get({ mediaId: down.mediaId })),
      avatar: (await profile(alice.id)).avatar !== null,
      ownAvatar: (await world.as(alice).auth.me()).avatar !== null,
      posts: (await world.as(bob).posts.byUser({ userId: alice.id })).items.length,
      count: (await profile(alice.id)).postCount,
      feed: (await world.as(bob).feed.home({})).items.length,
      stories: (await world.as(bob).feed.stories({})).items.length,
    });
    const before = await seen();
    expect(before).toEqual({
      alone: 'ok',
      mixed: [other.mediaId, down.mediaId],
      story: 'ok',
      highlight: 'ok',
      media: 'ok',
      avatar: true,
      ownAvatar: true,
      posts: 2,
      count: 2,
      feed: 2,
      stories: 1,
    });
    const third = await post(alice, [down.mediaId]);
    await takeDown(third);
    await world.drain();
    expect(await seen()).toEqual({
      alone: 'not_found',
      mixed: [other.mediaId],
      story: 'not_found',
      highlight: 'not_found',
      media: 'not_found',
      avatar: false,
      ownAvatar: false,
      posts: 1,
      count: 1,
      feed: 1,
      stories: 0,
    });
    expect((await world.as(alice).posts.get({ postId: alone })).status).toBe('takenDown');
    expect(await photosOf(alice, mixed)).toEqual([other.mediaId, down.mediaId]);
    expect(await Promise.all(open.map(async (url) => (await fetch(url)).status))).not.toContain(200);
    await world.admin.moderation.restorePost({ postId: third, reason: 'It is a statue' });
    await world.drain();
    expect(await seen()).toEqual({ ...before, posts: 3, count: 3, feed: 3 });
  });

  test('is refused when the same file is uploaded again, with and without its hash', async () => {
    const alice = await somebody();
    const { mediaId, body } = await upload(alice);
    const postId = await post(alice, [mediaId]);
    const originalUrl = (await world.as(alice).media.list({})).items[0]!.originalUrl!;
    const original = Buffer.from(await (await fetch(originalUrl)).arrayBuffer());
    await takeDown(postId);
    const sha256 = createHash('sha256').update(body).digest('hex');
    const file = { contentType: 'image/jpeg', bytes: body.length };
    expect(await codeOf(world.as(alice).media.upload({ ...file, sha256 }))).toBe('taken_down');
    for (const bytes of [body, original]) {
      const again = await upload(alice, bytes);
      expect(await world.as(alice).media.status({ uploadId: again.mediaId })).toMatchObject({
        status: 'failed',
        reason: 'This photograph was taken down (No nudity): It shows somebody undressed',
      });
    }
    const bob = await somebody();
    expect(await codeOf(world.as(bob).media.upload({ ...file, sha256 }))).toBe('ok');
  });

  test('stays refused after its owner deleted the post, and after the post was purged', async () => {
    const alice = await somebody();
    const { mediaId, body } = await upload(alice);
    const postId = await post(alice, [mediaId]);
    await takeDown(postId);
    await world.as(alice).posts.delete({ postId });
    const reuse = () => world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    expect(await codeOf(reuse())).toBe('taken_down');
    await world.app.db.execute(
      sql`update posts set deleted_at = now() - interval '31 days' where id = ${postId}`,
    );
    await clean('posts');
    expect(await codeOf(reuse())).toBe('media_unusable');
    const again = await upload(alice, body);
    expect((await world.as(alice).media.status({ uploadId: again.mediaId })).status).toBe('failed');
  });

  test('is hidden in a copy that was uploaded before', async () => {
    const { alice, bob } = { alice: await somebody(), bob: await somebody() };
    const { mediaId, body } = await upload(alice);
    const copy = await upload(alice, body);
    expect(copy.mediaId).not.toBe(mediaId);
    const postId = await post(alice, [copy.mediaId]);
    await takeDown(await post(alice, [mediaId]));
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('not_found');
    expect(await codeOf(world.as(alice).users.updateMe({ avatarMediaId: copy.mediaId }))).toBe('taken_down');
  });
});

describe('a takedown', () => {
  test('names the photographs that it is about, and none for a caption', async () => {
    const alice = await somebody();
    const [one, two] = [await upload(alice), await upload(alice)];
    const postId = await post(alice, [one.mediaId, two.mediaId]);
    const foreign = await upload(alice);
    expect(await codeOf(takeDown(postId, { mediaIds: [foreign.mediaId] }))).toBe('invalid_input');
    const caption = await takeDown(postId, { mediaIds: [] });
    expect(caption).toMatchObject({ mediaIds: [], everywhere: false });
    expect(await photosOf(null, await post(alice, [one.mediaId]))).toEqual([one.mediaId]);
    expect(await takeDown(postId, { mediaIds: [] })).toEqual(caption);
    const about = await takeDown(postId, { mediaIds: [one.mediaId] });
    expect(about).toMatchObject({ mediaIds: [one.mediaId] });
    expect(about.id).not.toBe(caption.id);
    expect(await codeOf(post(alice, [one.mediaId]))).toBe('taken_down');
    expect(await codeOf(post(alice, [two.mediaId]))).toBe('ok');
    const { items } = await world.as(alice).moderation.myActions({});
    expect(items.map(({ mediaIds }) => mediaIds)).toEqual([[one.mediaId], []]);
  });

  test('is counted: undoing one leaves what another one marked', async () => {
    const alice = await somebody();
    const { mediaId } = await upload(alice);
    const posts = [await post(alice, [mediaId]), await post(alice, [mediaId])];
    const { id: storyId } = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
    for (const postId of posts) await takeDown(postId);
    await world.admin.moderation.takedownStory({ storyId, ...verdict });
    const reuse = () => codeOf(post(alice, [mediaId]));
    const left: string[] = [];
    for (const postId of posts) {
      await world.admin.moderation.restorePost({ postId, reason: 'Error' });
      left.push(await reuse(), await codeOf(world.anonymous.posts.get({ postId })));
    }
    expect(left).toEqual(['taken_down', 'not_found', 'taken_down', 'not_found']);
    await world.admin.moderation.restoreStory({ storyId, reason: 'Error' });
    expect(await reuse()).toBe('ok');
    expect(await codeOf(world.anonymous.posts.get({ postId: posts[0]! }))).toBe('ok');
  });

  test('of a strike is undone with it, when the appeal is won', async () => {
    const { alice, bob } = { alice: await somebody(), bob: await somebody() };
    const { mediaId } = await upload(alice);
    const postId = await post(alice, [mediaId]);
    await world.as(bob).moderation.flagPost({ postId, category: 'nudity' });
    const { items } = await world.admin.moderation.cases({ limit: 200 });
    const caseId = items.find(({ subjectId }) => subjectId === postId)!.id;
    const resolve = (more: object) =>
      world.admin.moderation.resolveCase({ caseId, action: 'strike', ...verdict, ...more });
    expect(await codeOf(resolve({ action: 'warn', everywhere: true }))).toBe('invalid_input');
    await resolve({ mediaIds: [mediaId] });
    expect(await codeOf(post(alice, [mediaId]))).toBe('taken_down');
    const actions = (await world.as(alice).moderation.myActions({})).items;
    const strike = actions.find(({ kind }) => kind === 'strike')!;
    const { id: appealId } = await world
      .as(alice)
      .moderation.appeal({ actionId: strike.id, text: 'A statue' });
    await world.database.sql`update actions set actor = 'Somebody else' where id = ${strike.id}`;
    await world.admin.moderation.resolveAppeal({ appealId, outcome: 'overturn', reason: 'It is' });
    expect(await codeOf(post(alice, [mediaId]))).toBe('ok');
  });

  test('everywhere holds for the copies of others, who are told no more than that', async () => {
    const { alice, bob } = { alice: await somebody(), bob: await somebody() };
    const { mediaId, body } = await upload(alice);
    const copy = await upload(bob, body);
    const ofBob = await post(bob, [copy.mediaId]);
    const listed = async () => [
      await codeOf(world.anonymous.posts.get({ postId: ofBob })),
      (await world.anonymous.posts.byUser({ userId: bob.id })).items.length,
      (await profile(bob.id)).postCount,
      (await world.as(bob).auth.me()).postCount,
    ];
    const postId = await post(alice, [mediaId]);
    await takeDown(postId);
    expect(await listed()).toEqual(['ok', 1, 1, 1]);
    expect(await takeDown(postId, { everywhere: true })).toMatchObject({ everywhere: true });
    await world.drain();
    expect(await listed()).toEqual(['not_found', 0, 0, 0]);
    const told = await refusal(
      world.as(bob).posts.create({ mediaIds: [copy.mediaId], visibility: 'public' }),
    );
    expect(told).toMatchObject({ code: 'media_unusable', message: 'This photograph is not accepted' });
    expect(JSON.stringify(told)).not.toContain('nudity');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const file = { contentType: 'image/jpeg', bytes: body.length, sha256 };
    expect(await codeOf(world.as(bob).media.upload(file))).toBe('media_unusable');
    const again = await upload(bob, body);
    expect((await world.as(bob).media.status({ uploadId: again.mediaId })).reason).toBe(
      'This photograph is not accepted',
    );
    expect(await codeOf(post(alice, [mediaId]))).toBe('taken_down');
    await world.admin.moderation.restorePost({ postId, reason: 'Error' });
    expect(await listed()).toEqual(['ok', 1, 1, 1]);
  });
});

test('the migration marks the photographs of what is down', async () => {
  const alice = await somebody();
  const [one, two, three] = [await upload(alice), await upload(alice), await upload(alice)];
  const postId = await post(alice, [one.mediaId, two.mediaId]);
  const story = await world.as(alice).stories.create({ mediaId: three.mediaId, visibility: 'public' });
  await takeDown(postId);
  await world.admin.moderation.takedownStory({ storyId: story.id, ...verdict });
  const { sql } = world.database;
  const hash = createHash('sha256').update(three.body).digest('hex');
  await sql`update media set sha256 = ${hash}, upload_sha256 = null where id = ${three.mediaId}`;
  await sql`update media set original_sha256 = null where owner_id = ${alice.id}`;
  await sql`delete from takedown_marks where owner_id = ${alice.id}`;
  await sql`update actions set media_ids = null where user_id = ${alice.id}`;
  const migration = await readFile('drizzle/0028_takedown_marks.sql', 'utf8');
  // Of alice alone: what other tests took down is about chosen photographs.
  for (const statement of migration.split('--> statement-breakpoint'))
    if (/^\s*(insert|update)/i.test(statement))
      await sql.unsafe(
        statement.replace(/WHERE (?=("actions"\.)?"kind")/, `WHERE user_id = '${alice.id}' AND `),
      );
  const marks = await sql`select content from takedown_marks where owner_id = ${alice.id}`;
  const ids = [one, two, three].map(({ mediaId }) => mediaId);
  expect(marks.map(({ content }) => content).sort()).toEqual([...ids, hash].sort());
  const { items } = await world.as(alice).moderation.myActions({});
  expect(items.map(({ mediaIds }) => mediaIds.toSorted())).toEqual([[ids[2]], ids.slice(0, 2).sort()]);
  for (const mediaId of ids) expect(await codeOf(post(alice, [mediaId]))).toBe('taken_down');
  const file = { contentType: 'image/jpeg', bytes: three.body.length, sha256: hash };
  expect(await codeOf(world.as(alice).media.upload(file))).toBe('taken_down');
  await clean('mediaHashes');
});

describe('beside a release that knows no marks', () => {
  test('what it took down is marked, what it restored is not, and its photographs get their hashes', async () => {
    const alice = await somebody();
    const [one, two] = [await upload(alice), await upload(alice)];
    const posts = [await post(alice, [one.mediaId]), await post(alice, [two.mediaId])] as const;
    const { id } = await takeDown(posts[0]);
    await takeDown(posts[1]);
    const { sql } = world.database;
    await sql`update media set upload_sha256 = null, original_sha256 = null where owner_id = ${alice.id}`;
    await sql`delete from takedown_marks where action_id = ${id}`;
    await sql`update actions set media_ids = null where id = ${id}`;
    await sql`update actions set undone_at = now() where subject_id = ${posts[1]}`;
    await sql`update posts set taken_down_at = null where id = ${posts[1]}`;
    await sql`update users set post_count = 1 where id = ${alice.id}`;
    await clean('takedownMarks');
    expect(await codeOf(post(alice, [one.mediaId]))).toBe('taken_down');
    expect(await codeOf(post(alice, [two.mediaId]))).toBe('ok');
    await clean('mediaHashes');
    const again = await upload(alice, one.body);
    expect((await world.as(alice).media.status({ uploadId: again.mediaId })).status).toBe('failed');
  });
});

describe('a profile', () => {
  test('loses what is taken down, and nothing else; it comes back when that is undone', async () => {
    const alice = await somebody();
    const { mediaId } = await upload(alice);
    await world
      .as(alice)
      .users.updateMe({ avatarMediaId: mediaId, displayName: 'Buy Watches', bio: 'Cheap' });
    const { userId } = { userId: alice.id };
    const down = (fields: ('avatar' | 'displayName' | 'bio')[]) =>
      world.admin.moderation.takedownUser({ userId, fields, ...verdict });
    const action = await down(['avatar', 'displayName']);
    expect(action).toMatchObject({
      kind: 'takedown',
      subjectType: 'user',
      fields: ['avatar', 'displayName'],
      mediaIds: [mediaId],
    });
    expect(await profile(userId)).toMatchObject({ avatar: null, displayName: alice.handle, bio: 'Cheap' });
    expect(await down(['displayName'])).toEqual(action);
    expect(await codeOf(world.as(alice).users.updateMe({ avatarMediaId: mediaId }))).toBe('taken_down');
    const renamed = await refusal(world.as(alice).users.updateMe({ displayName: 'BUY  watches' }));
    expect(renamed).toMatchObject({ code: 'taken_down', errors: [{ field: 'displayName' }] });
    expect(await codeOf(world.as(alice).auth.me())).toBe('ok');
    await world.admin.moderation.restoreUser({ userId, reason: 'An honest shop' });
    await world.admin.moderation.restoreUser({ userId, reason: 'An honest shop' });
    expect(await profile(userId)).toMatchObject({ displayName: 'Buy Watches', bio: 'Cheap' });
    expect((await profile(userId)).avatar).not.toBeNull();
    const { items } = await world.admin.moderation.audit({ subject: userId });
    expect(items.map(({ action }) => action)).toEqual(['user.restore', 'user.takedown']);
    expect(
      await codeOf(world.admin.moderation.takedownUser({ userId: mediaId, fields: ['bio'], ...verdict })),
    ).toBe('not_found');
  });

  test('keeps what its user set since, and can be appealed', async () => {
    const alice = await somebody();
    const userId = alice.id;
    await world.as(alice).users.updateMe({ displayName: 'Buy Watches', bio: 'Cheap' });
    const { id: actionId } = await world.admin.moderation.takedownUser({
      userId,
      fields: ['displayName', 'bio'],
      ...verdict,
    });
    await world.as(alice).users.updateMe({ displayName: 'Alice' });
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'An honest shop' });
    await world.database.sql`update actions set actor = 'Somebody else' where id = ${actionId}`;
    await world.admin.moderation.resolveAppeal({ appealId, outcome: 'overturn', reason: 'It is' });
    expect(await profile(userId)).toMatchObject({ displayName: 'Alice', bio: 'Cheap' });
    expect(await codeOf(world.as(alice).users.updateMe({ displayName: 'Buy Watches' }))).toBe('ok');
  });
});
