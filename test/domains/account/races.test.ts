import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { expectConsistentData } from '../../support/consistentData.ts';
import { testWith } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
const test = testWith({ settings: { widelyFollowedAt: 4 } });
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

/** Those jobs too that wait for what may have slipped by. */
async function drainAll() {
  await world.app.db.execute(sql`update jobs set visible_at = now()`);
  await world.drain();
}

test('accounts are deleted while everybody interacts with everybody, and no count is wrong afterwards', async () => {
  const handles = Array.from({ length: 12 }, (_, n) => `racer_${n}`);
  const people = Object.values(await world.people(...handles));
  const posts: string[] = [];
  for (const person of people) {
    const mediaIds = await insertMedia(world, person, 1);
    posts.push((await world.as(person).posts.create({ mediaIds, visibility: 'public' })).id);
  }
  const outcomes = new Set<string>();
  const leavers = new Set(people.slice(0, 5));
  const client = async (index: number) => {
    const random = seededRandom(index);
    const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
    for (let act = 0; act < 25; act += 1) {
      const at = random() < 0.5 ? world : peer;
      outcomes.add(await codeOf(actOf(at, one(people), one(people), one(posts), random())));
    }
  };
  const leaving = async (person: Person, index: number) => {
    await new Promise((resolve) => setTimeout(resolve, 100 * index));
    const at = index % 2 ? world : peer;
    outcomes.add(await codeOf(at.as(person).account.delete({ password: person.password })));
  };
  let isOver = false;
  const worker = (async () => {
    while (!isOver) await peer.drain();
  })();
  await Promise.all([
    ...Array.from({ length: 16 }, (_, index) => client(index)),
    ...[...leavers].map(leaving),
  ]);
  isOver = true;
  await worker;
  await drainAll();
  expect([...outcomes].filter((code) => !['ok', 'not_found', 'self_action'].includes(code))).toEqual([]);
  await expectConsistentData(world);
  const [left] = await world.app.db.execute(sql`
    select count(*)::int as people from users where deleted_at is not null`);
  expect(left).toEqual({ people: 5 });
});

function actOf(at: World, actor: Person, other: Person, postId: string, chance: number): Promise<unknown> {
  const ref = { userId: other.id };
  const as = at.as(actor);
  if (chance < 0.4) return as.social.follow(ref);
  if (chance < 0.5) return as.social.unfollow(ref);
  if (chance < 0.56) return as.social.block(ref);
  if (chance < 0.66) return as.social.unblock(ref);
  if (chance < 0.72) return as.social.mute(ref);
  if (chance < 0.78) return as.social.addCloseFriend(ref);
  if (chance < 0.82) return as.users.updateMe({ isPrivate: chance < 0.8 });
  if (chance < 0.9) return as.engagement.like({ postId });
  return as.engagement.comment({ postId, body: 'Snow' });
}

test('deleting twice at once is deleting once', async () => {
  const { twice } = await world.people('twice');
  const attempts = Array.from({ length: 10 }, (_, n) =>
    codeOf((n % 2 ? world : peer).as(twice).account.delete({ password: twice.password })),
  );
  const outcomes = new Set(await Promise.all(attempts));
  expect(outcomes).toContain('ok');
  expect([...outcomes].filter((code) => !['ok', 'invalid_credentials', 'overloaded'].includes(code))).toEqual(
    [],
  );
  await drainAll();
  await expectConsistentData(world);
});
