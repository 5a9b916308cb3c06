import { randomUUID } from 'node:crypto';
import { quickPost } from '../../support/comments.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { testWith } from '../../support/fixtures.ts';
import { quickStory } from '../../support/stories.ts';
import { type Walk, walkWhileItMoves } from '../../support/walks.ts';
import type { World } from '../../support/world.ts';

let world: World;
const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const as = (person: Extra) => world.as(person);
let hash = '';
let hub: Extra;

async function warn({ id }: Extra): Promise<{ reason: string; actionId: string }> {
  const reason = randomUUID();
  await world.admin.moderation.warn({ userId: id, rule: 'No spam', reason });
  const [row] = await world.database.sql<{ id: string }[]>`select id from actions where reason = ${reason}`;
  return { reason, actionId: row!.id };
}

async function appeal(person: Extra): Promise<string> {
  const text = randomUUID();
  await as(person).moderation.appeal({ actionId: (await warn(person)).actionId, text });
  return text;
}

/** Everything of the operators; nothing leaves these lists by itself. */
const ofOperators: Record<string, Walk> = {
  cases: {
    table: 'cases',
    time: 'opened_at',
    add: async (one, other) => {
      await as(one).moderation.flagUser({ userId: other.id, category: 'spam' });
      return other.id;
    },
    page: (_, input) => world.admin.moderation.cases(input),
  },
  'the audit log': {
    table: null,
    add: async (_, other) => (await warn(other)).reason,
    page: (_, input) => world.admin.moderation.audit(input),
  },
  appeals: {
    table: 'appeals',
    add: (_, other) => appeal(other),
    page: (_, input) => world.admin.moderation.appeals(input),
  },
  'accounts on a device': {
    table: 'device_accounts',
    add: async (_, other) => {
      await as(other).fingerprint.register({ fingerprint: 'one phone for all' });
      const [row] = await world.database.sql<{ hash: string }[]>`
        select devices.hash from devices join device_accounts on device_id = devices.id where user_id = ${other.id}`;
      hash = row!.hash;
      return other.id;
    },
    page: async (_, input) => (await world.admin.fingerprint.record({ hash, ...input })).accounts,
  },
  'devices of a person': {
    table: 'device_accounts',
    prepare: async (one) => {
      hub = one;
    },
    add: registerDevice,
    page: (_, input) => world.admin.fingerprint.ofPerson({ userId: hub.id, ...input }),
  },
  'risky sign-ups': {
    table: 'signup_reviews',
    add: async (_, other) => {
      await as(other).fingerprint.register({ fingerprint: 'a phone of sign-ups' });
      await world.database.sql`insert into signup_reviews (user_id, device_id, risk)
        select user_id, device_id, 90 from device_accounts where user_id = ${other.id}`;
      return other.id;
    },
    remove: (_, other) => world.admin.fingerprint.clearSignup({ userId: other.id }),
    page: (_, input) => world.admin.fingerprint.signups(input),
  },
  'dead jobs': {
    table: null,
    add: async () => {
      const word = randomUUID();
      await world.database.sql`insert into jobs (queue, kind, body, dead_at)
        values ('effects', 'feed.widen', jsonb_build_object('authorId', ${word}::text), now())`;
      return word;
    },
    page: (_, input) => world.admin.jobs.dead(input),
  },
};

async function registerDevice(one: Extra, other: Extra): Promise<string> {
  await as(one).fingerprint.register({ fingerprint: `phone of ${other.handle}` });
  const [row] = await world.database.sql<{ hash: string }[]>`
    select devices.hash from devices join device_accounts on device_id = devices.id
    where user_id = ${one.id} order by devices.id desc limit 1`;
  return row!.hash;
}

const ofPeople: Record<string, Walk> = {
  'own invites': {
    table: 'invites',
    prepare: async (one) => {
      hub = one;
      await world.database.sql`update users set trust_level = 3 where id = ${one.id}`;
    },
    add: async (one) =>
      (await world.as({ viewer: { ...one.viewer, trustLevel: 3 } }).invites.create({})).code,
    page: (_, input) => world.as({ viewer: { ...hub.viewer, trustLevel: 3 } }).invites.list(input),
  },
  'own sessions': {
    table: 'sessions',
    add: async (one) => {
      const [row] = await world.database.sql<{ id: string }[]>`insert into sessions (user_id, expires_at)
        values (${one.id}, now() + interval '1 day') returning id`;
      return row!.id;
    },
    remove: (one, _, sessionId) => as(one).auth.endSession({ sessionId }),
    page: (c, input) => c.auth.sessions(input),
  },
  'own devices': {
    table: 'device_accounts',
    add: registerDevice,
    page: (c, input) => c.fingerprint.list(input),
  },
  'acts on oneself': {
    table: 'actions',
    add: async (one) => (await warn(one)).reason,
    page: (c, input) => c.moderation.myActions(input),
  },
  'own appeals': { table: 'appeals', add: appeal, page: (c, input) => c.moderation.myAppeals(input) },
  highlights: {
    table: 'highlights',
    prepare: async (one) => {
      hub = one;
    },
    add: async (one) => {
      const { id: storyId } = await quickStory(world, one);
      return (await as(one).highlights.add({ storyId, highlightName: randomUUID() })).id;
    },
    remove: (one, _, highlightId) => as(one).highlights.delete({ highlightId }),
    page: (c, input) => c.highlights.byUser({ userId: hub.id, ...input }),
  },
  'stories of the followed': {
    table: 'stories',
    add: async (one, other) => {
      await as(one).social.follow({ userId: other.id });
      return (await quickStory(world, other)).id;
    },
    remove: (_, other, storyId) => as(other).stories.delete({ storyId }),
    page: (c, input) => c.feed.stories(input),
  },
  'what is to explore': {
    table: 'posts',
    add: (_, other) => quickPost(world, other),
    remove: (_, other, postId) => as(other).posts.delete({ postId }),
    page: (c, input) => c.feed.explore(input),
  },
  'posts that were found': {
    table: 'posts',
    add: (_, other) => quickPost(world, other, { caption: 'a zebra walks' }),
    remove: (_, other, postId) => as(other).posts.delete({ postId }),
    page: (c, input) => c.search.posts({ q: 'zebra', ...input }),
  },
  'people that were found': {
    table: null,
    add: async (_, other) => other.id,
    remove: (one, other) => as(one).social.block({ userId: other.id }),
    page: (c, input) => c.search.users({ q: 'people_that_were', ...input }),
  },
  'hashtags that were found': {
    table: null,
    add: async (_, other) => {
      const tag = `giraffe${other.handle.replace(/\W/g, '')}`.toLowerCase();
      await quickPost(world, other, { caption: `#${tag}` });
      return `"${tag}"`;
    },
    page: (c, input) => c.search.hashtags({ q: 'giraffe', ...input }),
  },
  suggestions: {
    table: null,
    prepare: async (one) => {
      hub = (await crowd(world, 1, 'hub'))[0]!;
      await as(one).social.follow({ userId: hub.id });
    },
    add: async (_, other) => {
      await as(hub).social.follow({ userId: other.id });
      return other.id;
    },
    remove: (_, other) => as(hub).social.unfollow({ userId: other.id }),
    page: (c, input) => c.social.suggestions(input),
  },
  'the export': {
    table: 'likes',
    add: async (one, other) => {
      const postId = await quickPost(world, other);
      await as(one).engagement.like({ postId });
      return postId;
    },
    remove: (one, _, postId) => as(one).engagement.unlike({ postId }),
    page: (c, input) => c.account.export(input),
  },
};

test.each(Object.entries({ ...ofOperators, ...ofPeople }))(
  'a walk through %s meets each lasting entry once',
  (name, walk) => walkWhileItMoves(world, name, walk),
);
