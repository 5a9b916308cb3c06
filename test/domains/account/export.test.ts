import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect } from 'vitest';
import { sections } from '../../../server/domains/account/contract.ts';
import * as schema from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import { ageStory } from '../../support/stories.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let me: Person;
let friend: Person;
let hidden: Person;
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  ({ exporter: me, friend, hidden } = await world.people('exporter', 'friend', 'hidden'));
  await live();
});

type Entry = Awaited<ReturnType<ReturnType<World['as']>['account']['export']>>['items'][number];

async function walk(person = me, limit = 3): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.as(person).account.export({ limit, ...(cursor ? { cursor } : {}) });
    entries.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    if (cursor) expect(page.items).toHaveLength(limit);
  } while (cursor);
  return entries;
}

const section = <Name extends Entry['section']>(entries: Entry[], name: Name) =>
  entries.filter((entry) => entry.section === name).map(({ data }) => data) as Extract<
    Entry,
    { section: Name }
  >['data'][];

/** Something in every section; what is of `hidden` is not to be seen any more in the end. */
async function live(): Promise<void> {
  const as = world.as(me);
  const own = await world.post(me, { caption: 'mine #snow' });
  const shown = await world.post(friend);
  const gone = await world.post(hidden);
  await as.users.updateMe({ handle: 'exporter_now' });
  await tellStories();
  for (const { id: postId } of [own, shown, gone]) {
    await as.engagement.like({ postId });
    await as.posts.bookmark({ postId });
    const { id: commentId } = await as.engagement.comment({ postId, body: `words on ${postId}` });
    await as.engagement.likeComment({ postId, commentId });
  }
  await as.social.follow({ userId: friend.id });
  await world.as(friend).social.follow({ userId: me.id });
  await as.social.addCloseFriend({ userId: friend.id });
  await as.social.mute({ userId: friend.id });
  await as.invites.create({});
  const blocked = await world.person('blocked');
  await as.social.block({ userId: blocked.id });
  await as.users.updateMe({ isPrivate: true });
  await world.as(await world.person('asker')).social.follow({ userId: me.id });
  await as.fingerprint.register({ fingerprint: 'a phone' });
  await judge();
  await world.as(hidden).users.updateMe({ isPrivate: true });
  await world.drain();
}

/** Edits, a report of a user, and an action of an operator that is appealed. */
async function judge(): Promise<void> {
  const as = world.as(me);
  const shy = await world.person('shy');
  await world.as(shy).users.updateMe({ isPrivate: true });
  await as.social.follow({ userId: shy.id });
  const [own] = (await as.posts.byUser({ userId: me.id })).items;
  await as.posts.edit({ postId: own!.id, caption: 'mine #frost' });
  const [comment] = (await as.engagement.comments({ postId: own!.id })).items;
  await as.engagement.editComment({ postId: own!.id, commentId: comment!.id, body: 'words on it, later' });
  await as.moderation.flagUser({ userId: friend.id, category: 'spam' });
  await world.admin.moderation.warn({ userId: me.id, rule: 'Be kind', reason: 'Was not' });
  const [action] = (await as.moderation.myActions({})).items;
  await as.moderation.appeal({ actionId: action!.id, text: 'I was' });
}

async function tellStories(): Promise<void> {
  const tell = async (author: Person) => {
    const mediaId = await world.upload(author);
    await world.drain();
    return (await world.as(author).stories.create({ mediaId, visibility: 'public' })).id;
  };
  const [over, shown, gone] = [await tell(me), await tell(friend), await tell(hidden)];
  await world.as(me).highlights.add({ storyId: over, highlightName: 'Kept' });
  for (const storyId of [shown, gone]) {
    await world.as(me).stories.seen({ storyId });
    await world.as(me).stories.react({ storyId, emoji: '❄️' });
  }
  await ageStory(world, over);
}

describe('the export', () => {
  test('has every section, each entry once, on pages of any length', async () => {
    const entries = await walk();
    const counts = Map.groupBy(entries, (entry) => entry.section);
    expect(Object.fromEntries([...counts].map(([name, of]) => [name, of.length]))).toEqual({
      account: 1,
      media: 2,
      posts: 1,
      postEdits: 1,
      stories: 1,
      highlights: 1,
      storyReactions: 1,
      storiesSeen: 1,
      comments: 3,
      likes: 2,
      commentLikes: 2,
      bookmarks: 2,
      followers: 1,
      following: 1,
      followRequests: 1,
      sentFollowRequests: 1,
      closeFriends: 1,
      blocks: 1,
      mutes: 1,
      invites: 1,
      sessions: 1,
      securityEvents: 1,
      devices: 1,
      notifications: 2,
      trust: 1,
      reports: 1,
      moderationActions: 1,
      appeals: 1,
    });
    const names = (all: Entry[]) => all.map((entry) => entry.section);
    expect(names(await walk(me, 200))).toEqual(names(entries));
    expect(names(await walk(me, 1))).toEqual(names(entries));
  });

  test('has the e-mail address, all handles, and links to originals that work', async () => {
    const entries = await walk(me, 200);
    const [account] = section(entries, 'account');
    expect(account).toMatchObject({ profile: { email: me.email, handle: 'exporter_now' } });
    expect(account!.handles.map(({ handle }) => handle)).toEqual(['exporter', 'exporter_now']);
    const [medium] = section(entries, 'media');
    expect((await fetch(medium!.originalUrl!)).status).toBe(200);
  });

  test('shows own words wherever they stand, but of others nothing that is hidden now', async () => {
    const entries = await walk(me, 200);
    const comments = section(entries, 'comments');
    expect(comments.filter(({ postId }) => postId === null)).toHaveLength(1);
    expect(comments.every(({ body }) => body.startsWith('words on'))).toBe(true);
    expect(JSON.stringify(entries)).not.toContain(hidden.id);
  });

  test('has texts from before an edit, reports, and the trust level', async () => {
    const entries = await walk(me, 200);
    const edits = section(entries, 'postEdits').flatMap((post) => post.edits);
    expect(edits.map(({ caption }) => caption)).toEqual(['mine #snow']);
    expect(section(entries, 'comments').flatMap((comment) => comment.edits)).toHaveLength(1);
    expect(section(entries, 'reports')).toMatchObject([{ subjectId: friend.id, outcome: 'open' }]);
    expect(section(entries, 'moderationActions')).toMatchObject([{ kind: 'warn', rule: 'Be kind' }]);
    expect(section(entries, 'appeals')).toMatchObject([{ text: 'I was', status: 'open' }]);
    const [trust] = section(entries, 'trust');
    expect(trust!.ledger.map(({ act }) => act)).toContain('comment');
  });

  test('knows of every table in which section it is, or why in none', () => {
    const tables = Object.values(schema).flatMap((table) => (is(table, PgTable) ? getTableName(table) : []));
    expect(Object.keys(whereabouts).sort()).toEqual(tables.sort());
    const named = Object.values(whereabouts).flatMap((place) => ('in' in place ? place.in : []));
    expect(new Set(named)).toEqual(new Set(Object.keys(sections)));
  });

  test('is there for a banned person too', async () => {
    const { outcast: banned } = await world.people('outcast');
    await world.post(banned);
    await world.app.db.execute(sql`
      update users set banned_until = now() + interval '1 day' where id = ${banned.id}`);
    const entries = await walk(banned, 200);
    expect(section(entries, 'posts')).toHaveLength(1);
    expect(section(entries, 'account')).toHaveLength(1);
  });

  test('refuses a cursor of somebody else, or of another list', async () => {
    const { nextCursor } = await world.as(me).account.export({ limit: 1 });
    const other = (await world.as(me).posts.bookmarks({ limit: 1 })).nextCursor!;
    expect(await codeOf(world.as(friend).account.export({ cursor: nextCursor! }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(me).account.export({ cursor: other }))).toBe('invalid_cursor');
    expect(await codeOf(world.anonymous.account.export({}))).toBe('unauthenticated');
  });
});

type SectionName = keyof typeof sections;
type Whereabouts = { in: SectionName | SectionName[] } | { not: string };

const whereabouts: Record<string, Whereabouts> = {
  users: { in: 'account' },
  handles: { in: 'account' },
  handle_changes: { not: 'the handles say it' },
  user_settings: { in: 'account' },
  avatars: { in: 'account' },
  retained_places: { not: 'where the photographs of the media were stored a few minutes ago' },
  takedown_marks: { not: 'of operators; the actions tell their owner what was taken down' },
  credentials: { not: 'a hash that nobody can use but to guess the password' },
  sessions: { in: 'sessions' },
  security_events: { in: 'securityEvents' },
  invites: { in: 'invites' },
  invite_redemptions: { in: 'account' },
  invite_freezes: { not: 'of operators, who have it in their log' },
  follows: { in: ['followers', 'following'] },
  follow_requests: { in: ['followRequests', 'sentFollowRequests'] },
  blocks: { in: 'blocks' },
  mutes: { in: 'mutes' },
  close_friends: { in: 'closeFriends' },
  media: { in: 'media' },
  posts: { in: 'posts' },
  post_media: { in: 'posts' },
  post_edits: { in: 'postEdits' },
  post_hashtags: { not: 'made from the captions' },
  post_mentions: { not: 'made from the captions' },
  bookmarks: { in: 'bookmarks' },
  likes: { in: 'likes' },
  comments: { in: 'comments' },
  comment_edits: { in: 'comments' },
  comment_likes: { in: 'commentLikes' },
  comment_mentions: { not: 'made from the comments' },
  stories: { in: 'stories' },
  story_views: { in: 'storiesSeen' },
  story_reactions: { in: 'storyReactions' },
  highlights: { in: 'highlights' },
  highlight_stories: { in: 'highlights' },
  notifications: { in: 'notifications' },
  notification_groups: { not: 'the same, in entries' },
  notification_markers: { in: 'account' },
  events: { not: 'kept for an hour, and said by the posts and notifications' },
  event_listeners: { not: 'kept for minutes' },
  processes: { not: 'of the installation' },
  audit_entries: { not: 'acts of operators' },
  cases: { not: 'what others reported' },
  reports: { in: 'reports' },
  actions: { in: 'moderationActions' },
  appeals: { in: 'appeals' },
  strikes: { in: 'trust' },
  trust_points: { in: 'trust' },
  devices: { in: 'devices' },
  device_accounts: { in: 'devices' },
  signup_reviews: { not: 'of operators' },
  feed_entries: { not: 'posts of others' },
  feed_readers: { not: 'made from the follows' },
  idempotency_keys: { not: 'answers that were given, for a day' },
  jobs: { not: 'what is still to be done' },
  cleanup_tasks: { not: 'of nobody' },
};
