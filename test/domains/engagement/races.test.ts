import { expect } from 'vitest';
import { setCommentTakenDown } from '../../../server/domains/engagement/public.ts';
import { quickPost, wrongCommentCounts } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

test('counts equal the rows after 32 clients on two processes commented, replied, liked, deleted and took down', async () => {
  const people = (await crowd(world, 8, 'mixed')) as [Extra, ...Extra[]];
  const postIds = [await quickPost(world, people[0]), await quickPost(world, people[0])];
  const known: { postId: string; commentId: string }[] = [];
  const outcomes = new Set<string>();
  const client = async (number: number) => {
    const random = seededRandom(number);
    const one = <T>(of: T[]) => of[Math.floor(random() ** 0.5 * of.length)]!;
    const at = number % 2 ? world : peer;
    const comment = async (parentId?: string, postId = one(postIds)) => {
      const made = await at
        .as(one(people))
        .engagement.comment({ postId, body: 'x', ...(parentId ? { parentId } : {}) });
      known.push({ postId, commentId: made.id });
    };
    for (let n = 0; n < 15; n++) {
      const ref = one(known) ?? { postId: postIds[0]!, commentId: people[0].id };
      const { engagement } = at.as(random() < 0.3 ? people[0] : one(people));
      const acts = [
        () => comment(),
        () => comment(),
        () => comment(ref.commentId, ref.postId),
        () => comment(ref.commentId, ref.postId),
        () => engagement.likeComment(ref),
        () => engagement.likeComment(ref),
        () => engagement.unlikeComment(ref),
        () => engagement.deleteComment(ref),
        () => engagement.editComment({ ...ref, body: `${n}` }),
        () => engagement.comments({ postId: ref.postId }),
      ];
      if (random() < 0.1) await setCommentTakenDown(at.app, ref.commentId, random() < 0.6);
      else outcomes.add(await codeOf(one(acts)()));
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, number) => client(number)));
  expect([...outcomes].sort()).toEqual(['not_found', 'ok']);
  expect(await wrongCommentCounts(world)).toEqual([]);
  await world.drain();
});

test('fifty deletions of one comment with replies delete it once', async () => {
  const [alice, bob] = (await crowd(world, 2, 'fifty')) as [Extra, Extra];
  const postId = await quickPost(world, alice);
  await world.as(bob).engagement.comment({ postId, body: 'Stays' });
  const { id: commentId } = await world.as(bob).engagement.comment({ postId, body: 'Goes' });
  const acts = Array.from({ length: 50 }, (_, n) => {
    const { engagement } = (n % 2 ? world : peer).as(n % 3 ? alice : bob);
    if (n % 5 === 0) return codeOf(engagement.comment({ postId, body: 'Late', parentId: commentId }));
    return codeOf(engagement.deleteComment({ postId, commentId }));
  });
  expect(new Set([...(await Promise.all(acts)), 'not_found'])).toEqual(new Set(['ok', 'not_found']));
  expect(await world.as(alice).posts.get({ postId })).toMatchObject({ commentCount: 1 });
  expect(await wrongCommentCounts(world)).toEqual([]);
});

test('fifty requests for the same like of a comment make one', async () => {
  const [alice, bob] = (await crowd(world, 2, 'like')) as [Extra, Extra];
  const postId = await quickPost(world, alice);
  const { id: commentId } = await world.as(alice).engagement.comment({ postId, body: 'Snow' });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      (n % 2 ? world : peer).as(bob).engagement.likeComment({ postId, commentId }),
    ),
  );
  expect(new Set(answers.map(({ likeCount }) => likeCount))).toEqual(new Set([1]));
});
