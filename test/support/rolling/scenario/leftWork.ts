import type { Pair } from '../pair.ts';
import { seeReady, upload } from './content.ts';
import { type Cast, has, lacks } from './people.ts';

export interface LeftWork {
  /** There before, now for followers. */
  narrowedId: string;
  /** Ids of a photograph that is not processed yet, and of one that is. */
  postIds: string[];
  mediaId: string;
  /** Under the post that was there before. */
  commentId: string;
}

/** What must be there before jobs are held. */
export async function prepareWork(pair: Pair, { alice, bob, dave, erin }: Cast) {
  const { write } = pair;
  for (const person of [bob, erin]) await write('POST /users/{userId}/follow', person, { userId: alice.id });
  const [shown, ready, unused] = [
    await upload(pair, alice),
    await upload(pair, alice),
    await upload(pair, alice),
  ];
  for (const id of [shown, ready, unused]) await seeReady(pair, alice, id);
  const narrowed = await write('POST /posts', alice, {}, { mediaIds: [shown], visibility: 'public' });
  const postId = narrowed.id as string;
  const comment = await write('POST /posts/{postId}/comment', dave, { postId }, { body: 'Where is it?' });
  const reply = { body: 'In the north', parentId: comment.id };
  await write('POST /posts/{postId}/comment', bob, { postId }, reply);
  return { narrowedId: postId, commentId: comment.id as string, ready, unused };
}

/** Writes that need jobs of nearly every kind; `feed.widen` takes thousands of followers. */
export async function leaveWork(
  pair: Pair,
  { alice, bob, carol, dave, erin, grace }: Cast,
  { narrowedId, commentId, ready, unused }: Awaited<ReturnType<typeof prepareWork>>,
): Promise<LeftWork> {
  const { write } = pair;
  const mediaId = await upload(pair, alice);
  const caption = `Left over, with @${bob.handle}`;
  const post = await write('POST /posts', alice, {}, { mediaIds: [mediaId], visibility: 'public', caption });
  const postId = post.id as string;
  const published = await write('POST /posts', alice, {}, { mediaIds: [ready], visibility: 'public' });
  await write('POST /posts/{postId}/comment', alice, { postId }, { body: `Look, @${bob.handle}` });
  await write('POST /posts/{postId}/like', bob, { postId: narrowedId });
  await write('POST /users/{userId}/follow', dave, { userId: alice.id });
  await write('DELETE /posts/{postId}/comments/{commentId}', dave, { postId: narrowedId, commentId });
  await write('PATCH /posts/{postId}', alice, { postId: narrowedId }, { visibility: 'followers' });
  await write('PATCH /users/me', carol, {}, { isPrivate: true });
  await write('DELETE /media/{mediaId}', alice, { mediaId: unused });
  await write('DELETE /account', erin, {}, { password: erin.password });
  const verdict = { rule: 'No spam', reason: 'Sells watches' };
  await write('POST /moderation/users/{userId}/warn', 'operator', { userId: grace.id }, verdict);
  return { narrowedId, postIds: [postId, published.id], mediaId, commentId };
}

export async function seeWorkDone(pair: Pair, { alice, bob, dave, erin, grace }: Cast, left: LeftWork) {
  const { see } = pair;
  const { narrowedId, postIds, mediaId, commentId } = left;
  await seeReady(pair, alice, mediaId);
  for (const postId of postIds) await see('GET /feed', bob, {}, has('id', postId));
  await see('GET /notifications', bob, {}, has('kind', 'mentioned'));
  for (const kind of ['postLiked', 'followed'])
    await see('GET /notifications', alice, { grouped: 'false' }, has('kind', kind));
  await see('GET /notifications', grace, {}, has('kind', 'moderationNotice'));
  const { id: userId } = alice;
  await see('GET /users/{userId}/followers', alice, { userId }, has('user.id', dave.id));
  await see('GET /users/{userId}/followers', alice, { userId }, lacks('user.id', erin.id));
  await see('GET /posts/{postId}/comments', alice, { postId: narrowedId }, lacks('id', commentId));
  const { media } = await see('GET /posts/{postId}', bob, { postId: narrowedId }, () => true);
  for (const { variants } of media)
    for (const { url } of variants)
      if ((await fetch(url)).status !== 200) throw new Error(`a photograph that was moved is not at ${url}`);
}
