import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { makePhotograph } from '../../photograph.ts';
import { describe, type Json, type Person } from '../calls.ts';
import type { Pair } from '../pair.ts';
import { type Cast, has, lacks } from './people.ts';

let photographs = 0;

/** Begun through one version and completed through the other; it is processed by the worker that gets the job first. */
export async function upload({ write }: Pair, person: Person): Promise<string> {
  const bytes = await makePhotograph(++photographs, { width: 640, height: 480 });
  const ticket = await write(
    'POST /media/upload',
    person,
    {},
    {
      contentType: 'image/jpeg',
      bytes: bytes.length,
      altText: `Photograph ${photographs}`,
    },
  );
  const response = await fetch(ticket.uploadUrl, {
    method: ticket.method,
    headers: ticket.headers,
    body: new Uint8Array(bytes),
  });
  if (!response.ok) throw new Error(`the store refused an upload: ${response.status}`);
  await write('POST /media/upload/{uploadId}/complete', person, { uploadId: ticket.uploadId });
  return ticket.uploadId;
}

export const seeReady = ({ see }: Pair, person: Person, uploadId: string): Promise<Json> =>
  see('GET /media/upload/{uploadId}/status', person, { uploadId }, ({ status }) => status === 'completed');

/**
 * Begun by the current version and sent in its parts, then completed through the other one. A version that knows no parts misses the
 * file; the ticket is still good for the whole.
 */
async function uploadInParts({ sides, call }: Pair, person: Person): Promise<string> {
  const [previous, current] = sides;
  const side = 1800;
  const bytes = await sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const announced = { contentType: 'image/png', bytes: bytes.length };
  const { body: ticket } = await call(current, {
    name: 'POST /media/upload',
    caller: person,
    parameters: {},
    body: announced,
  });
  const put = async (url: string, headers: Record<string, string>, body: Buffer) => {
    const { ok, status } = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) });
    if (!ok) throw new Error(`the store refused a large upload: ${status}`);
  };
  const parts = ticket.parts as { from: number; to: number; url: string; headers: Record<string, string> }[];
  for (const { url, headers, from, to } of parts) await put(url, headers, bytes.subarray(from, to));
  const parameters = { uploadId: ticket.uploadId };
  const it = { name: 'POST /media/upload/{uploadId}/complete', caller: person, parameters };
  const first = await call(previous, it);
  if (first.status < 300) return ticket.uploadId;
  if (first.body.code !== 'upload_missing') throw new Error(describe(previous, it.name, first));
  await put(ticket.uploadUrl, ticket.headers, bytes);
  const second = await call(previous, it);
  if (second.status >= 300) throw new Error(describe(previous, it.name, second));
  return ticket.uploadId;
}

export async function handleMedia(pair: Pair, { alice, bob }: Cast): Promise<void> {
  const { write, see, seeRefused } = pair;
  const mediaId = await upload(pair, alice);
  await seeReady(pair, alice, mediaId);
  await write('PATCH /media/{mediaId}', alice, { mediaId }, { altText: 'A bench' });
  await see('GET /media/{mediaId}', alice, { mediaId }, ({ altText }) => altText === 'A bench');
  await write('PATCH /users/me', alice, {}, { avatarMediaId: mediaId });
  await see('GET /users/{userId}', bob, { userId: alice.id }, ({ avatar }) => avatar?.url);
  await seeReady(pair, alice, await uploadInParts(pair, alice));
  const unused = await upload(pair, alice);
  await seeReady(pair, alice, unused);
  await write('DELETE /media/{mediaId}', alice, { mediaId: unused });
  await seeRefused('GET /media/{mediaId}', alice, { mediaId: unused });
}

export interface Content {
  postId: string;
  /** By Bob, under the post. */
  commentId: string;
  storyId: string;
}

export async function post(pair: Pair, { alice, bob, carol, dave }: Cast, run: string): Promise<string> {
  const { write, see, seeRefused } = pair;
  const publish = async (person: Person, visibility: string, caption: string): Promise<string> => {
    const mediaIds = [await upload(pair, person), await upload(pair, person)];
    const { id } = await write('POST /posts', person, {}, { mediaIds, visibility, caption });
    await see('GET /posts/{postId}', person, { postId: id }, ({ status }) => status === 'published');
    return id;
  };
  const postId = await publish(alice, 'public', `Winter${run} #winter${run} with @${bob.handle}`);
  await see('GET /posts/{postId}', null, { postId }, ({ author }) => author.id === alice.id);
  await see('GET /feed', bob, {}, has('id', postId));
  await see('GET /feed/explore', null, {}, has('id', postId));
  await see('GET /hashtags/{tag}/posts', null, { tag: `winter${run}` }, has('id', postId));
  await see('GET /search/posts', dave, { q: `winter${run}` }, has('id', postId));
  await see('GET /search/hashtags', dave, { q: `winter${run}` }, has('tag', `winter${run}`));
  await see('GET /search/users', dave, { q: alice.handle }, has('id', alice.id));
  await see('GET /notifications', bob, {}, has('kind', 'mentioned'));
  await write('POST /feed/refresh', bob);
  await see('GET /feed', bob, {}, has('id', postId));
  const hidden = await publish(carol, 'public', 'For followers');
  await see('GET /feed', alice, {}, has('id', hidden));
  await seeRefused('GET /posts/{postId}', dave, { postId: hidden });

  await write('PATCH /posts/{postId}', alice, { postId }, { visibility: 'followers' });
  await seeRefused('GET /posts/{postId}', null, { postId });
  await write(
    'PATCH /posts/{postId}',
    alice,
    { postId },
    { visibility: 'public', commentPolicy: 'everyone' },
  );
  await see('GET /posts/{postId}', null, { postId }, ({ visibility }) => visibility === 'public');
  await write('POST /posts/{postId}/bookmark', dave, { postId });
  await see('GET /bookmarks', dave, {}, has('post.id', postId));
  await write('DELETE /posts/{postId}/bookmark', dave, { postId });
  await see('GET /bookmarks', dave, {}, lacks('post.id', postId));
  await write('POST /posts/{postId}/bookmark', dave, { postId });
  const second = await publish(alice, 'public', 'To be deleted');
  await write('DELETE /posts/{postId}', alice, { postId: second });
  await seeRefused('GET /posts/{postId}', alice, { postId: second });
  return postId;
}

export async function engage({ write, see }: Pair, { alice, bob, dave, erin }: Cast, postId: string) {
  const counts = (field: string, count: number) =>
    see('GET /posts/{postId}', alice, { postId }, (post) => post[field] === count);
  for (const person of [bob, dave, erin]) await write('POST /posts/{postId}/like', person, { postId });
  await see('GET /posts/{postId}/likes', alice, { postId }, ({ items }) => items.length === 3);
  await write('DELETE /posts/{postId}/like', dave, { postId });
  await see('GET /posts/{postId}/likes', alice, { postId }, lacks('user.id', dave.id));
  await counts('likeCount', 2);
  await see('GET /notifications', alice, {}, has('kind', 'postLiked'));

  const comment = async (person: typeof bob, body: string, parentId?: string): Promise<string> =>
    (await write('POST /posts/{postId}/comment', person, { postId }, { body, ...(parentId && { parentId }) }))
      .id;
  const commentId = await comment(bob, 'What a light!');
  await see('GET /posts/{postId}/comments', null, { postId }, has('id', commentId));
  await see('GET /notifications', alice, {}, has('kind', 'postCommented'));
  const replyId = await comment(dave, `Where was it, @${bob.handle}?`, commentId);
  await see('GET /posts/{postId}/comments', null, { postId, parentId: commentId }, has('id', replyId));
  await see('GET /notifications', bob, {}, has('kind', 'commentReplied'));
  await counts('commentCount', 2);
  const edited = { body: 'What a light! Snow.' };
  await write('PATCH /posts/{postId}/comments/{commentId}', bob, { postId, commentId }, edited);
  await see('GET /posts/{postId}/comments', null, { postId }, has('body', edited.body));
  const like = '/posts/{postId}/comments/{commentId}/like';
  await write(`POST ${like}`, alice, { postId, commentId });
  await see('GET /posts/{postId}/comments', alice, { postId }, has('likedByViewer', true));
  await write(`DELETE ${like}`, alice, { postId, commentId });
  await see('GET /posts/{postId}/comments', alice, { postId }, has('likedByViewer', false));
  await write(`POST ${like}`, alice, { postId, commentId });
  await see('GET /notifications', bob, {}, has('kind', 'commentLiked'));
  await write('DELETE /posts/{postId}/comments/{commentId}', dave, { postId, commentId: replyId });
  await counts('commentCount', 1);
  return commentId;
}

export async function tellStories(pair: Pair, { alice, bob }: Cast): Promise<string> {
  const { write, see, seeRefused } = pair;
  const tell = async (visibility: string): Promise<string> => {
    const story = await write('POST /stories', alice, {}, { mediaId: await upload(pair, alice), visibility });
    await see('GET /stories/{storyId}', alice, { storyId: story.id }, ({ status }) => status === 'published');
    return story.id;
  };
  const storyId = await tell('public');
  const forFriends = await tell('closeFriends');
  await see('GET /feed/stories', bob, {}, has('user.id', alice.id));
  await see('GET /users/{userId}/stories', bob, { userId: alice.id }, ({ items }) => items.length === 2);
  await write('POST /stories/{storyId}/seen', bob, { storyId });
  await see('GET /stories/{storyId}/viewers', alice, { storyId }, has('user.id', bob.id));
  await write('POST /stories/{storyId}/reactions', bob, { storyId }, { emoji: '🔥' });
  await see('GET /stories/{storyId}/reactions', alice, { storyId }, has('emoji', '🔥'));
  await see('GET /notifications', alice, {}, has('kind', 'storyReaction'));
  await write('DELETE /stories/{storyId}/reactions', bob, { storyId });
  await see('GET /stories/{storyId}/metrics', alice, { storyId }, ({ reactionCount }) => reactionCount === 0);
  await write('POST /stories/{storyId}/reactions', bob, { storyId }, { emoji: '❤️' });

  const add = (name: string, id: string) =>
    write('POST /stories/{storyId}/highlights', alice, { storyId: id }, { highlightName: name });
  const { id: highlightId } = await add('Winter', storyId);
  await see('GET /users/{userId}/highlights', bob, { userId: alice.id }, has('id', highlightId));
  await write('PATCH /highlights/{highlightId}', alice, { highlightId }, { name: 'Cold' });
  await add('Cold', forFriends);
  await see(
    'GET /highlights/{highlightId}',
    alice,
    { highlightId },
    ({ name, storyCount }) => name === 'Cold' && storyCount === 2,
  );
  await write('DELETE /highlights/{highlightId}/stories/{storyId}', alice, {
    highlightId,
    storyId: forFriends,
  });
  await see('GET /highlights/{highlightId}', alice, { highlightId }, ({ storyCount }) => storyCount === 1);
  const { id: spare } = await add('Spare', storyId);
  await write('DELETE /highlights/{highlightId}', alice, { highlightId: spare });
  await seeRefused('GET /highlights/{highlightId}', alice, { highlightId: spare });
  await write('DELETE /stories/{storyId}', alice, { storyId: forFriends });
  await seeRefused('GET /stories/{storyId}', bob, { storyId: forFriends });
  return storyId;
}

export async function readNotifications({ write, see }: Pair, { alice, bob }: Cast): Promise<void> {
  const { items } = await see('GET /notifications', bob, {}, (body) => body.items.length > 1);
  const entries = items as Json[];
  const unread = (count: (now: number) => boolean) =>
    see('GET /notifications/unread-count', bob, {}, ({ unreadCount }) => count(unreadCount));
  const before = (await unread((now) => now > 1)).unreadCount as number;
  await write('POST /notifications/{notificationId}/read', bob, { notificationId: entries.at(-1)!.id });
  await unread((now) => now < before);
  await write('POST /notifications/read', bob, {}, { upToId: entries[0]!.id });
  await unread((now) => now === 0);
  await see('GET /notifications', alice, { grouped: 'false' }, (body) => body.items.length > 0);
}

/** A stream of events of one version tells of what is written through the other. */
export async function hearEvents({ sides, call }: Pair, { alice, bob }: Cast, postId: string): Promise<void> {
  for (const [at, side] of sides.entries()) {
    const end = new AbortController();
    const response = await fetch(`${side.url}/v1/feed/events`, {
      headers: { authorization: `Bearer ${alice.accessToken}` },
      signal: AbortSignal.any([end.signal, AbortSignal.timeout(20_000)]),
    });
    const comment = { name: 'POST /posts/{postId}/comment', caller: bob, parameters: { postId } };
    const body = { body: `Through the ${side.name} version ${crypto.randomUUID()}` };
    await call(sides[1 - at]!, { ...comment, body });
    let heard = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk;
      if (heard.includes('postCommented')) break;
    }
    if (!heard.includes('postCommented')) throw new Error(`the ${side.name} version sent no event: ${heard}`);
    end.abort();
  }
}
