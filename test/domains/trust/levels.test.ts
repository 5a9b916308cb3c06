import { afterAll, describe, expect } from 'vitest';
import { reconcilePoints } from '../../../server/domains/trust/points/service.ts';
import { addStrike, liftStrike } from '../../../server/domains/trust/public.ts';
import { cleanUp } from '../../../server/jobs/cleanup.ts';
import { cleanupTasks } from '../../../server/jobs/cleanupTasks.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { refusal } from '../../support/refusal.ts';
import { insertAction, insertUpheldReports, makeOlder, writePosts } from '../../support/trustRows.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await expectConsistentData(world);
});

const scoreOf = (person: Person) => world.as(person).trust.score({});
const levelOf = async (person: Person) => {
  await world.drain();
  return (await scoreOf(person)).level;
};

/** With 25 points, and old enough when said so. */
async function candidate(handle: string, days = 8): Promise<Person> {
  const person = await world.person(handle);
  await makeOlder(world, person, days);
  await writePosts(world, person, 5);
  return person;
}

const strike = async (person: Person, at = world) =>
  addStrike(at.app, person.id, await insertAction(world, person));

/** Both processes are at it at once. */
async function tidy(name: 'levelsWithAge' | 'levelsAfterStrikes') {
  await world.database.sql`update cleanup_tasks set ran_at = null where task = ${name}`;
  const tasks = { [name]: cleanupTasks[name]! };
  const outcomes: string[] = [];
  const onOutcome = (_: string, outcome: string) => outcomes.push(outcome);
  const { signal } = new AbortController();
  await Promise.all([world, peer].map(({ app }) => cleanUp(app, { tasks, onOutcome }, signal)));
  expect(outcomes).toContain('ok');
  expect(outcomes).not.toContain('failed');
}

describe('a New person', () => {
  test('lists the requirements of Basic, and reaches it with the last missing one', async () => {
    const aron = await world.person('aron');
    await makeOlder(world, aron, 7.5);
    const [first] = await writePosts(world, aron, 4);
    await world.drain();
    expect(await scoreOf(aron)).toEqual({
      level: 0,
      points: 20,
      next: {
        level: 1,
        age: { have: 7, need: 7 },
        posts: { have: 4, need: 5 },
        points: { have: 20, need: 20 },
        flags: { have: 0, under: 5 },
        strikes: { have: 0, under: 3 },
      },
      strikes: [],
    });
    await writePosts(world, aron, 1);
    expect(await levelOf(aron)).toBe(1);
    expect((await scoreOf(aron)).next).toMatchObject({ level: 2, posts: { have: 5, need: 50 } });
    await world.as(aron).posts.delete({ postId: first! });
    expect(await levelOf(aron)).toBe(0);
  });

  test('is not Basic before the seventh day is over, and is by itself then', async () => {
    const berta = await candidate('berta', 6.9);
    expect(await levelOf(berta)).toBe(0);
    await tidy('levelsWithAge');
    expect(await levelOf(berta)).toBe(0);
    await makeOlder(world, berta, 7.001);
    await tidy('levelsWithAge');
    expect(await levelOf(berta)).toBe(1);
  });

  test('is not Basic with five upheld reports, and is when one of them is overturned', async () => {
    const celia = await candidate('celia');
    await writePosts(world, celia, 9);
    const { reports } = await insertUpheldReports(world, celia, 4);
    const other = await insertUpheldReports(world, celia, 1);
    const reconcile = async () => {
      for (const sourceId of [...reports, ...other.reports])
        await reconcilePoints(world.app, { userId: celia.id, act: 'flagUpheld', sourceId });
    };
    await reconcile();
    expect(await levelOf(celia)).toBe(0);
    expect((await scoreOf(celia)).next?.flags).toEqual({ have: 5, under: 5 });
    await world.database.sql`update actions set undone_at = now() where id = ${other.actionId}`;
    await reconcile();
    expect(await levelOf(celia)).toBe(1);
  });

  test('needs the points as well', async () => {
    const doris = await candidate('doris');
    expect(await levelOf(doris)).toBe(1);
    const takedown = await insertAction(world, doris, 'takedown');
    await reconcilePoints(world.app, { userId: doris.id, act: 'contentRemoved', sourceId: takedown });
    expect(await levelOf(doris)).toBe(0);
  });
});

test('Basic becomes Trusted after 90 days with 50 posts and 200 points, and loses it with three reports upheld', async () => {
  const emil = await candidate('emil', 89.9);
  await writePosts(world, emil, 45);
  expect(await levelOf(emil)).toBe(1);
  await makeOlder(world, emil, 90.001);
  await tidy('levelsWithAge');
  expect(await levelOf(emil)).toBe(2);
  expect((await scoreOf(emil)).next).toBeNull();
  const { reports } = await insertUpheldReports(world, emil, 3);
  for (const sourceId of reports)
    await reconcilePoints(world.app, { userId: emil.id, act: 'flagUpheld', sourceId });
  expect(await levelOf(emil)).toBe(1);
});

describe('strikes', () => {
  test('ban from the third on, for 7, 30 and 365 days, and make New', async () => {
    const felix = await candidate('felix');
    await writePosts(world, felix, 40);
    expect(await levelOf(felix)).toBe(1);
    expect(await strike(felix)).toEqual({ strikesInForce: 1, banDays: 0 });
    expect(await strike(felix)).toEqual({ strikesInForce: 2, banDays: 0 });
    expect((await scoreOf(felix)).level).toBe(1);
    expect(await strike(felix)).toEqual({ strikesInForce: 3, banDays: 7 });
    expect((await scoreOf(felix)).level).toBe(0);
    expect(await strike(felix)).toEqual({ strikesInForce: 4, banDays: 30 });
    expect(await strike(felix)).toEqual({ strikesInForce: 5, banDays: 365 });
    expect(await strike(felix)).toEqual({ strikesInForce: 6, banDays: 365 });
    await world.drain();
    const { strikes, points, next } = await scoreOf(felix);
    expect(points).toBe(0);
    expect(next?.strikes).toEqual({ have: 6, under: 3 });
    expect(strikes).toHaveLength(6);
    for (const { createdAt, endsAt } of strikes)
      expect(endsAt.getTime() - createdAt.getTime()).toBe(180 * 86_400_000);
  });

  test('are counted exactly under concurrency, and each action gives one', async () => {
    const greta = await candidate('greta');
    const actionIds: string[] = [];
    for (let n = 0; n < 8; n++) actionIds.push(await insertAction(world, greta));
    const giveAll = async () => {
      const outcomes = await Promise.all(
        actionIds.map((id, n) => addStrike((n % 2 ? world : peer).app, greta.id, id)),
      );
      return outcomes.map(({ strikesInForce }) => strikesInForce).sort();
    };
    expect(await giveAll()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await giveAll()).toEqual(Array(8).fill(8));
    await world.drain();
    const { strikes, ledger } = await world.admin.trust.record({ userId: greta.id });
    expect(strikes).toHaveLength(8);
    expect(ledger).toContainEqual({ act: 'strike', count: 8, points: -400 });
  });

  test('give points and level back when their action is undone', async () => {
    const hanna = await candidate('hanna');
    await writePosts(world, hanna, 40);
    const actionIds = [];
    for (let n = 0; n < 3; n++) {
      const actionId = await insertAction(world, hanna);
      await addStrike(world.app, hanna.id, actionId);
      actionIds.push(actionId);
    }
    expect(await levelOf(hanna)).toBe(0);
    expect((await scoreOf(hanna)).points).toBe(75);
    expect(await liftStrike(world.app, actionIds[0]!)).toEqual({ strikesInForce: 2, banDays: 0 });
    expect(await liftStrike(world.app, actionIds[0]!)).toEqual({ strikesInForce: 2, banDays: 0 });
    expect(await levelOf(hanna)).toBe(1);
    expect(await scoreOf(hanna)).toMatchObject({ points: 125, strikes: [{}, {}] });
    await world.database.sql`update actions set undone_at = now() where id = ${actionIds[0]!}`;
    expect(await liftStrike(world.app, crypto.randomUUID())).toBeNull();
  });

  test('end by themselves, and the level comes back with the clock', async () => {
    const irma = await candidate('irma');
    await writePosts(world, irma, 40);
    for (let n = 0; n < 3; n++) await strike(irma);
    expect(await levelOf(irma)).toBe(0);
    await world.database.sql`
      update strikes set created_at = now() - interval '181 days', ends_at = now() - interval '1 day'
      where user_id = ${irma.id}`;
    await tidy('levelsAfterStrikes');
    expect(await levelOf(irma)).toBe(1);
    expect((await scoreOf(irma)).strikes).toEqual([]);
    const { strikes, ledger } = await world.admin.trust.record({ userId: irma.id });
    expect(strikes).toHaveLength(3);
    expect(ledger).toContainEqual({ act: 'strike', count: 3, points: -150 });
  });
});

describe('Verified', () => {
  test('is given and removed only by operators, and every action is in the audit log', async () => {
    const { johan } = await world.people('johan');
    for (let n = 0; n < 2; n++) await world.admin.trust.verify({ userId: johan.id });
    expect(await scoreOf(johan)).toMatchObject({ level: 3, next: null });
    await writePosts(world, johan, 1);
    for (let n = 0; n < 3; n++) await strike(johan);
    await makeOlder(world, johan, 8);
    await tidy('levelsWithAge');
    await tidy('levelsAfterStrikes');
    expect(await levelOf(johan)).toBe(3);
    expect(await world.admin.trust.record({ userId: johan.id })).toMatchObject({ level: 3, earnedLevel: 0 });
    for (let n = 0; n < 2; n++) await world.admin.trust.unverify({ userId: johan.id });
    expect(await levelOf(johan)).toBe(0);
    const { items } = await world.admin.moderation.audit({ subject: johan.id });
    expect(items.map(({ actor, action, details }) => ({ actor, action, details }))).toEqual([
      { actor: 'script', action: 'user.unverify', details: { from: 3, to: 0 } },
      { actor: 'script', action: 'user.verify', details: { from: 0, to: 3 } },
    ]);
  });

  test('that is removed leaves the level earned since; a user who is not Verified keeps their level', async () => {
    const karla = await candidate('karla');
    await world.admin.trust.verify({ userId: karla.id });
    expect(await levelOf(karla)).toBe(3);
    for (let n = 0; n < 2; n++) await world.admin.trust.unverify({ userId: karla.id });
    expect(await levelOf(karla)).toBe(1);
  });

  test('is for people there are', async () => {
    const nobody = { userId: crypto.randomUUID() };
    expect(await refusal(world.admin.trust.verify(nobody))).toMatchObject({ code: 'not_found' });
    expect(await refusal(world.admin.trust.unverify(nobody))).toMatchObject({ code: 'not_found' });
    expect(await refusal(world.admin.trust.record(nobody))).toMatchObject({ code: 'not_found' });
    expect(await refusal(world.admin.trust.record({ userId: 'karla' }))).toMatchObject({
      code: 'invalid_input',
    });
  });
});
