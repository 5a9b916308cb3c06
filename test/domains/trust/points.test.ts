import { afterAll, describe, expect } from 'vitest';
import { reconcilePoints } from '../../../server/domains/trust/points/service.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { refusal } from '../../support/refusal.ts';
import { insertAction, insertUpheldReports, writePosts } from '../../support/trustRows.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

/** Points of the user by kind of source, once all jobs are done. */
async function ledgerOf({ id }: { id: string }): Promise<Record<string, number>> {
  await world.drain();
  const { ledger, sum } = await world.admin.trust.record({ userId: id });
  expect(sum).toBe(ledger.reduce((all, { points }) => all + points, 0));
  return Object.fromEntries(ledger.map(({ act, points }) => [act, points]));
}

const pointsOf = async (person: Person) => {
  await world.drain();
  return (await world.as(person).trust.score({})).points;
};

describe('points', () => {
  test('of posts come when they are published and go when they are deleted', async () => {
    const { anna } = await world.people('anna');
    const [first] = await writePosts(world, anna, 2);
    expect(await ledgerOf(anna)).toEqual({ post: 10 });
    await world.as(anna).posts.delete({ postId: first! });
    expect(await ledgerOf(anna)).toEqual({ post: 5 });
    expect(await pointsOf(anna)).toBe(5);
  });

  test('of comments come and go with them, and replies with the comment they stand under', async () => {
    const { bela, bodo } = await world.people('bela', 'bodo');
    const [postId] = (await writePosts(world, bela, 1)) as [string];
    const comment = await world.as(bela).engagement.comment({ postId, body: 'First' });
    await world.as(bodo).engagement.comment({ postId, parentId: comment.id, body: 'Second' });
    expect(await ledgerOf(bela)).toEqual({ post: 5, comment: 2 });
    expect(await ledgerOf(bodo)).toEqual({ comment: 2 });
    await world.as(bela).engagement.deleteComment({ postId, commentId: comment.id });
    expect(await ledgerOf(bela)).toEqual({ post: 5 });
    expect(await ledgerOf(bodo)).toEqual({});
  });

  test('for likes go to the author, never for a like of your own post', async () => {
    const { cora, carl } = await world.people('cora', 'carl');
    const [postId] = (await writePosts(world, cora, 1)) as [string];
    await world.as(cora).engagement.like({ postId });
    await reconcilePoints(world.app, {
      userId: cora.id,
      act: 'likeReceived',
      sourceId: `${postId}:${cora.id}`,
    });
    expect(await ledgerOf(cora)).toEqual({ post: 5 });
    await world.as(carl).engagement.like({ postId });
    expect(await ledgerOf(cora)).toEqual({ post: 5, likeReceived: 1 });
    expect(await ledgerOf(carl)).toEqual({});
    await world.as(carl).engagement.unlike({ postId });
    expect(await ledgerOf(cora)).toEqual({ post: 5 });
  });

  test('of a follower are three, two once the follower is lost, and never more for coming back', async () => {
    const { dora, dirk } = await world.people('dora', 'dirk');
    const { follow, unfollow } = world.as(dirk).social;
    for (let n = 0; n < 3; n++) {
      await follow({ userId: dora.id });
      expect(await ledgerOf(dora)).toEqual({ follower: 3 });
      await unfollow({ userId: dora.id });
      expect(await ledgerOf(dora)).toEqual({ follower: 2 });
    }
    await world.as(dora).social.block({ userId: dirk.id });
    expect(await ledgerOf(dora)).toEqual({ follower: 2 });
  });

  test('for a follower who left before any job ran are those of a lost follower', async () => {
    const { edda, egil } = await world.people('edda', 'egil');
    await world.as(egil).social.follow({ userId: edda.id });
    await world.as(egil).social.unfollow({ userId: edda.id });
    expect(await ledgerOf(edda)).toEqual({ follower: 2 });
  });

  test('for upheld reports and removals are restored when the action is undone; the shown sum is never below 0', async () => {
    const { fina } = await world.people('fina');
    await writePosts(world, fina, 1);
    const { actionId, reports } = await insertUpheldReports(world, fina, 2);
    const takedown = await insertAction(world, fina, 'takedown');
    const reconcile = async () => {
      for (const sourceId of reports)
        await reconcilePoints(world.app, { userId: fina.id, act: 'flagUpheld', sourceId });
      await reconcilePoints(world.app, { userId: fina.id, act: 'contentRemoved', sourceId: takedown });
    };
    await reconcile();
    expect(await ledgerOf(fina)).toEqual({ post: 5, flagUpheld: -20, contentRemoved: -25 });
    expect(await pointsOf(fina)).toBe(0);
    expect(await world.admin.trust.record({ userId: fina.id })).toMatchObject({ points: 0, sum: -40 });
    await world.database.sql`update actions set undone_at = now() where id in (${actionId}, ${takedown})`;
    await reconcile();
    expect(await ledgerOf(fina)).toEqual({ post: 5 });
  });

  test('of somebody invited count while they are Basic or more', async () => {
    const { gerd } = await world.people('gerd');
    const { code } = await world.as(gerd).invites.create({});
    const { user } = await world.anonymous.users.register({
      handle: 'gast',
      email: 'gast@example.org',
      displayName: 'Gast',
      password: 'a bench under snow',
      inviteCode: code,
    });
    expect(await ledgerOf(gerd)).toEqual({});
    await world.admin.trust.verify({ userId: user.id });
    expect(await ledgerOf(gerd)).toEqual({ invitedBasic: 10 });
    await world.admin.trust.unverify({ userId: user.id });
    expect(await ledgerOf(gerd)).toEqual({});
  });

  test('stay as they are when what they are for is no more', async () => {
    const { hans, hugo } = await world.people('hans', 'hugo');
    const [postId] = (await writePosts(world, hans, 1)) as [string];
    await world.as(hugo).engagement.like({ postId });
    await world.drain();
    const before = await ledgerOf(hans);
    expect(before).toMatchObject({ likeReceived: 1 });
    await world.database.sql`delete from posts where id = ${postId}`;
    await world.database.sql`update users set post_count = 0 where id = ${hans.id}`;
    await world.database.sql`update media set area = 'priv' where owner_id = ${hans.id}`;
    await reconcilePoints(world.app, {
      userId: hans.id,
      act: 'likeReceived',
      sourceId: `${postId}:${hugo.id}`,
    });
    expect(await ledgerOf(hans)).toEqual(before);
  });

  test('of a purged user are not reported as wrong', async () => {
    const userId = crypto.randomUUID();
    await reconcilePoints(world.app, { userId, act: 'post', sourceId: crypto.randomUUID() });
    expect(await refusal(world.admin.trust.record({ userId }))).toMatchObject({ code: 'not_found' });
  });
});
