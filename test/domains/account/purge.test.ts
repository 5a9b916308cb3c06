import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { cleanUp } from '../../../server/jobs/cleanup.ts';
import { type CleanupTask, cleanupTasks } from '../../../server/jobs/cleanupTasks.ts';
import { storyReactions } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects, storedKeys } from '../../support/objects.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let peer: World;
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});

const leave = (person: Person) => world.as(person).account.delete({ password: person.password });

const daysAgo = (person: Person, days: number) =>
  world.app.db.execute(sql`
    update users set deleted_at = now() - ${days} * interval '1 day' where id = ${person.id}`);

/** A turn of the task on both instances, with the jobs that it leaves; until the second finds nothing more. */
async function erase(): Promise<void> {
  const tasks = { accounts: cleanupTasks.accounts! };
  const { signal } = new AbortController();
  for (let turn = 0; turn < 2; turn++) {
    await world.app.db.execute(sql`delete from cleanup_tasks`);
    const failed: string[] = [];
    const onOutcome = (task: string, outcome: string) => {
      if (outcome === 'failed') failed.push(task);
    };
    await Promise.all([world, peer].map(({ app }) => cleanUp(app, { tasks, onOutcome }, signal)));
    expect(failed).toEqual([]);
    await world.drain();
  }
}

const rowsOf = async (person: Person) => {
  const [counts] = await world.app.db.execute(sql`
    select (select count(*)::int from users where id = ${person.id}) as users,
      (select count(*)::int from posts where author_id = ${person.id}) as posts,
      (select count(*)::int from media where owner_id = ${person.id}) as media,
      (select count(*)::int from likes where user_id = ${person.id}) as likes,
      (select count(*)::int from comments where author_id = ${person.id}) as comments`);
  return counts;
};
const NOTHING = { users: 0, posts: 0, media: 0, likes: 0, comments: 0 };

/** Posts, an avatar, likes and comments of theirs, and those of others under them. */
async function life(leaver: Person, friend: Person) {
  const own = await world.post(leaver);
  const kept = await world.post(friend);
  await world.as(leaver).users.updateMe({ avatarMediaId: await finished(leaver) });
  await world.upload(leaver);
  for (const [person, { id: postId }] of [
    [leaver, kept],
    [friend, own],
  ] as const) {
    await world.as(person).engagement.like({ postId });
    const { id: parentId } = await world.as(person).engagement.comment({ postId, body: 'Snow' });
    const other = person === leaver ? friend : leaver;
    await world.as(other).engagement.comment({ postId, body: 'Yes, snow', parentId });
    await world.as(other).engagement.likeComment({ postId, commentId: parentId });
    await world.as(person).posts.bookmark({ postId });
  }
  await world.drain();
  return { own, kept };
}

async function finished(owner: Person): Promise<string> {
  const id = await world.upload(owner);
  await world.drain();
  return id;
}

test('an account is purged 30 days after its deletion, with every object, and the counts of others follow', async () => {
  const { leaver, friend } = await world.people('leaver', 'friend');
  const { kept } = await life(leaver, friend);
  await leave(leaver);
  await world.drain();
  await daysAgo(leaver, 29);
  await erase();
  expect(await rowsOf(leaver)).toMatchObject({ users: 1, posts: 1 });
  await daysAgo(leaver, 31);
  await erase();
  expect(await rowsOf(leaver)).toEqual(NOTHING);
  expect(await world.as(friend).posts.get({ postId: kept.id })).toMatchObject({
    likeCount: 0,
    commentCount: 0,
  });
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  await expectConsistentData(world);
});

test('stories go with their photographs, and views and reactions of others’ stories with their counts', async () => {
  const { teller, watcher } = await world.people('teller', 'watcher');
  for (const [author, other] of [
    [teller, watcher],
    [watcher, teller],
  ] as const) {
    const mediaId = await finished(author);
    const [story] = await world.app.db.execute<{ id: string }>(sql`
      insert into stories (author_id, media_id, visibility, published_at, expires_at, view_count)
      values (${author.id}, ${mediaId}, 'public', now(), now() + interval '1 day', 1) returning id`);
    await world.app.db.execute(sql`
      insert into story_views (story_id, viewer_id) values (${story!.id}, ${other.id})`);
    await world.app.db.execute(sql`
      insert into story_reactions (story_id, user_id, emoji) values (${story!.id}, ${other.id}, '❄️')`);
    const [highlight] = await world.app.db.execute<{ id: string }>(sql`
      insert into highlights (owner_id, name, cover_story_id) values (${author.id}, 'Snow', ${story!.id}) returning id`);
    await world.app.db.execute(sql`
      insert into highlight_stories (highlight_id, story_id) values (${highlight!.id}, ${story!.id})`);
  }
  await leave(teller);
  await daysAgo(teller, 31);
  await erase();
  expect(await rowsOf(teller)).toEqual(NOTHING);
  const left = await world.app.db.execute(sql`select author_id as author, view_count as views from stories`);
  expect([...left]).toEqual([{ author: watcher.id, views: 0 }]);
  expect(await world.app.db.$count(storyReactions)).toBe(0);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  await expectConsistentData(world);
});

test('the e-mail address is free again, the handle never', async () => {
  const { again } = await world.people('again');
  await leave(again);
  await daysAgo(again, 31);
  await erase();
  const { email, handle, password } = again;
  const fields = { email, password, displayName: 'Again' };
  expect(await codeOf(world.anonymous.users.register({ ...fields, handle }))).toBe('handle_taken');
  expect(await codeOf(world.anonymous.users.register({ ...fields, handle: 'again_2' }))).toBe('ok');
});

test('users invited by a purged account stay, and used invites stay used', async () => {
  const { inviter } = await world.people('inviter');
  const { code } = await world.as(inviter).invites.create({});
  const newcomer = { displayName: 'New', password: inviter.password, inviteCode: code };
  const { user } = await world.anonymous.users.register({
    ...newcomer,
    handle: 'invited',
    email: 'invited@example.org',
  });
  await leave(inviter);
  await daysAgo(inviter, 31);
  await erase();
  expect(await rowsOf(inviter)).toEqual(NOTHING);
  expect(await codeOf(world.anonymous.users.get({ userId: user.id }))).toBe('ok');
  const used = async () => [
    ...(await world.app.db.execute(sql`
      select inviter_id as inviter, uses, departed, revoked_at is not null as revoked from invites where code = ${code}`)),
  ];
  expect(await used()).toEqual([{ inviter: null, uses: 1, departed: 0, revoked: true }]);
  await expectConsistentData(world);
  const invited = { ...inviter, id: user.id, viewer: { ...inviter.viewer, id: user.id } };
  await leave(invited);
  await daysAgo(invited, 31);
  await erase();
  expect(await rowsOf(invited)).toEqual(NOTHING);
  expect(await used()).toEqual([{ inviter: null, uses: 1, departed: 1, revoked: true }]);
  await expectConsistentData(world);
});

test('several accounts go, also when a turn is cut short by the end of its process', async () => {
  const people = Object.values(await world.people('first', 'second', 'third'));
  for (const person of people) {
    await world.post(person);
    await leave(person);
    await daysAgo(person, 40);
  }
  const stopped = new AbortController();
  const step: CleanupTask['step'] = async (app, turn) => {
    const taken = await cleanupTasks.accounts!.step(app, turn);
    stopped.abort();
    return taken;
  };
  const accounts = { everyMinutes: 60, step };
  await world.app.db.execute(sql`delete from cleanup_tasks`);
  await cleanUp(world.app, { tasks: { accounts }, onOutcome: () => {} }, stopped.signal);
  await erase();
  for (const person of people) expect(await rowsOf(person)).toEqual(NOTHING);
  expect((await storedKeys(world)).length).toBeGreaterThan(0);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});
