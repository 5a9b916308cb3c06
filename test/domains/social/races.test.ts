import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { blocks, followRequests, follows, users } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { testWith } from '../../support/fixtures.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let peer: World;
const test = testWith({ settings: { widelyFollowedAt: 6 } });
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

/** Inconsistent relationships, as rows. */
const violations = () =>
  world.app.db.execute(sql`
    select ${users.handle}, 'counts' as wrong from ${users} where
      ${users.followerCount} <> (select count(*) from ${follows} where ${follows.followeeId} = ${users.id})
      or ${users.followingCount} <> (select count(*) from ${follows} where ${follows.followerId} = ${users.id})
    union all
    select null, 'a follow across a block' from ${follows} join ${blocks}
      on (${blocks.blockerId}, ${blocks.blockedId}) in ((${follows.followerId}, ${follows.followeeId}), (${follows.followeeId}, ${follows.followerId}))
    union all
    select null, 'a request across a block' from ${followRequests} join ${blocks}
      on (${blocks.blockerId}, ${blocks.blockedId}) in ((${followRequests.requesterId}, ${followRequests.targetId}), (${followRequests.targetId}, ${followRequests.requesterId}))
    union all
    select null, 'a request beside a follow' from ${followRequests} join ${follows}
      on ${follows.followerId} = ${followRequests.requesterId} and ${follows.followeeId} = ${followRequests.targetId}
    union all
    select null, 'a block both ways' from ${blocks} one join ${blocks} other
      on one.blocker_id = other.blocked_id and one.blocked_id = other.blocker_id
    union all
    select ${users.handle}, 'a follow that is not merged' from ${users} join ${follows} on ${follows.followeeId} = ${users.id}
      where ${users.widelyFollowed} and not ${follows.merged}`);

test('counts equal the rows behind them after thirty-two clients mixed everything', async () => {
  const people = await crowd(world, 12, 'mixed');
  const acts = [
    'follow',
    'follow',
    'follow',
    'follow',
    'unfollow',
    'block',
    'unblock',
    'unblock',
    'acceptRequest',
    'acceptRequest',
    'rejectRequest',
    'removeFollower',
  ] as const;
  const outcomes = new Set<string>();
  const client = async (index: number) => {
    const random = seededRandom(index);
    const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
    const at = index % 2 ? world : peer;
    for (let act = 0; act < 40; act += 1) {
      const person = one(people);
      if (random() < 0.05) {
        outcomes.add(await codeOf(at.as(person).users.updateMe({ isPrivate: random() < 0.5 })));
      } else {
        outcomes.add(await codeOf(at.as(person).social[one(acts)]({ userId: one(people).id })));
      }
    }
  };
  let isOver = false;
  const worker = (async () => {
    while (!isOver) await peer.drain();
  })();
  await Promise.all(Array.from({ length: 32 }, (_, index) => client(index)));
  isOver = true;
  await worker;
  await world.drain();
  expect([...outcomes].sort()).toEqual(['not_found', 'ok', 'self_action']);
  expect([...(await violations())]).toEqual([]);
  expect(await world.app.db.$count(follows)).toBeGreaterThan(0);
  expect(await world.app.db.$count(users, sql`${users.widelyFollowed}`)).toBeGreaterThan(0);
}, 120_000);

describe('fifty at once', () => {
  const fifty = (call: (at: World) => Promise<unknown>) =>
    Promise.all(Array.from({ length: 50 }, (_, index) => codeOf(call(index % 2 ? world : peer))));
  const all = (code: string) => Array(50).fill(code);

  test('fifty follows of one user by another are one', async () => {
    const [alice, bob] = (await crowd(world, 2, 'follow50')) as [Extra, Extra];
    expect(await fifty((at) => at.as(alice).social.follow({ userId: bob.id }))).toEqual(all('ok'));
    expect(await world.as(bob).users.get({ userId: bob.id })).toMatchObject({ followerCount: 1 });
    expect(await fifty((at) => at.as(alice).social.unfollow({ userId: bob.id }))).toEqual(all('ok'));
    expect(await world.as(bob).users.get({ userId: bob.id })).toMatchObject({ followerCount: 0 });
    expect([...(await violations())]).toEqual([]);
  });

  test('requests are one, and accepting it makes one follow', async () => {
    const [alice, bob] = (await crowd(world, 2, 'request50')) as [Extra, Extra];
    await world.as(bob).users.updateMe({ isPrivate: true });
    expect(await fifty((at) => at.as(alice).social.follow({ userId: bob.id }))).toEqual(all('ok'));
    expect((await world.as(bob).social.requests({})).items).toHaveLength(1);
    expect(await fifty((at) => at.as(bob).social.acceptRequest({ userId: alice.id }))).toEqual(all('ok'));
    expect(await world.as(bob).users.get({ userId: bob.id })).toMatchObject({ followerCount: 1 });
    expect([...(await violations())]).toEqual([]);
  });

  test('fifty blocks are one', async () => {
    const [alice, bob] = (await crowd(world, 2, 'block50')) as [Extra, Extra];
    await world.as(bob).social.follow({ userId: alice.id });
    expect(await fifty((at) => at.as(alice).social.block({ userId: bob.id }))).toEqual(all('ok'));
    expect((await world.as(alice).social.blocks({})).items).toHaveLength(1);
    expect([...(await violations())]).toEqual([]);
  });

  test('fifty users who follow one user are fifty followers, and the author becomes widely followed', async () => {
    const [star, ...fans] = (await crowd(world, 51, 'star50')) as [Extra, ...Extra[]];
    const outcomes = fans.map((fan, index) =>
      codeOf((index % 2 ? world : peer).as(fan).social.follow({ userId: star.id })),
    );
    expect(await Promise.all(outcomes)).toEqual(all('ok'));
    await world.drain();
    expect(await world.as(star).users.get({ userId: star.id })).toMatchObject({ followerCount: 50 });
    expect(
      await world.app.db.$count(follows, sql`${follows.followeeId} = ${star.id} and ${follows.merged}`),
    ).toBe(50);
    const [latecomer] = (await crowd(world, 1, 'late')) as [Extra];
    await world.as(latecomer).social.follow({ userId: star.id });
    expect([...(await violations())]).toEqual([]);
  });
});

test('all of that leaves sound data', () => expectConsistentData(world));
