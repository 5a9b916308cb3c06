import { describe, expect } from 'vitest';
import { quickPost } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let alice: Extra;
let bob: Extra;
let carol: Extra;
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  [alice, bob, carol] = (await crowd(world, 3, 'searcher')) as [Extra, Extra, Extra];
});

const found = async (q: string, by: Extra = bob) =>
  (await world.as(by).search.posts({ q })).items.map(({ id }) => id);

const tags = async (q: string, by: Extra = bob) =>
  (await world.as(by).search.hashtags({ q })).items.map(({ tag, recentPostCount }) => [tag, recentPostCount]);

describe('posts are found', () => {
  test('by the words of their captions, all of them in any order and case, newest first', async () => {
    const first = await quickPost(world, alice, { caption: 'The heron by the River, at dawn #Herons' });
    const second = await quickPost(world, alice, { caption: 'River without a heron' });
    await quickPost(world, alice, { caption: 'Dry land' });
    expect(await found('heron river')).toEqual([second, first]);
    expect(await found('DAWN heron')).toEqual([first]);
    expect(await found('#herons')).toEqual([first]);
    expect(await found('heron mountain')).toEqual([]);
    expect(await found('Ärger')).toEqual([]);
    const page = await world.as(bob).search.posts({ q: 'river', limit: 1 });
    const rest = await world.as(bob).search.posts({ q: 'river', cursor: page.nextCursor! });
    expect(rest.items.map(({ id }) => id)).toEqual([first]);
    expect(await codeOf(world.as(bob).search.posts({ q: 'land', cursor: page.nextCursor! }))).toBe(
      'invalid_cursor',
    );
  });

  test('as their captions are now', async () => {
    const postId = await quickPost(world, alice, { caption: 'kingfisher' });
    await world.as(alice).posts.edit({ postId, caption: 'cormorant' });
    expect(await found('kingfisher')).toEqual([]);
    expect(await found('cormorant')).toEqual([postId]);
    await world.as(alice).posts.delete({ postId });
    expect(await found('cormorant', alice)).toEqual([]);
  });

  test('when the viewer may see them', async () => {
    const caption = 'bittern #bittern #bitternest';
    const open = await quickPost(world, alice, { caption });
    const closed = await quickPost(world, alice, { caption, visibility: 'followers' });
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    await world
      .as(alice)
      .posts.create({ mediaIds: [mediaId], caption: 'bittern #bitternight', visibility: 'public' });
    expect(await found('bittern')).toEqual([open]);
    expect(await tags('bittern')).toEqual([
      ['bittern', 1],
      ['bitternest', 1],
    ]);
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await found('bittern')).toEqual([closed, open]);
    expect(await tags('bittern')).toEqual([
      ['bittern', 2],
      ['bitternest', 2],
    ]);
    await world.as(carol).social.block({ userId: alice.id });
    expect(await found('bittern', carol)).toEqual([]);
    expect(await tags('bittern', carol)).toEqual([]);
    await world.database.sql`update posts set taken_down_at = now() where id = ${open}`;
    expect(await found('bittern')).toEqual([closed]);
  });
});

describe('hashtags are found', () => {
  test('by prefix, the exact match first, then the most used, each once across pages', async () => {
    const captions = ['#plover #ploverA #ploverb', '#ploverb #ploverc', '#ploverb #ploverC', '#xplover'];
    for (const caption of captions) await quickPost(world, alice, { caption });
    const all = [
      ['plover', 1],
      ['ploverb', 3],
      ['ploverc', 2],
      ['plovera', 1],
    ];
    expect(await tags('Plover')).toEqual(all);
    expect(await tags('#plover')).toEqual(all);
    expect(await tags('ploverb')).toEqual([['ploverb', 3]]);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world
        .as(bob)
        .search.hashtags({ q: 'plover', limit: 1, ...(cursor ? { cursor } : {}) });
      walked.push(...page.items.map(({ tag }) => tag));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(walked).toEqual(['plover', 'ploverb', 'ploverc', 'plovera']);
  });

  test('by a single character', async () => {
    await quickPost(world, alice, { caption: '#猫' });
    expect(await tags('猫')).toEqual([['猫', 1]]);
  });
});

describe('the query', () => {
  test('has no signs with a meaning', async () => {
    await quickPost(world, alice, { caption: '#under_score #underscore 100% sure' });
    expect(await tags('under_')).toEqual([['under_score', 1]]);
    for (const q of ['%%', '__', '\\\\', '&|!():*', "' or 1=1 --", '<-> &', '""']) {
      expect(await found(q)).toEqual([]);
      expect(await tags(q)).toEqual([]);
    }
    expect(await found('100%')).toHaveLength(1);
  });

  test('is of some length, by somebody', async () => {
    for (const q of ['', ' a ', '#a', 'x'.repeat(101), 'a\u0000b'])
      expect((await refusal(world.as(bob).search.posts({ q }))).errors[0]?.field).toBe('q');
    for (const q of ['', ' # ', 'x'.repeat(101)])
      expect((await refusal(world.as(bob).search.hashtags({ q }))).errors[0]?.field).toBe('q');
    expect(await codeOf(world.anonymous.search.posts({ q: 'snow' }))).toBe('unauthenticated');
    expect(await codeOf(world.anonymous.search.hashtags({ q: 'snow' }))).toBe('unauthenticated');
    expect(await codeOf(world.as(bob).search.posts({ q: 'snow', cursor: 'forged' }))).toBe('invalid_cursor');
  });
});
