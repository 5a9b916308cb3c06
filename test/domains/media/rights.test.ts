import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANARY, chatty, scene } from '../../imaging/corpus.ts';
import { refusal } from '../../support/refusal.ts';
import { openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const NOTHING = { copyright: null, creator: null, license: null, noAi: false };
const CHOSEN = { copyright: '© 2026 Zoë', creator: 'Zoë', license: 'CC BY 4.0', noAi: true };
const WISH = 'noai, noimageai';

describe.each(['files', 'the S3 double'])('the rights of a photograph, over %s', (store) => {
  let world: World;
  let closeStore = async () => {};
  let [alice, bob]: Person[] = [];
  beforeAll(async () => {
    const s3 = store === 'files' ? null : await openS3();
    closeStore = async () => s3?.close();
    world = await createWorld({ storage: s3?.storage ?? 'files' });
    ({ alice, bob } = await world.people('alice', 'bob'));
    await world.as(bob!).social.follow({ userId: alice!.id });
  });
  afterAll(async () => {
    await world.close();
    await closeStore();
  });

  async function post(visibility: 'public' | 'followers') {
    const mediaId = await world.upload(alice!, await chatty('jpeg', { picture: scene(64, 48) }));
    await world.drain();
    const { id } = await world.as(alice!).posts.create({ mediaIds: [mediaId], visibility });
    await world.drain();
    return { id, mediaId };
  }
  const edit = (input: Parameters<ReturnType<World['as']>['media']['edit']>[0]) =>
    world.as(alice!).media.edit(input);
  const shown = async (postId: string) => (await world.as(bob!).posts.get({ postId })).media[0]!;
  const wishOf = async (postId: string) => {
    const response = await fetch((await shown(postId)).variants[0]!.url, { redirect: 'manual' });
    await response.body?.cancel();
    return response.headers.get('x-robots-tag');
  };

  test('are proposed by the file to its owner, and shown to others only as chosen', async () => {
    const { id, mediaId } = await post('public');
    expect(await shown(id)).toMatchObject(NOTHING);
    expect(JSON.stringify(await shown(id))).not.toContain(CANARY);
    const fileRights = { copyright: `${CANARY} copyright`, creator: `${CANARY} artist` };
    const [own] = (await world.as(alice!).media.list({ limit: 1 })).items;
    expect(own).toMatchObject({ ...NOTHING, fileRights });
    expect(await edit({ mediaId, ...CHOSEN })).toMatchObject({ ...CHOSEN, fileRights });
    expect(await shown(id)).toMatchObject(CHOSEN);
    expect(await edit({ mediaId, fileRights: null })).toMatchObject({ ...CHOSEN, fileRights: {} });
    expect(await edit({ mediaId, altText: 'A wall' })).toMatchObject(CHOSEN);
    expect(await edit({ mediaId, copyright: null, creator: null, license: null, noAi: false })).toMatchObject(
      NOTHING,
    );
  });

  test('are texts like all others', async () => {
    const { mediaId } = await post('public');
    expect((await edit({ mediaId, creator: '  Zoe\u0308 ' })).creator).toBe('Zoë');
    expect((await edit({ mediaId, creator: 'ë'.repeat(200) })).creator).toHaveLength(200);
    for (const creator of ['', ' ', 'a'.repeat(201), 'a\u0007', 'a\nb', 'a\u202eb', '\ud800'])
      expect(await refusal(edit({ mediaId, creator }))).toMatchObject({ code: 'invalid_input' });
    expect((await edit({ mediaId })).creator).toHaveLength(200);
    await expect(world.as(bob!).media.edit({ mediaId, noAi: true })).rejects.toThrow();
  });

  test('come with the picture where the server sends it', async () => {
    const [open, closed] = [await post('public'), await post('followers')];
    expect([await wishOf(open.id), await wishOf(closed.id)]).toEqual([null, null]);
    for (const { mediaId } of [open, closed]) await edit({ mediaId, noAi: true });
    expect(await wishOf(closed.id)).toBe(WISH);
    expect(await wishOf(open.id)).toBe(store === 'files' ? WISH : null);
  });
});
