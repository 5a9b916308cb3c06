import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { follows } from '../../../server/schema/index.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let leaver: Person;
let friend: Person;
let stranger: Person;
let round = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
beforeEach(async () => {
  round += 1;
  const names = [`leaver_${round}`, `friend_${round}`, `stranger_${round}`];
  const people = await world.people(...names);
  [leaver, friend, stranger] = names.map((name) => people[name]!) as [Person, Person, Person];
});

const leave = (person = leaver) => world.as(person).account.delete({ password: person.password });
const profileOf = (person: Person, viewer = friend) => world.as(viewer).users.get({ userId: person.id });

describe('a deleted account', () => {
  test('is hidden from everybody: the profile, the posts, the photographs', async () => {
    await world.as(friend).social.follow({ userId: leaver.id });
    const post = await world.post(leaver);
    const url = await publicUrlOf(post.id);
    expect((await fetch(url)).status).toBe(200);
    expect((await world.as(friend).feed.home({})).items).toHaveLength(1);
    await leave();
    const views = {
      profile: () => profileOf(leaver),
      handle: () => world.anonymous.users.byHandle({ handle: leaver.handle }),
      post: () => world.as(friend).posts.get({ postId: post.id }),
      posts: () => world.anonymous.posts.byUser({ userId: leaver.id }),
      photograph: () => world.as(friend).media.get({ mediaId: post.media[0]!.id }),
      followers: () => world.as(friend).social.followers({ userId: leaver.id }),
      follow: () => world.as(friend).social.follow({ userId: leaver.id }),
      like: () => world.as(friend).engagement.like({ postId: post.id }),
    };
    for (const [what, view] of Object.entries(views))
      expect([what, await codeOf(view())]).toEqual([what, 'not_found']);
    expect((await world.as(friend).feed.home({})).items).toEqual([]);
    await world.drain();
    expect((await fetch(url)).status).toBe(404);
  });

  /** URL of the smallest variant, as anybody receives it. */
  async function publicUrlOf(postId: string): Promise<string> {
    return (await world.anonymous.posts.get({ postId })).media[0]!.variants[0]!.url;
  }

  test('ends the relationships with others, counts included', async () => {
    await world.as(leaver).social.follow({ userId: friend.id });
    await world.as(friend).social.follow({ userId: leaver.id });
    await world.as(friend).social.addCloseFriend({ userId: leaver.id });
    await world.as(leaver).social.mute({ userId: friend.id });
    await world.as(leaver).social.block({ userId: stranger.id });
    const third = await world.person(`third_${round}`);
    await world.as(third).users.updateMe({ isPrivate: true });
    await world.as(leaver).social.follow({ userId: third.id });
    await leave();
    expect(await profileOf(friend)).toMatchObject({ followerCount: 0, followingCount: 0 });
    expect((await world.as(friend).social.closeFriends({})).items).toEqual([]);
    expect((await world.as(third).social.requests({})).items).toEqual([]);
    const [left] = await world.app.db.execute(sql`
      select (select count(*)::int from blocks where blocker_id = ${leaver.id}) as blocks,
        (select count(*)::int from mutes where muter_id = ${leaver.id}) as mutes`);
    expect(left).toEqual({ blocks: 0, mutes: 0 });
    await expectConsistentData(world);
  });

  test('ends every session and lets nobody in, as if there were none', async () => {
    const login = { identifier: leaver.handle, password: leaver.password };
    await leave();
    expect(await codeOf(world.anonymous.auth.login(login))).toBe('invalid_credentials');
    expect(await codeOf(world.anonymous.auth.refresh({ refreshToken: leaver.tokens.refreshToken }))).toBe(
      'invalid_refresh_token',
    );
  });

  test('keeps the handle reserved permanently and the email address for now', async () => {
    await leave();
    const { handle, email, password } = leaver;
    const signUp = (fields: object) =>
      world.anonymous.users.register({ handle, email, password, displayName: 'Again', ...fields });
    expect(await codeOf(signUp({ email: `other_${round}@example.org` }))).toBe('handle_taken');
    expect(await codeOf(signUp({ handle: `again_${round}` }))).toBe('email_taken');
  });

  test('makes its open invites worthless', async () => {
    const { code } = await world.as(leaver).invites.create({});
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: true });
    await leave();
    expect(await world.anonymous.invites.validate({ code })).toEqual({ isValid: false });
  });
});

test('deleting needs the password', async () => {
  const wrong = world.as(leaver).account.delete({ password: 'not this one' });
  expect(await codeOf(wrong)).toBe('invalid_credentials');
  expect(await refusal(world.as(leaver).account.delete({ password: '' }))).toMatchObject({
    code: 'invalid_input',
    errors: [{ field: 'password' }],
  });
  expect(await codeOf(world.anonymous.account.delete({ password: leaver.password }))).toBe('unauthenticated');
  expect(await codeOf(profileOf(leaver))).toBe('ok');
});

test('of a widely followed user takes effect at once, and the follows end in jobs, with correct counts throughout', async () => {
  const fans = await crowd(world, 250, `fan${round}`);
  const rows = fans.map(({ id }) => ({ followerId: id, followeeId: leaver.id }));
  await world.app.db.insert(follows).values(rows);
  await world.app.db.execute(sql`update users set following_count = 1 where handle like ${`fan${round}%`}`);
  await world.app.db.execute(sql`update users set follower_count = 250 where id = ${leaver.id}`);
  await leave();
  const left = () => world.app.db.$count(follows, eq(follows.followeeId, leaver.id));
  expect(await left()).toBeGreaterThan(0);
  expect(await codeOf(profileOf(leaver))).toBe('not_found');
  await expectConsistentData(world);
  await world.drain();
  expect(await left()).toBe(0);
  await expectConsistentData(world);
});

test('what slips by while an account is being deleted is found soon after', async () => {
  await leave();
  await world.app.db.insert(follows).values({ followerId: leaver.id, followeeId: friend.id });
  await world.app.db.execute(sql`update users set following_count = 1 where id = ${leaver.id}`);
  await world.app.db.execute(sql`update users set follower_count = 1 where id = ${friend.id}`);
  await world.app.db.execute(sql`
    update jobs set visible_at = now() where kind = 'account.leave' and body ->> 'userId' = ${leaver.id}`);
  await world.drain();
  expect(await profileOf(friend)).toMatchObject({ followerCount: 0 });
  await expectConsistentData(world);
});
