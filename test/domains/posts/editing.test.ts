import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { postEdits, postMedia } from '../../../server/schema/index.ts';
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
  return crowd(world, count, `editor${named}`);
}

const by = (person: Extra) => world.as(person).posts;

async function post(author: Extra, { caption = '', visibility = 'public' as 'public' | 'followers' } = {}) {
  return by(author).create({ mediaIds: await insertMedia(world, author, 1), caption, visibility });
}

const postCount = async (person: Extra) =>
  (await world.as(person).users.get({ userId: person.id })).postCount;

describe('editing a post', () => {
  test('changes words, audience, order and alt texts, and keeps what was', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [one, other] = (await insertMedia(world, alice, 2)) as [string, string];
    const { id: postId } = await by(alice).create({
      mediaIds: [one, other],
      caption: 'Before',
      visibility: 'public',
    });
    const edited = await by(alice).edit({
      postId,
      caption: 'After',
      visibility: 'followers',
      commentPolicy: 'nobody',
      media: [{ mediaId: other, altText: 'A bench' }, { mediaId: one }],
    });
    expect(edited).toMatchObject({
      caption: 'After',
      visibility: 'followers',
      commentPolicy: 'nobody',
      media: [
        { id: other, altText: 'A bench' },
        { id: one, altText: '' },
      ],
      editedAt: expect.any(Date),
    });
    expect(await by(alice).get({ postId })).toEqual(edited);
    expect(await codeOf(by(bob).get({ postId }))).toBe('not_found');
    const kept = await world.app.db.select().from(postEdits).where(eq(postEdits.postId, postId));
    expect(kept).toEqual([
      expect.objectContaining({
        caption: 'Before',
        visibility: 'public',
        commentPolicy: 'everyone',
        media: [
          { mediaId: one, altText: '' },
          { mediaId: other, altText: '' },
        ],
      }),
    ]);
  });

  test('changes alt texts in this post only, and the library in no post', async () => {
    const [alice] = (await people(1)) as [Extra];
    const mediaIds = await insertMedia(world, alice, 1);
    const mediaId = mediaIds[0]!;
    await world.as(alice).media.edit({ mediaId, altText: 'First' });
    const { id: postId } = await by(alice).create({ mediaIds, visibility: 'public' });
    await world.as(alice).media.edit({ mediaId, altText: 'Second' });
    const later = await by(alice).create({ mediaIds, caption: 'Later', visibility: 'public' });
    const shown = async (id: string) => (await by(alice).get({ postId: id })).media[0]!.altText;
    expect([await shown(postId), await shown(later.id)]).toEqual(['First', 'Second']);
    await by(alice).edit({ postId, media: [{ mediaId, altText: 'Third' }] });
    expect([await shown(postId), await shown(later.id)]).toEqual(['Third', 'Second']);
    expect((await world.as(alice).media.get({ mediaId })).altText).toBe('Second');
    const [edit] = await world.app.db.select().from(postEdits).where(eq(postEdits.postId, postId));
    expect(edit!.media).toEqual([{ mediaId, altText: 'First' }]);
  });

  test("falls back to the photograph's own alt text where the post has none", async () => {
    const [alice] = (await people(1)) as [Extra];
    const { id: postId, media } = await post(alice);
    const mediaId = media[0]!.id;
    await world.app.db.update(postMedia).set({ altText: null }).where(eq(postMedia.postId, postId));
    await world.as(alice).media.edit({ mediaId, altText: 'Own' });
    expect((await by(alice).get({ postId })).media[0]!.altText).toBe('Own');
    await world.app.db.update(postMedia).set({ altText: '' }).where(eq(postMedia.postId, postId));
    expect((await by(alice).get({ postId })).media[0]!.altText).toBe('');
  });

  test('that changes nothing is no edit', async () => {
    const [alice] = (await people(1)) as [Extra];
    const created = await post(alice, { caption: 'Still' });
    const { id: postId } = created;
    const same = { caption: ' Still ', media: created.media.map(({ id }) => ({ mediaId: id })) };
    expect(await by(alice).edit({ postId, ...same })).toEqual(created);
    expect(await by(alice).edit({ postId })).toEqual(created);
    expect(await world.app.db.$count(postEdits, eq(postEdits.postId, postId))).toBe(0);
  });

  test('takes exactly the photographs that the post has', async () => {
    const [alice] = (await people(1)) as [Extra];
    const [one, other, third] = (await insertMedia(world, alice, 3)) as [string, string, string];
    const { id: postId } = await by(alice).create({ mediaIds: [one, other], visibility: 'public' });
    for (const ids of [[one], [one, one], [one, third], [one, other, third]]) {
      const { errors } = await refusal(
        by(alice).edit({ postId, caption: 'x', media: ids.map((mediaId) => ({ mediaId })) }),
      );
      expect(errors.map(({ field }) => field)).toEqual(['media']);
    }
    expect(await by(alice).get({ postId })).toMatchObject({ caption: '', editedAt: null });
  });

  test('is for the author alone', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const { id: postId } = await post(alice);
    expect(await codeOf(by(bob).edit({ postId, caption: 'mine' }))).toBe('not_found');
    expect(await codeOf(by(bob).delete({ postId }))).toBe('not_found');
    expect(await codeOf(world.anonymous.posts.edit({ postId, caption: 'x' }))).toBe('unauthenticated');
    expect(await codeOf(world.anonymous.posts.delete({ postId }))).toBe('unauthenticated');
    await by(alice).delete({ postId });
    expect(await codeOf(by(alice).edit({ postId, caption: 'too late' }))).toBe('not_found');
  });
});

describe('deleting a post', () => {
  test('takes its photographs with it, but for those used elsewhere, and is counted once', async () => {
    const [alice] = (await people(1)) as [Extra];
    const [shared, single] = (await insertMedia(world, alice, 2)) as [string, string];
    const { id: postId } = await by(alice).create({ mediaIds: [shared, single], visibility: 'public' });
    const rest = await by(alice).create({ mediaIds: [shared], visibility: 'public' });
    expect(await postCount(alice)).toBe(2);
    await Promise.all(Array.from({ length: 8 }, () => by(alice).delete({ postId })));
    await by(alice).delete({ postId });
    expect(await postCount(alice)).toBe(1);
    expect(await codeOf(by(alice).get({ postId }))).toBe('not_found');
    expect(await codeOf(world.as(alice).media.get({ mediaId: single }))).toBe('not_found');
    expect((await by(alice).byUser({ userId: alice.id })).items).toEqual([rest]);
  });

  test('races with everything else that touches it without harm', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    for (let round = 0; round < 5; round++) {
      const created = await post(alice);
      const { id: postId } = created;
      const codes = await Promise.all([
        codeOf(by(alice).delete({ postId })),
        codeOf(by(alice).edit({ postId, caption: 'x', visibility: 'followers' })),
        codeOf(by(bob).bookmark({ postId })),
        codeOf(world.as(bob).engagement.like({ postId })),
      ]);
      expect(codes.filter((code) => !['ok', 'not_found'].includes(code))).toEqual([]);
      expect(await world.app.db.$count(postMedia, eq(postMedia.postId, postId))).toBe(0);
    }
    expect(await postCount(alice)).toBe(0);
  });
});
