import { type SQL, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Db } from '../../server/infra/db/db.ts';
import { checks, findBroken } from '../../server/scripts/checks/findBroken.ts';
import { ciel } from '../support/commandLine.ts';
import { makeDataFolder } from '../support/dataFolder.ts';
import { test } from '../support/fixtures.ts';
import { insertMedia } from '../support/mediaRows.ts';
import { startProgram } from '../support/program.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  const people = await world.people('alice', 'bob', 'carol');
  await seed(people);
});

/** A little of everything: alice and bob follow each other, carol blocks bob, and all have posted. */
async function seed({ alice, bob, carol }: Record<'alice' | 'bob' | 'carol', Person>): Promise<void> {
  const as = (person: Person) => world.as(person);
  await as(alice).social.follow({ userId: bob.id });
  await as(bob).social.follow({ userId: alice.id });
  await as(carol).social.block({ userId: bob.id });
  for (const author of [alice, bob, carol]) {
    const [ready, waiting, told] = (await insertMedia(world, author, 3)) as [string, string, string];
    const { id } = await as(author).posts.create({
      mediaIds: [ready],
      visibility: 'public',
      caption: 'First #snow',
    });
    await as(author).engagement.like({ postId: id });
    await as(author).users.updateMe({ avatarMediaId: ready });
    await world.app.db.execute(sql`update media set status = 'processing' where id = ${waiting}`);
    await as(author).posts.create({ mediaIds: [waiting], visibility: 'public' });
    await world.app.db.execute(sql`
      insert into stories (author_id, media_id, visibility, published_at, expires_at)
      values (${author.id}, ${told}, 'public', now(), now() + interval '1 day')`);
    await world.app.db.execute(sql`
      with kept as (insert into highlights (owner_id, name) values (${author.id}, 'snow') returning id)
      insert into highlight_stories (highlight_id, story_id)
      select kept.id, stories.id from kept, stories where author_id = ${author.id}`);
    await world.app.db.execute(sql`insert into invites (code, inviter_id, expires_at)
      values (${author.handle.padEnd(12, '2')}, ${author.id}, now() + interval '1 day')`);
  }
  await world.app.db.execute(sql`delete from jobs where kind like 'media.%'`);
  await world.drain();
}

const user = (handle: string) => sql`(select id from users where handle = ${handle})`;
const published = (handle: string) =>
  sql`(select id from posts where author_id = ${user(handle)} and published_at is not null)`;
const waiting = (handle: string) =>
  sql`(select id from posts where author_id = ${user(handle)} and published_at is null)`;
const storyOf = (handle: string) => sql`(select id from stories where author_id = ${user(handle)})`;
const avatarOf = (handle: string) => sql`(select media_id from avatars where user_id = ${user(handle)})`;
/** By carol, with what it is worth. */
const comment = (id: string, post: SQL, parent: string | null = null) => sql`
  with written as (
    insert into comments (id, post_id, author_id, parent_id, body, created_at)
    values (${id}, ${post}, ${user('carol')}, ${parent}, 'Snow', '2026-01-01')
  ), counted as (
    insert into trust_points (user_id, act, source_id, points) values (${user('carol')}, 'comment', ${id}, 2)
  )
  update users set trust_points = trust_points + 2 where handle = 'carol'`;
/** On alice, by bob. */
const report = (round = 1) => sql`
  insert into reports (case_id, reporter_id, round, category, weight, snapshot)
  select id, ${user('bob')}, ${round}, 'spam', 1, '{}' from cases`;
const CASE = sql`
  insert into cases (subject_type, subject_id, owner_id, priority, report_count)
  values ('user', ${user('alice')}, ${user('alice')}, 1, 1)`;
const DISMISSED = sql`
  update cases set status = 'resolved', resolved_at = now(), resolution = 'dismiss', reason = 'No'`;
/** To alice. */
const action = (kind: string, type: string, subject: SQL) => sql`
  insert into actions (kind, subject_type, subject_id, user_id, actor, rule, reason)
  values (${kind}, ${type}, ${subject}, ${user('alice')}, 'Zoe', 'Be kind', 'Was not')`;
/** Of what the only action did, or of nothing that was done. */
const mark = (mediaId: SQL) => sql`
  insert into takedown_marks (action_id, owner_id, media_id, content)
  select coalesce((select id from actions), gen_random_uuid()), ${user('alice')}, ${mediaId}, ${mediaId}::text`;
const takenDown = [
  action('takedown', 'user', user('alice')),
  sql`update actions set media_ids = jsonb_build_array(${avatarOf('alice')})`,
  mark(avatarOf('alice')),
];
/** To alice, of something that bob did to her post. */
const told = (kind: string) => sql`
  with entry as (
    insert into notification_groups (recipient_id, kind, subject_id)
    values (${user('alice')}, ${kind}, ${published('alice')}) returning *
  )
  insert into notifications (group_id, recipient_id, kind, actor_id, subject_id, source_id)
  select id, recipient_id, kind, ${user('bob')}, subject_id, ${user('bob')} from entry`;
/** As its job does once the fault hides photographs. */
const PLACED = sql`update media set area = 'priv'`;
/** A turn of the cleanup that ended an hour ago. */
const ranLast = (task: string) =>
  sql`insert into cleanup_tasks (task, ran_at) values (${task}, now() - interval '1 hour')`;
const ONE = '01993a4e-0000-7000-8000-000000000001';
const TWO = '01993a4e-0000-7000-8000-000000000002';
const THREE = '01993a4e-0000-7000-8000-000000000003';
const COUNTED = sql`
  update posts set comment_count = (select count(*) from comments where post_id = posts.id)`;
const REPLIES = sql`
  update comments set reply_count = (select count(*) from comments r where r.parent_id = comments.id)`;

const faults: [rule: string, ...planted: SQL[]][] = [
  ['followerCount', sql`update users set follower_count = 7 where handle = 'alice'`],
  ['followingCount', sql`update users set following_count = 0 where handle = 'bob'`],
  ['postCount', sql`update users set post_count = 9 where handle = 'carol'`],
  ['postLikeCount', sql`delete from likes where post_id = ${published('alice')}`],
  ['postCommentCount', comment(ONE, published('alice'))],
  ['commentLikeCount', comment(ONE, published('alice')), COUNTED, sql`update comments set like_count = 1`],
  ['commentReplyCount', comment(ONE, published('alice')), comment(TWO, published('alice'), ONE), COUNTED],
  [
    'storyViewCount',
    sql`insert into story_views (story_id, viewer_id) values (${storyOf('bob')}, ${user('alice')})`,
  ],
  [
    'followAcrossBlock',
    sql`insert into blocks (blocker_id, blocked_id) values (${user('bob')}, ${user('alice')})`,
  ],
  [
    'requestAcrossBlock',
    sql`insert into follow_requests (requester_id, target_id) values (${user('bob')}, ${user('carol')})`,
  ],
  [
    'closeFriendAcrossBlock',
    sql`insert into close_friends (owner_id, friend_id) values (${user('bob')}, ${user('carol')})`,
  ],
  [
    'requestBesideFollow',
    sql`insert into follow_requests (requester_id, target_id) values (${user('bob')}, ${user('alice')})`,
  ],
  [
    'blockBothWays',
    sql`insert into blocks (blocker_id, blocked_id) values (${user('bob')}, ${user('carol')})`,
  ],
  ['followNotMerged', sql`update users set widely_followed = true where handle = 'alice'`],
  [
    'feedEntryOfNobodyFollowed',
    sql`insert into feed_entries (reader_id, created_at, post_id, author_id)
      select ${user('carol')}, created_at, id, author_id from posts where id = ${published('alice')}`,
  ],
  [
    'feedEntryMisplaced',
    sql`update feed_entries set created_at = '2020-01-01' where reader_id = ${user('alice')}`,
  ],
  ['handleNotKept', sql`delete from handles where handle = 'carol'`],
  [
    'sessionOfDeleted',
    PLACED,
    sql`update users set deleted_at = now() where handle = 'carol'`,
    sql`delete from blocks`,
  ],
  [
    'tieOfDeleted',
    PLACED,
    sql`update users set deleted_at = now() where handle = 'carol'`,
    sql`update sessions set revoked_at = now(), revoke_reason = 'accountDeletion' where user_id = ${user('carol')}`,
  ],
  ['inviteUses', sql`update invites set uses = 1 where inviter_id = ${user('carol')}`],
  [
    'inviteOfOneself',
    sql`update invites set uses = 1 where inviter_id = ${user('carol')}`,
    sql`insert into invite_redemptions (user_id, code) values (${user('carol')}, 'carol2222222')`,
  ],
  [
    'postOfForeignMedia',
    sql`update post_media set media_id = ${avatarOf('bob')} where post_id = ${published('alice')}`,
  ],
  [
    'publishedPostUnready',
    sql`insert into post_media (post_id, position, media_id)
      select ${published('alice')}, 1, media_id from post_media where post_id = ${waiting('alice')}`,
  ],
  [
    'readyPostUnpublished',
    sql`update media set status = 'completed' where status = 'processing' and owner_id = ${user('bob')}`,
  ],
  ['postWithoutMedia', sql`update post_media set position = 3 where post_id = ${waiting('carol')}`],
  ['avatarUnusable', sql`update avatars set media_id = ${avatarOf('bob')} where user_id = ${user('alice')}`],
  [
    'storyOfForeignMedia',
    sql`update stories set media_id = ${avatarOf('carol')} where id = ${storyOf('alice')}`,
  ],
  [
    'publishedStoryUnready',
    sql`update media set status = 'processing' where id = (select media_id from stories where id = ${storyOf('bob')})`,
  ],
  [
    'highlightOfForeignStory',
    sql`insert into highlight_stories (highlight_id, story_id)
      select id, ${storyOf('bob')} from highlights where owner_id = ${user('alice')}`,
  ],
  [
    'replyMisplaced',
    comment(ONE, published('alice')),
    comment(TWO, published('alice'), ONE),
    comment(THREE, published('alice'), TWO),
    COUNTED,
    REPLIES,
  ],
  [
    'jobDead',
    sql`insert into jobs (queue, kind, body, dead_at) values ('effects', 'media.place', '{}', now())`,
  ],
  [
    'jobWithoutSubject',
    sql`insert into jobs (queue, kind, body, created_at)
      values ('effects', 'feed.fanOut', jsonb_build_object('postId', gen_random_uuid()), now() - interval '2 days')`,
  ],
  ['hashtags', sql`update posts set caption = 'Ice #frost' where id = ${published('alice')}`],
  [
    'hashtagMisplaced',
    sql`update post_hashtags set created_at = '2026-01-01' where post_id = ${published('bob')}`,
  ],
  [
    'mentionOfDeletedPost',
    sql`insert into post_mentions (post_id, user_id) values (${waiting('bob')}, ${user('alice')})`,
    sql`update posts set deleted_at = now() where id = ${waiting('bob')}`,
  ],
  [
    'mediaStuck',
    sql`update media set status_changed_at = now() - interval '2 hours' where status = 'processing'`,
    ranLast('lostMedia'),
  ],
  ['mediaOpenToAll', sql`update media set area = 'pub' where status = 'processing'`],
  ['trustPointsSum', sql`update users set trust_points = trust_points + 1 where handle = 'alice'`],
  [
    'trustPointsWrong',
    sql`update trust_points set points = 6 where act = 'post' and user_id = ${user('alice')}`,
    sql`update users set trust_points = trust_points + 1 where handle = 'alice'`,
  ],
  [
    'trustPointsMissing',
    sql`delete from trust_points where act = 'follower' and user_id = ${user('bob')}`,
    sql`update users set trust_points = trust_points - 3 where handle = 'bob'`,
  ],
  [
    'storyDay',
    sql`update stories set expires_at = expires_at + interval '1 hour' where id = ${storyOf('alice')}`,
  ],
  [
    'storyViewByAuthor',
    sql`insert into story_views (story_id, viewer_id) values (${storyOf('bob')}, ${user('bob')})`,
    sql`update stories set view_count = 1 where id = ${storyOf('bob')}`,
  ],
  ['highlightEmpty', sql`delete from highlight_stories where story_id = ${storyOf('alice')}`],
  [
    'highlightCoverElsewhere',
    sql`update highlights set cover_story_id = ${storyOf('bob')} where owner_id = ${user('alice')}`,
  ],
  [
    'highlightOfDeletedStory',
    sql`update stories set deleted_at = now(), media_id = null where id = ${storyOf('alice')}`,
  ],
  ['notificationOfNothing', told('postLiked')],
  [
    'notificationMisgrouped',
    told('postLiked'),
    sql`insert into likes (post_id, user_id) values (${published('alice')}, ${user('bob')})`,
    sql`update posts set like_count = like_count + 1 where id = ${published('alice')}`,
    sql`insert into trust_points (user_id, act, source_id, points)
      values (${user('alice')}, 'likeReceived', ${published('alice')} || ':' || ${user('bob')}, 1)`,
    sql`update users set trust_points = trust_points + 1 where handle = 'alice'`,
    sql`update notification_groups set recipient_id = ${user('carol')} where kind = 'postLiked'`,
  ],
  [
    'notificationEntryEmpty',
    sql`insert into notification_groups (recipient_id, kind, subject_id)
      values (${user('alice')}, 'postLiked', ${published('alice')})`,
  ],
  [
    'notificationsReadAhead',
    sql`insert into notification_markers (user_id, read_up_to) values (${user('bob')}, now() + interval '1 hour')`,
  ],
  [
    'eventForAnother',
    sql`insert into events (user_id, kind, subject_id)
      select ${user('carol')}, 'notification', id from notifications where recipient_id = ${user('alice')} limit 1`,
  ],
  ['caseReportCount', CASE, report(), sql`update cases set report_count = 2`],
  ['casePriority', CASE, report(), sql`update cases set priority = 5`],
  ['reportResolvedApart', CASE, report(), DISMISSED],
  [
    'reportWithoutDecision',
    CASE,
    report(),
    DISMISSED,
    sql`update cases set resolution = 'warn'`,
    sql`update reports set resolved_at = now()`,
  ],
  ['takedownWithoutEffect', action('takedown', 'post', published('alice'))],
  ['markWithoutTakedown', PLACED, mark(avatarOf('alice'))],
  ['takedownUnmarked', ...takenDown, sql`delete from takedown_marks`],
  [
    'markUnhashed',
    PLACED,
    ...takenDown,
    sql`update media set original_sha256 = 'hash' where id = ${avatarOf('alice')}`,
  ],
  ['markForOthers', PLACED, ...takenDown, sql`update takedown_marks set owner_id = null`],
  [
    'appealByAnother',
    action('warn', 'user', user('alice')),
    sql`insert into appeals (action_id, user_id, text) select id, ${user('bob')}, 'Mine' from actions`,
  ],
  [
    'deviceRisk',
    sql`insert into devices (id, hash, risk) values (${ONE}, repeat('x', 43), 5)`,
    sql`insert into device_accounts (device_id, user_id, name)
      select ${ONE}, id, 'Phone' from users where handle in ('alice', 'bob')`,
  ],
  [
    'signupReviewNeedless',
    sql`insert into devices (id, hash, risk) values (${ONE}, repeat('x', 43), 100)`,
    sql`insert into signup_reviews (user_id, device_id, risk) values (${user('alice')}, ${ONE}, 100)`,
  ],
  [
    'levelDespiteStrikes',
    sql`insert into actions (kind, subject_type, subject_id, user_id, actor, rule, reason)
      select 'strike', 'user', id, id, 'Zoe', 'Be kind', 'Was not' from users, generate_series(1, 3) where handle = 'carol'`,
    sql`insert into strikes (user_id, action_id, ends_at)
      select user_id, id, now() + interval '1 day' from actions`,
    sql`update users set trust_level = 1 where handle = 'carol'`,
  ],
  [
    'banWithoutAction',
    PLACED,
    action('ban', 'user', user('alice')),
    sql`update actions set ends_at = now() + interval '1 day'`,
    sql`update users set banned_until = now() + interval '2 days' where handle = 'alice'`,
  ],
  ['banWithoutEffect', action('ban', 'user', user('alice'))],
  [
    'takenDownWithoutAction',
    action('takedown', 'story', storyOf('alice')),
    sql`update stories set taken_down_at = now() where id in (${storyOf('alice')}, ${storyOf('bob')})`,
  ],
  ['strikeApart', action('strike', 'user', user('alice'))],
  [
    'consequenceOfUndone',
    action('strike', 'user', user('alice')),
    sql`insert into strikes (user_id, action_id, ends_at, undone_at)
      select user_id, id, now() + interval '1 day', now() from actions`,
    sql`update actions set undone_at = now()`,
    sql`insert into actions (kind, subject_type, subject_id, user_id, actor, rule, reason, cause_id, ends_at)
      select 'ban', 'user', user_id, user_id, 'Zoe', 'Be kind', 'Was not', id, now() - interval '1 day' from actions`,
  ],
  [
    'idempotencyKeyLeft',
    sql`insert into idempotency_keys (user_id, key, request_hash, answer, created_at)
      values (${user('bob')}, 'one', '', '', now() - interval '50 hours')`,
    ranLast('idempotencyKeys'),
  ],
  [
    'uploadLeft',
    sql`insert into media (owner_id, content_type, bytes, upload_key, upload_expires_at)
      values (${user('bob')}, 'image/jpeg', 1, 'up/left', now() - interval '50 hours')`,
    ranLast('uploads'),
  ],
  [
    'retainedPlaceLeft',
    sql`insert into retained_places (place, media_id, until)
      values ('priv/left', ${avatarOf('bob')}, now() - interval '26 hours')`,
    ranLast('uploads'),
  ],
  [
    'muteLeft',
    sql`insert into mutes (muter_id, muted_id, expires_at)
      values (${user('bob')}, ${user('alice')}, now() - interval '26 hours')`,
    ranLast('mutes'),
  ],
  [
    'sessionLeft',
    sql`update sessions set expires_at = now() - interval '32 days' where user_id = ${user('bob')}`,
    ranLast('sessions'),
  ],
  [
    'securityEventLeft',
    sql`insert into security_events (user_id, kind, created_at)
      values (${user('bob')}, 'refreshReplay', now() - interval '182 days')`,
    ranLast('securityEvents'),
  ],
  [
    'storyLeft',
    sql`delete from highlights where owner_id = ${user('alice')}`,
    sql`update stories set deleted_at = now() - interval '9 days', media_id = null where id = ${storyOf('alice')}`,
    ranLast('stories'),
  ],
  [
    'postLeft',
    sql`update posts set deleted_at = now() - interval '32 days' where id = ${waiting('alice')}`,
    ranLast('posts'),
  ],
  [
    'commentLeft',
    sql`insert into comments (post_id, author_id, body, created_at, deleted_at)
      values (${published('bob')}, ${user('bob')}, '', now() - interval '40 days', now() - interval '32 days')`,
    ranLast('comments'),
  ],
  [
    'accountLeft',
    sql`insert into users (handle, email, display_name, deleted_at)
      values ('gone', 'gone@example.org', '', now() - interval '38 days')`,
    sql`insert into handles (handle, user_id) select handle, id from users where handle = 'gone'`,
    ranLast('accounts'),
  ],
  [
    'notificationLeft',
    sql`update notification_groups set created_at = now() - interval '92 days' where recipient_id = ${user('alice')}`,
    ranLast('notifications'),
  ],
  [
    'eventLeft',
    sql`insert into events (user_id, kind, subject_id, created_at)
      values (${user('bob')}, 'post', ${published('alice')}, now() - interval '27 hours')`,
    ranLast('events'),
  ],
  [
    'processLeft',
    sql`insert into processes (mode, version, host, pid, connections, access_keys, refresh_keys, seen_at)
      values ('api', '1', 'gone', 1, 16, '{}', '{}', now() - interval '27 hours')`,
    ranLast('processes'),
  ],
  [
    'levelOfEndedStrikes',
    sql`insert into actions (kind, subject_type, subject_id, user_id, actor, rule, reason)
      select 'strike', 'user', id, id, 'Zoe', 'Be kind', 'Was not' from users, generate_series(1, 3) where handle = 'carol'`,
    sql`insert into strikes (user_id, action_id, created_at, ends_at)
      select user_id, id, now() - interval '182 days', now() - interval '2 days' from actions`,
    sql`
      with written as (
        insert into posts (author_id, visibility, comment_policy, published_at)
        select ${user('carol')}, 'public', 'everyone', now() from generate_series(1, 4) returning id
      ), shown as (
        insert into post_media (post_id, position, media_id) select id, 0, ${avatarOf('carol')} from written
      )
      insert into trust_points (user_id, act, source_id, points) select ${user('carol')}, 'post', id, 5 from written`,
    sql`update users set post_count = 5, trust_points = trust_points + 20, created_at = now() - interval '9 days' where handle = 'carol'`,
    ranLast('levelsAfterStrikes'),
  ],
];

class Undone extends Error {}

/** What is broken once the fault is there; then it is taken back. */
async function brokenBy(planted: SQL[]): Promise<string[]> {
  let names: string[] = [];
  const plant = async (db: Db) => {
    for (const fault of planted) await db.execute(fault);
    names = (await findBroken(db)).map(({ name }) => name);
    throw new Undone();
  };
  await world.app.db.transaction(plant).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return names;
}

describe('a planted fault', () => {
  test.each(faults)('is found by the rule %s and by no other', async (rule, ...planted) => {
    expect(await brokenBy(planted)).toEqual([rule]);
  });

  test('is there for every rule', () => {
    expect(faults.map(([rule]) => rule).sort()).toEqual(checks.map(({ name }) => name).sort());
  });

  test('is reported with a few of the rows and their number', async () => {
    let found: Awaited<ReturnType<typeof findBroken>> = [];
    await world.app.db
      .transaction(async (db) => {
        await db.execute(sql`
          insert into jobs (queue, kind, body, dead_at)
          select 'effects', 'media.place', '{}', now() from generate_series(1, 30)`);
        found = await findBroken(db);
        throw new Undone();
      })
      .catch(() => {});
    expect(found).toMatchObject([{ name: 'jobDead', count: 30 }]);
    expect(found[0]!.examples).toHaveLength(20);
  });
});

describe('npm run check:data', () => {
  const run = (environment: Record<string, string>) => ciel(environment, 'check');

  test('finds nothing in a database where all is well', async () => {
    expect(await findBroken(world.app.db)).toEqual([]);
    const { code, stdout, stderr } = await run({ DATABASE_URL: world.databaseUrl });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`0 of ${checks.length} rules are broken\n`);
  });

  test('prints a line for each broken rule and fails', async () => {
    const [bob] = await world.app.db.execute<{ id: string }>(sql`
      update users set follower_count = 5 where handle = 'bob' returning id`);
    const { code, stdout } = await run({ DATABASE_URL: world.databaseUrl });
    await world.app.db.execute(sql`update users set follower_count = 1 where handle = 'bob'`);
    expect(code).toBe(1);
    expect(stdout).toBe(
      `followerCount: 1 users with a wrong follower count: ${bob!.id} has 5 for 1\n1 of ${checks.length} rules are broken\n`,
    );
  });

  test('reads the embedded database whether Ciel is running on it or not', async () => {
    await using folder = await makeDataFolder();
    const DATA_DIR = folder.path;
    expect(await run({ DATA_DIR })).toMatchObject({ code: 3, stdout: '' });
    const program = await startProgram('server/main.ts', { DATA_DIR, LOG_LEVEL: 'silent' });
    const sound = { code: 0, stdout: `0 of ${checks.length} rules are broken\n`, stderr: '' };
    expect(await run({ DATA_DIR })).toEqual(sound);
    await program.stop();
    expect(await run({ DATA_DIR })).toEqual(sound);
  });

  test('says what is wrong when the database does not exist', async () => {
    const { code, stderr } = await run({ DATABASE_URL: 'mysql://nowhere' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^DATABASE_URL: must be a URL/);
  });
});
