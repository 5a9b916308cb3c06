import { afterAll, describe, expect } from 'vitest';
import type { PointChange } from '../../../server/core/points.ts';
import { reconcilePoints } from '../../../server/domains/trust/points/service.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { takeTrustChanges } from '../../support/outbox.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf } from '../../support/refusal.ts';
import { writePosts } from '../../support/trustRows.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('whatever the order and however often the jobs run', () => {
  test.each(SEEDS)('the points are those of the sources that exist (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const people = await crowd(world, 4, `seed_${seed}`);
    await live(people, random);
    const changes = await takeTrustChanges(world);
    await Promise.all([
      reconcileAll(world, mixed(changes, random)),
      reconcileAll(peer, mixed(changes, random)),
    ]);
    for (const person of people) expect(await pointsOf(person)).toBe(await worthOf(person));
  });
});

/** People who post, comment, like and follow, and take half of it back. */
async function live(people: Extra[], random: () => number) {
  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!;
  const posts = new Map<string, string[]>();
  for (const person of people) posts.set(person.id, await writePosts(world, person, 3));
  const comments: { postId: string; commentId: string; author: Extra }[] = [];
  for (let n = 0; n < 60; n++) {
    const [one, other] = [pick(people), pick(people)];
    const [as, postId, userId] = [world.as(one), pick(posts.get(other.id)!), other.id];
    const comment = comments.length ? pick(comments) : null;
    const acts = [
      () => as.engagement.like({ postId }),
      () => as.engagement.unlike({ postId }),
      () => as.social.follow({ userId }),
      () => as.social.unfollow({ userId }),
      async () => {
        const { id } = await as.engagement.comment({ postId, body: 'Good' });
        comments.push({ postId, commentId: id, author: one });
      },
      async () => comment && world.as(comment.author).engagement.deleteComment(ref(comment)),
      async () => random() < 0.2 && world.as(other).posts.delete({ postId }),
    ];
    expect(['ok', 'not_found', 'self_action']).toContain(await codeOf(Promise.resolve(pick(acts)())));
  }
}

const ref = ({ postId, commentId }: { postId: string; commentId: string }) => ({ postId, commentId });

/** Each twice, in any order. */
const mixed = (changes: PointChange[], random: () => number): PointChange[] =>
  [...changes, ...changes]
    .map((change) => ({ change, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ change }) => change);

async function reconcileAll({ app }: World, changes: PointChange[]) {
  for (const change of changes) await reconcilePoints(app, change);
}

const pointsOf = async ({ id }: Extra) => (await world.admin.trust.record({ userId: id })).sum;

/** By another road than the service: from the tables, all kinds at once. */
async function worthOf({ id }: Extra): Promise<number> {
  const [row] = await world.database.sql<{ worth: number }[]>`
    select (
      5 * (select count(*) from posts where author_id = ${id} and published_at is not null and deleted_at is null)
      + 2 * (select count(*) from comments where author_id = ${id} and deleted_at is null)
      + (select count(*) from likes join posts on posts.id = post_id where author_id = ${id} and likes.user_id <> ${id})
      + 3 * (select count(*) from follows where followee_id = ${id})
      + 2 * (select count(*) from trust_points where user_id = ${id} and act = 'follower'
          and not exists (select from follows where followee_id = ${id} and follower_id::text = source_id))
    )::int as worth`;
  return row!.worth;
}

test('likes that come and go while the jobs run leave the points of those that stand', async () => {
  const people = await crowd(world, 12, 'fan');
  const [star, ...fans] = people as [Extra, ...Extra[]];
  const [postId] = (await writePosts(world, star, 1)) as [string];
  const drainBoth = async () => {
    for (let n = 0; n < 6; n++) await Promise.all([world.drain(), peer.drain()]);
  };
  const acting = Promise.all(
    fans.map(async (fan, index) => {
      const { like, unlike } = (index % 2 ? world : peer).as(fan).engagement;
      for (let n = 0; n < 4; n++) await (n % 2 ? unlike : like)({ postId });
      if (index % 3 === 0) await like({ postId });
    }),
  );
  await Promise.all([acting, drainBoth()]);
  await drainBoth();
  const { ledger } = await world.admin.trust.record({ userId: star.id });
  const active = fans.filter((_, index) => index % 3 === 0).length;
  expect(ledger).toContainEqual({ act: 'likeReceived', count: active, points: active });
});
