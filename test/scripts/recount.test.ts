import { sql } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';
import { correctCount, findDrift } from '../../server/scripts/checks/correctCounts.ts';
import { counts } from '../../server/scripts/checks/counts.ts';
import { ciel, environmentOf, jsonOf } from '../support/commandLine.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { test } from '../support/fixtures.ts';
import { insertMedia } from '../support/mediaRows.ts';
import { newcomer, signUpPatiently } from '../support/newcomer.ts';
import type { Person, World } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let peer: World;
let people: Person[];
let postId: string;
test.beforeAll(async ({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  people = Object.values(await world.people('alice', 'bob', 'carol', 'dora', 'erik', 'frank'));
  await grow();
});

const as = (at: number) => world.as(people[at]!);

/** Something to count of every kind. */
async function grow(): Promise<void> {
  const [first, second] = (await insertMedia(world, people[0]!, 2)) as [string, string];
  postId = (await as(0).posts.create({ mediaIds: [first], visibility: 'public' })).id;
  await as(1).engagement.like({ postId });
  const { id: commentId } = await as(1).engagement.comment({ postId, body: 'Snow' });
  await as(2).engagement.comment({ postId, body: 'Ice', parentId: commentId });
  await as(2).engagement.likeComment({ postId, commentId });
  await as(1).social.follow({ userId: people[0]!.id });
  await world.app.db.execute(sql`
    insert into stories (author_id, media_id, visibility, published_at, expires_at)
    values (${people[0]!.id}, ${second}, 'public', now(), now() + interval '1 day')`);
  await as(3).moderation.flagUser({ userId: people[0]!.id, category: 'spam' });
  await as(4).moderation.flagUser({ userId: people[0]!.id, category: 'spam' });
  const { code } = await world.admin.invites.adminCreate({ maxUses: 9 });
  await world.anonymous.users.register(newcomer('invited', code));
  await world.drain();
}

const drifts: [name: string, plant: ReturnType<typeof sql>, off: number][] = [
  [
    'followerCount',
    sql`update users set follower_count = follower_count + 2 where handle in ('alice', 'bob')`,
    4,
  ],
  ['followingCount', sql`update users set following_count = 0 where handle = 'bob'`, 1],
  ['postCount', sql`update users set post_count = 9 where handle = 'carol'`, 9],
  ['postLikeCount', sql`update posts set like_count = 0`, 1],
  ['postCommentCount', sql`update posts set comment_count = 5`, 3],
  ['commentLikeCount', sql`update comments set like_count = 3 where parent_id is null`, 2],
  ['commentReplyCount', sql`update comments set reply_count = 0`, 1],
  ['storyViewCount', sql`update stories set view_count = 7`, 7],
  ['trustPointsSum', sql`update users set trust_points = trust_points - 50 where handle = 'alice'`, 50],
  ['inviteUses', sql`update invites set uses = 5`, 4],
  ['caseReportCount', sql`update cases set report_count = 1`, 1],
  ['casePriority', sql`update cases set priority = priority + 3`, 3],
];

interface Recounted {
  isFixed: boolean;
  counts: { name: string; drifted: number; off: number; mended: number; examples: string[] }[];
}

describe('npm run ciel -- recount', () => {
  const run = (...args: string[]) => ciel(environmentOf(world), 'recount', ...args);

  test('knows of every count, and finds each right when all is well', async () => {
    expect(drifts.map(([name]) => name)).toEqual(counts.map(({ name }) => name));
    const { code, stdout } = await run();
    expect(code).toBe(0);
    for (const { name } of counts) expect(stdout).toMatch(new RegExp(`^${name} +0 +0 +0$`, 'm'));
  });

  test('reports the drift of each and changes nothing, and with --fix mends it and says so', async () => {
    for (const [, plant] of drifts) await world.app.db.execute(plant);
    const { code, stdout } = await run('--json');
    expect(code).toBe(1);
    const found = (JSON.parse(stdout) as Recounted).counts;
    expect(found.map(({ name, off, mended }) => [name, off, mended])).toEqual(
      drifts.map(([name, , off]) => [name, off, 0]),
    );
    expect(found[0]).toMatchObject({ drifted: 2, examples: [people[0]!.id, people[1]!.id].sort() });
    const fixed = await jsonOf<Recounted>(run('--fix', '--json', '--as', 'zoe'));
    for (const { name, drifted, mended } of fixed.counts) expect([name, mended]).toEqual([name, drifted]);
    expect(await run('--fix')).toMatchObject({ code: 0 });
    await expectConsistentData(world);
    const [invite] = await world.database.sql<{ code: string }[]>`select code from invites`;
    const mended = await world.admin.moderation.audit({ action: 'count.mend', subject: invite!.code });
    expect(mended.items).toMatchObject([{ details: { count: 'inviteUses', from: 5, to: 1 } }]);
    const { items } = await world.admin.moderation.audit({ action: 'count.mend', subject: postId });
    expect(items.map(({ actor, details }) => [actor, details])).toEqual([
      ['zoe', { count: 'postCommentCount', from: 5, to: 2 }],
      ['zoe', { count: 'postLikeCount', from: 0, to: 1 }],
    ]);
  });
});

test('a count is mended right while others like, comment and take it back', async () => {
  const likes = counts.find(({ name }) => name === 'postLikeCount')!;
  const remarks = counts.find(({ name }) => name === 'postCommentCount')!;
  for (let round = 0; round < 5; round++) {
    await world.app.db.execute(sql`update posts set like_count = 40, comment_count = 40`);
    await Promise.all([
      ...people.map((_, at) => as(at).engagement.like({ postId })),
      ...people.map((person) => peer.as(person).engagement.comment({ postId, body: 'Snow' })),
      correctCount(world.app, 'zoe', likes, postId),
      correctCount(peer.app, 'zoe', remarks, postId),
      ...people.map((person) => peer.as(person).engagement.unlike({ postId })),
      correctCount(peer.app, 'zoe', likes, postId),
    ]);
    for (const count of [likes, remarks])
      expect(await findDrift(world.app.db, count)).toEqual({ ids: [], off: 0 });
  }
  await world.drain();
  await expectConsistentData(world);
});

test('the uses of an invite are mended right while others come by it', async () => {
  const uses = counts.find(({ name }) => name === 'inviteUses')!;
  const { code } = await world.admin.invites.adminCreate({ maxUses: 50 });
  for (let round = 0; round < 3; round++) {
    await world.app.db.execute(sql`update invites set uses = 40 where code = ${code}`);
    const comers = Array.from({ length: 6 }, (_, n) =>
      signUpPatiently(n % 2 ? world : peer, newcomer(`comer_${round}_${n}`, code)),
    );
    await Promise.all([
      correctCount(world.app, 'zoe', uses, code),
      ...comers,
      correctCount(peer.app, 'zoe', uses, code),
    ]);
    expect(await Promise.all(comers)).toEqual(Array(6).fill('ok'));
    expect(await findDrift(world.app.db, uses)).toEqual({ ids: [], off: 0 });
  }
  await world.drain();
  await expectConsistentData(world);
});

test('a count that the table refuses is reported and left to the operator', async () => {
  const reports = counts.find(({ name }) => name === 'caseReportCount')!;
  const rollback = new Error('rolled back');
  const planted = world.app.db.transaction(async (db) => {
    await db.execute(sql`delete from reports`);
    const { ids } = await findDrift(db, reports);
    expect(ids).toHaveLength(1);
    expect(await correctCount({ ...world.app, db }, 'zoe', reports, ids[0]!)).toBe(false);
    throw rollback;
  });
  await expect(planted).rejects.toBe(rollback);
});
