import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { onceForKey } from '../../../server/core/idempotency.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `poster${named}`);
}

const by = (person: Extra) => world.as(person).posts;

async function post(author: Extra, { caption = '', visibility = 'public' as 'public' | 'followers' } = {}) {
  return by(author).create({ mediaIds: await insertMedia(world, author, 1), caption, visibility });
}

const postCount = async (person: Extra) =>
  (await world.as(person).users.get({ userId: person.id })).postCount;

describe('creating a post', () => {
  test('shows it whole, with its author and its photographs in order', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const mediaIds = (await insertMedia(world, alice, 3)).reverse();
    const created = await by(alice).create({
      mediaIds,
      caption: '  First snow\r\n#winter  ',
      visibility: 'public',
      commentPolicy: 'nobody',
    });
    expect(created).toMatchObject({
      author: {
        id: alice.id,
        handle: alice.handle,
        displayName: alice.handle,
        avatar: null,
        isPrivate: false,
      },
      caption: 'First snow\n#winter',
      visibility: 'public',
      commentPolicy: 'nobody',
      status: 'published',
      likeCount: 0,
      commentCount: 0,
      editedAt: null,
      likedByViewer: false,
      bookmarkedByViewer: false,
    });
    expect(created.media.map(({ id }) => id)).toEqual(mediaIds);
    expect(await by(bob).get({ postId: created.id })).toEqual(created);
    const { likedByViewer: _, bookmarkedByViewer: __, ...shown } = created;
    expect(await world.anonymous.posts.get({ postId: created.id })).toEqual(shown);
  });

  test('takes the comment policy from the settings when it says none', async () => {
    const [alice] = (await people(1)) as [Extra];
    expect((await post(alice)).commentPolicy).toBe('everyone');
    await world.as(alice).users.updateSettings({ commentPolicy: 'followers' });
    expect((await post(alice)).commentPolicy).toBe('followers');
  });

  test('takes one to ten photographs, each owned by the author and used once', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const own = await insertMedia(world, alice, 11);
    const [foreign] = (await insertMedia(world, bob, 1)) as [string];
    const [pending] = (await insertMedia(world, alice, 1, 'pending')) as [string];
    const [failed] = (await insertMedia(world, alice, 1, 'failed')) as [string];
    const create = (mediaIds: string[]) => refusal(by(alice).create({ mediaIds, visibility: 'public' }));
    const fieldsOf = async (mediaIds: string[]) => {
      const { code, errors } = await create(mediaIds);
      return [code, ...errors.map(({ field }) => field)];
    };
    expect(await fieldsOf([])).toEqual(['invalid_input', 'mediaIds']);
    expect(await fieldsOf(own)).toEqual(['invalid_input', 'mediaIds']);
    expect(await fieldsOf([own[0]!, 'no id'])).toEqual(['invalid_input', 'mediaIds.1']);
    expect(await fieldsOf([own[0]!, own[1]!, own[0]!])).toEqual(['media_unusable', 'mediaIds.2']);
    expect(await fieldsOf([own[0]!, foreign])).toEqual(['media_unusable', 'mediaIds.1']);
    expect(await fieldsOf([randomUUID()])).toEqual(['media_unusable', 'mediaIds.0']);
    expect(await fieldsOf([pending, own[0]!, failed])).toEqual([
      'media_unusable',
      'mediaIds.0',
      'mediaIds.2',
    ]);
    expect((await by(alice).byUser({ userId: alice.id })).items).toEqual([]);
    expect(await postCount(alice)).toBe(0);
    expect((await by(alice).create({ mediaIds: own.slice(0, 10), visibility: 'public' })).media).toHaveLength(
      10,
    );
  });

  test('refuses an invalid caption, visibility or comment policy', async () => {
    const [alice] = (await people(1)) as [Extra];
    const mediaIds = await insertMedia(world, alice, 1);
    const fieldOf = async (bad: object) =>
      (await refusal(by(alice).create({ mediaIds, visibility: 'public', ...bad }))).errors.map(
        (e) => e.field,
      );
    expect(await fieldOf({ caption: 'a'.repeat(2201) })).toEqual(['caption']);
    expect(await fieldOf({ caption: 'nul \0' })).toEqual(['caption']);
    expect(await fieldOf({ caption: 'lone \ud800' })).toEqual(['caption']);
    expect(await fieldOf({ caption: 5 })).toEqual(['caption']);
    expect(await fieldOf({ visibility: 'friends' })).toEqual(['visibility']);
    expect(await fieldOf({ visibility: undefined })).toEqual(['visibility']);
    expect(await fieldOf({ commentPolicy: 'all' })).toEqual(['commentPolicy']);
    expect(await fieldOf({ authorId: randomUUID() })).toEqual(['authorId']);
    const tags = (count: number) => Array.from({ length: count }, (_, n) => `#tag${n}`).join(' ');
    expect(await fieldOf({ caption: tags(31) })).toEqual(['caption']);
    const caption = `${tags(30)} #TAG3 #1 mail#tag ${'é'.repeat(1900)}`;
    expect((await by(alice).create({ mediaIds, caption, visibility: 'public' })).caption).toBe(caption);
  });

  test('needs a signed-in user', async () => {
    const call = world.anonymous.posts.create({ mediaIds: [randomUUID()], visibility: 'public' });
    expect(await codeOf(call)).toBe('unauthenticated');
  });

  test('makes one post from two requests with the same key', async () => {
    const [alice] = (await people(1)) as [Extra];
    const mediaIds = await insertMedia(world, alice, 1);
    const send = (caption: string) => {
      const context = {
        ...scriptContext(alice.viewer),
        once: <T>(_: unknown, procedure: string, input: unknown, run: () => Promise<T>) =>
          onceForKey(world.app, { userId: alice.id, key: 'snow', procedure, input }, run),
      };
      return createCaller(world.app)(context).posts.create({ mediaIds, caption, visibility: 'public' });
    };
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(send('once'))));
    expect(codes.filter((code) => !['ok', 'idempotency_running'].includes(code))).toEqual([]);
    const [first, again] = [await send('once'), await send('once')];
    expect(again).toEqual(first);
    expect(await codeOf(send('something else'))).toBe('idempotency_mismatch');
    expect((await by(alice).byUser({ userId: alice.id })).items.map(({ id }) => id)).toEqual([first.id]);
    expect(await postCount(alice)).toBe(1);
  });
});

describe('who sees a post', () => {
  const readers = async (postId: string, ...viewers: Extra[]) =>
    Promise.all([
      ...viewers.map((viewer) => codeOf(by(viewer).get({ postId }))),
      codeOf(world.anonymous.posts.get({ postId })),
    ]);

  test('depends on its visibility and on following', async () => {
    const [alice, follower, stranger] = (await people(3)) as [Extra, Extra, Extra];
    await world.as(follower).social.follow({ userId: alice.id });
    const open = await post(alice);
    const closed = await post(alice, { visibility: 'followers' });
    expect(await readers(open.id, alice, follower, stranger)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await readers(closed.id, alice, follower, stranger)).toEqual([
      'ok',
      'ok',
      'not_found',
      'not_found',
    ]);
    const listed = async (viewer: Extra) =>
      (await by(viewer).byUser({ userId: alice.id })).items.map(({ id }) => id);
    expect(await listed(alice)).toEqual([closed.id, open.id]);
    expect(await listed(follower)).toEqual([closed.id, open.id]);
    expect(await listed(stranger)).toEqual([open.id]);
  });

  test('a private account shows its posts to followers only', async () => {
    const [alice, follower, stranger] = (await people(3)) as [Extra, Extra, Extra];
    await world.as(follower).social.follow({ userId: alice.id });
    const { id } = await post(alice);
    await world.as(alice).users.updateMe({ isPrivate: true });
    expect(await readers(id, alice, follower, stranger)).toEqual(['ok', 'ok', 'not_found', 'not_found']);
    const list = (viewer: Extra) => codeOf(by(viewer).byUser({ userId: alice.id }));
    expect(await Promise.all([list(follower), list(stranger)])).toEqual(['ok', 'not_found']);
  });

  test('a block hides posts both ways, as if they were missing', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [ofAlice, ofBob] = [await post(alice), await post(bob)];
    await world.as(alice).social.block({ userId: bob.id });
    const missing = await refusal(by(bob).get({ postId: randomUUID() }));
    expect(await refusal(by(bob).get({ postId: ofAlice.id }))).toEqual(missing);
    expect(await refusal(by(alice).get({ postId: ofBob.id }))).toEqual(missing);
    expect(await codeOf(by(bob).byUser({ userId: alice.id }))).toBe('not_found');
  });

  test('an invalid id is refused, and an unknown one is not found', async () => {
    expect((await refusal(world.anonymous.posts.get({ postId: 'x' }))).errors[0]?.field).toBe('postId');
    expect(await codeOf(world.anonymous.posts.get({ postId: randomUUID() }))).toBe('not_found');
    expect(await codeOf(world.anonymous.posts.byUser({ userId: randomUUID() }))).toBe('not_found');
  });
});
