import { describe, expect } from 'vitest';
import { hashtagsOf } from '../../../server/domains/posts/captions/hashtags.ts';
import { quickPost } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const people = async (count: number) =>
  (await crowd(world, count, `tagger${++named}_`)) as [Extra, Extra, Extra];
const uniqueTag = () => `tag${++named}`;

const tagged = async (viewer: Extra | null, tag: string) => {
  const { items } = await (viewer ? world.as(viewer) : world.anonymous).posts.byHashtag({ tag });
  return items.map(({ id }) => id);
};

test('hashtags are words after a # that nothing is stuck to', () => {
  const tags = (caption: string) => [...hashtagsOf(caption)];
  expect(tags('#Snow, #snow and #Été_2026: (#猫) #4ever')).toEqual(['snow', 'été_2026', '猫', '4ever']);
  expect(tags('a#b ##c &#39; /#d #2026 # #- #__')).toEqual([]);
  expect(tags(`#${'x'.repeat(100)} #${'y'.repeat(101)}`)).toEqual(['x'.repeat(100)]);
});

describe('posts of a hashtag', () => {
  test('are newest first, whatever the case, with or without the #', async () => {
    const [alice] = await people(1);
    const tag = uniqueTag();
    const first = await quickPost(world, alice, { caption: `Old #${tag}` });
    const second = await quickPost(world, alice, { caption: `#${tag.toUpperCase()} twice #${tag}` });
    await quickPost(world, alice, { caption: `#${tag}more` });
    expect(await tagged(null, tag)).toEqual([second, first]);
    expect(await tagged(null, `#${tag.toUpperCase()}`)).toEqual([second, first]);
    expect(await tagged(null, uniqueTag())).toEqual([]);
    const page = await world.anonymous.posts.byHashtag({ tag, limit: 1 });
    const rest = await world.anonymous.posts.byHashtag({ tag, cursor: page.nextCursor! });
    expect(rest.items.map(({ id }) => id)).toEqual([first]);
  });

  test('follow the caption as it is edited, and go with the post', async () => {
    const [alice] = await people(1);
    const [one, other] = [uniqueTag(), uniqueTag()];
    const postId = await quickPost(world, alice, { caption: `#${one}` });
    await world.as(alice).posts.edit({ postId, caption: `#${other}` });
    expect(await tagged(alice, one)).toEqual([]);
    expect(await tagged(alice, other)).toEqual([postId]);
    await world.as(alice).posts.edit({ postId, visibility: 'followers' });
    expect(await tagged(alice, other)).toEqual([postId]);
    await world.as(alice).posts.delete({ postId });
    expect(await tagged(alice, other)).toEqual([]);
    const rows = await world.database.sql`select from post_hashtags where post_id = ${postId}`;
    expect(rows).toHaveLength(0);
  });

  test('are those that the viewer may see', async () => {
    const [alice, bob, carol] = await people(3);
    const tag = uniqueTag();
    const caption = `#${tag}`;
    const open = await quickPost(world, alice, { caption });
    const closed = await quickPost(world, alice, { caption, visibility: 'followers' });
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const { id: waiting } = await world
      .as(alice)
      .posts.create({ mediaIds: [mediaId], caption, visibility: 'public' });
    await world.as(bob).social.follow({ userId: alice.id });
    await world.as(carol).social.block({ userId: alice.id });
    expect(await tagged(null, tag)).toEqual([open]);
    expect(await tagged(bob, tag)).toEqual([closed, open]);
    expect(await tagged(carol, tag)).toEqual([]);
    expect(await tagged(alice, tag)).toEqual([waiting, closed, open]);
    await finishMedium(world, mediaId);
    expect(await tagged(null, tag)).toEqual([waiting, open]);
    await world.as(alice).users.updateMe({ isPrivate: true });
    expect(await tagged(null, tag)).toEqual([]);
  });

  test('are refused for an invalid hashtag', async () => {
    for (const tag of ['', '#', '2026', 'two words', 'x'.repeat(101), 'x'.repeat(5000), 'a\u0000'])
      expect((await refusal(world.anonymous.posts.byHashtag({ tag }))).errors[0]?.field).toBe('tag');
    const tag = uniqueTag();
    expect(await codeOf(world.anonymous.posts.byHashtag({ tag, cursor: 'forged' }))).toBe('invalid_cursor');
  });
});
