import { expect } from 'vitest';
import { createOptimistic, type Post, type Profile } from '../../sdk/src/index.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { refusal, signedUp, troubledLine } from './people.ts';

let host: Host;
const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(({ host: hostOfFile }) => {
  host = hostOfFile;
});

let people = 0;

async function reading({ isPrivate = false } = {}) {
  people += 1;
  const { author } = { author: Object.values(await host.people(`author${people}`))[0]! };
  const post = await host.post(author);
  if (isPrivate) await host.as(author).users.updateMe({ isPrivate: true });
  const line = troubledLine();
  const ciel = await signedUp(host, `reader${people}`, { fetch: line.fetch, retry: { attempts: 1 } });
  const shown = {
    posts: isPrivate ? [] : (await ciel.posts.byUser({ userId: author.id })).items,
    profile: await ciel.users.get({ userId: author.id }),
    at: new Date(0),
  };
  const states: (typeof shown)[] = [shown];
  const acts = createOptimistic(ciel, (patch) => states.push(patch(states.at(-1)!)));
  const likes = () => states.map(({ posts: [first] }) => [first!.likedByViewer, first!.likeCount]);
  return { acts, line, ciel, states, likes, postId: post.id, authorId: author.id };
}

test('a like shows at once, and then as the server has it', async () => {
  const { acts, likes, postId, ciel } = await reading();
  const done = acts.like(postId, true);
  expect(likes()).toEqual([
    [false, 0],
    [true, 1],
  ]);
  await done;
  expect(likes().at(-1)).toEqual([true, 1]);
  expect(await ciel.posts.get({ postId })).toMatchObject({ likedByViewer: true, likeCount: 1 });
});

test('a refused change is rolled back, and thrown', async () => {
  const { acts, likes, postId, line, states } = await reading();
  line.refuse('engagement.like', 1, () => refusal('forbidden', 403));
  await expect(acts.like(postId, true)).rejects.toMatchObject({ code: 'forbidden' });
  expect(likes()).toEqual([
    [false, 0],
    [true, 1],
    [false, 0],
  ]);
  expect(states.at(-1)!.at).toBe(states[0]!.at);
});

test('of many clicks only the final state is sent', async () => {
  const { acts, likes, postId, line, ciel } = await reading();
  line.requests.length = 0;
  await Promise.all([true, false, true, false].map((liked) => acts.like(postId, liked)));
  expect(likes().at(-1)).toEqual([false, 0]);
  expect(await ciel.posts.get({ postId })).toMatchObject({ likedByViewer: false });
  expect(line.requests.filter(({ url }) => url.includes('like')).length).toBeLessThanOrEqual(2);
});

test('results loaded before the mutation finished are brought up to date', async () => {
  const { acts, postId, states } = await reading();
  const old = states[0]!.posts;
  const done = acts.like(postId, true);
  expect(acts.patch(old)[0]).toMatchObject({ likedByViewer: true, likeCount: 1 });
  await done;
  expect(acts.patch(old)[0]).toMatchObject({ likedByViewer: true, likeCount: 1 });
});

test('a follow counts, and asks where the person is private', async () => {
  const open = await reading();
  await open.acts.follow(open.authorId, true);
  const { profile } = open.states.at(-1)!;
  expect(profile).toMatchObject({ followerCount: 1, relationship: { following: true, requested: false } });
  await open.acts.follow(open.authorId, false);
  expect(open.states.at(-1)!.profile).toMatchObject({ followerCount: 0, relationship: { following: false } });

  const shut = await reading({ isPrivate: true });
  const done = shut.acts.follow(shut.authorId, true);
  const asked = { followerCount: null, relationship: { following: false, requested: true } };
  expect(shut.states.at(-1)!.profile).toMatchObject(asked);
  await done;
  expect(shut.states.at(-1)!.profile).toMatchObject(asked);
  expect(await shut.ciel.users.get({ userId: shut.authorId })).toMatchObject(asked);
});

test('a bookmark, and the like of a comment', async () => {
  const { acts, ciel, postId, states } = await reading();
  await acts.bookmark(postId, true);
  expect(states.at(-1)!.posts[0]!.bookmarkedByViewer).toBe(true);
  const comment = await ciel.engagement.comment({ postId, body: 'Light' });
  await acts.likeComment({ postId, commentId: comment.id }, true);
  expect((await ciel.engagement.comments({ postId })).items[0]).toMatchObject({
    likedByViewer: true,
    likeCount: 1,
  });
});

test('what has nothing to do with it stays the same object', async () => {
  const { acts, states, postId } = await reading();
  await acts.like(postId, true);
  expect(states.at(-1)!.profile).toBe(states[0]!.profile);
  const posts: Post[] = states[0]!.posts;
  const profile: Profile = states[0]!.profile;
  expect(posts[0]!.author.id).toBe(profile.id);
});
