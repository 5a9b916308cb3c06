import { quickPost } from '../../support/comments.ts';
import type { Extra } from '../../support/crowd.ts';
import { testWith } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { quickStory } from '../../support/stories.ts';
import { type Walk, walkWhileItMoves } from '../../support/walks.ts';
import type { Caller, World } from '../../support/world.ts';

/** Those of posts, likes, comments, followers, the feed and notices have tests beside theirs. */
let world: World;
const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const as = (person: Extra) => world.as(person);
/** What the list at hand is of. */
const subject = { id: '', parentId: '' };
const setSubject = (ids: Partial<typeof subject>) => void Object.assign(subject, ids);

/** The users that the first interacts with. */
const toOthers = (
  table: string,
  add: (caller: Caller, ref: { userId: string }) => Promise<unknown>,
  remove: typeof add,
  page: Walk['page'],
): Walk => ({
  table,
  add: async (one, other) => {
    await add(as(one), { userId: other.id });
    return other.id;
  },
  remove: (one, other) => remove(as(one), { userId: other.id }),
  page,
});

const walks: Record<string, Walk> = {
  following: {
    ...toOthers(
      'follows',
      (c, ref) => c.social.follow(ref),
      (c, ref) => c.social.unfollow(ref),
      (c, input) => c.social.following({ userId: subject.id, ...input }),
    ),
    prepare: async (one) => setSubject({ id: one.id }),
  },
  blocks: toOthers(
    'blocks',
    (c, ref) => c.social.block(ref),
    (c, ref) => c.social.unblock(ref),
    (c, input) => c.social.blocks(input),
  ),
  mutes: toOthers(
    'mutes',
    (c, ref) => c.social.mute(ref),
    (c, ref) => c.social.unmute(ref),
    (c, input) => c.social.mutes(input),
  ),
  'close friends': toOthers(
    'close_friends',
    (c, ref) => c.social.addCloseFriend(ref),
    (c, ref) => c.social.removeCloseFriend(ref),
    (c, input) => c.social.closeFriends(input),
  ),
  'follow requests': {
    table: 'follow_requests',
    prepare: async (one) => void (await as(one).users.updateMe({ isPrivate: true })),
    add: async (one, other) => {
      await as(other).social.follow({ userId: one.id });
      return other.id;
    },
    remove: (one, other) => as(other).social.unfollow({ userId: one.id }),
    page: (c, input) => c.social.requests(input),
  },
  bookmarks: {
    table: 'bookmarks',
    add: async (one, other) => {
      const postId = await quickPost(world, other);
      await as(one).posts.bookmark({ postId });
      return postId;
    },
    remove: (one, _, postId) => as(one).posts.unbookmark({ postId }),
    page: (c, input) => c.posts.bookmarks(input),
  },
  'posts with a hashtag': {
    table: 'post_hashtags',
    add: (_, other) => quickPost(world, other, { caption: '#walked' }),
    remove: (_, other, postId) => as(other).posts.delete({ postId }),
    page: (c, input) => c.posts.byHashtag({ tag: 'walked', ...input }),
  },
  replies: {
    table: 'comments',
    prepare: async (one) => {
      const postId = await quickPost(world, one);
      const { id } = await as(one).engagement.comment({ postId, body: 'Cold' });
      setSubject({ id: postId, parentId: id });
    },
    add: async (_, other) => {
      const { id: postId, parentId } = subject;
      return (await as(other).engagement.comment({ postId, parentId, body: 'Yes' })).id;
    },
    remove: (_, other, commentId) => as(other).engagement.deleteComment({ postId: subject.id, commentId }),
    page: (c, input) => {
      const { id: postId, parentId } = subject;
      return c.engagement.comments({ postId, parentId, ...input });
    },
  },
  'viewers of a story': {
    table: 'story_views',
    prepare: async (one) => setSubject(await quickStory(world, one)),
    add: async (_, other) => {
      await as(other).stories.seen({ storyId: subject.id });
      return other.id;
    },
    page: (c, input) => c.stories.viewers({ storyId: subject.id, ...input }),
  },
  'reactions to a story': {
    table: 'story_reactions',
    prepare: async (one) => setSubject(await quickStory(world, one)),
    add: async (_, other) => {
      await as(other).stories.react({ storyId: subject.id, emoji: '👏' });
      return other.id;
    },
    remove: (_, other) => as(other).stories.unreact({ storyId: subject.id }),
    page: (c, input) => c.stories.reactions({ storyId: subject.id, ...input }),
  },
  'own stories': {
    table: 'stories',
    prepare: async (one) => setSubject({ id: one.id }),
    add: async (one) => (await quickStory(world, one)).id,
    remove: (one, _, storyId) => as(one).stories.delete({ storyId }),
    page: (c, input) => c.stories.byUser({ userId: subject.id, ...input }),
  },
  'own photographs': {
    table: 'media',
    add: async (one) => (await insertMedia(world, one, 1))[0]!,
    remove: (one, _, mediaId) => as(one).media.delete({ mediaId }),
    page: (c, input) => c.media.list(input),
  },
  'own reports': {
    table: 'reports',
    add: async (one, other) => {
      await as(one).moderation.flagUser({ userId: other.id, category: 'spam' });
      return other.id;
    },
    page: (c, input) => c.moderation.myReports(input),
  },
};

test.each(Object.entries(walks))('a walk through %s meets each lasting entry once', (name, walk) =>
  walkWhileItMoves(world, name, walk),
);
