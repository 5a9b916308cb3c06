import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { type DataFolder, makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { type Program, startProgram } from '../support/program.ts';
import { GENEROUS, takeWholePath } from '../support/visit.ts';

const BANNER = 'Ctrl-C';
let folder: DataFolder;
let environment: Record<string, string>;

const secretOf = (name: string) => readFileSync(join(folder.path, 'secrets', name), 'utf8').trim();

beforeAll(async () => {
  folder = await makeDataFolder({ withDemo: true });
  environment = { DATA_DIR: folder.path, LOG_LEVEL: 'debug', ...GENEROUS };
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('with nothing but a folder', () => {
  let program: Program;
  let postId: string;
  const demoPerson = async ({ url }: Program) => {
    const ciel = createCiel({ url });
    const [, handle, password] = /Demo people +(\w+) +(\S+)/.exec(program.output())!;
    await ciel.signIn(handle!, password!);
    return { ciel, password: password! };
  };

  beforeAll(async () => {
    program = await startProgram('server/main.ts', environment, BANNER);
  });
  afterAll(() => program.stop());

  test('it says where the API, the docs and the people of the demo are', async () => {
    const urls = program.output().match(/http:\/\/\S+\/(v1|docs)/g)!;
    expect(urls).toHaveLength(2);
    const answers = await Promise.all(urls.map((url) => fetch(url.replace('/v1', '/v1/media/policy'))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await demoPerson(program);
  });

  test('the people of the demo stand in columns', async () => {
    const people = program
      .output()
      .split('\n')
      .filter((line) => line.includes('-photographs'));
    expect(people.length).toBeGreaterThan(3);
    expect(new Set(people.map((line) => line.indexOf('demo-'))).size).toBe(1);
  });

  test('the demo has photographs in the feeds of those who follow', async () => {
    const { ciel } = await demoPerson(program);
    const { items } = await ciel.feed.home();
    expect(new Set(items.map(({ author }) => author.handle)).size).toBeGreaterThan(1);
    const image = await fetch(items[0]!.media[0]!.variants[0]!.url);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image/)]);
  });

  test('the demo tells a story', async () => {
    const as = async (handle: string) => {
      const ciel = createCiel({ url: program.url });
      await ciel.signIn(handle, `demo-${handle}-photographs`);
      return ciel;
    };
    const [alice, bob, dan, erin, frank] = await Promise.all(
      ['alice', 'bob', 'dan', 'erin', 'frank'].map(as),
    );
    const { id: userId } = await alice!.auth.me();
    const captions = async (ciel: typeof alice) =>
      (await ciel!.stories.byUser({ userId })).items.map(({ visibility }) => visibility);
    expect(await captions(bob)).toEqual(['public', 'friends', 'closeFriends']);
    expect(await captions(dan)).toEqual(['public', 'friends']);
    expect(await captions(frank)).toEqual(['public']);

    const { items: stories } = await alice!.stories.byUser({ userId });
    expect(await alice!.stories.metrics({ storyId: stories[0]!.id })).toMatchObject({
      viewCount: 3,
      reactions: [
        { emoji: '❤️', count: 2 },
        { emoji: '👏', count: 1 },
      ],
    });
    expect((await frank!.highlights.byUser({ userId })).items).toMatchObject([
      { name: 'Iceland', storyCount: 1 },
    ]);

    const post = (await frank!.posts.byHashtag({ tag: 'waterfall' })).items[0]!;
    expect(post).toMatchObject({ likeCount: 4, commentCount: 4 });
    const { items: threads } = await frank!.engagement.comments({ postId: post.id });
    expect(threads.map(({ replies, likeCount }) => [replies.length, likeCount])).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect((await alice!.posts.bookmarks()).items).toHaveLength(2);
    expect((await erin!.social.requests()).items.map(({ user }) => user.handle).sort()).toEqual([
      'dan',
      'frank',
    ]);
    const unread = async () =>
      (await alice!.notifications.list()).items.filter(({ isRead }) => !isRead).map(({ kind }) => kind);
    await expect
      .poll(unread)
      .toEqual(expect.arrayContaining(['postLiked', 'postCommented', 'storyReaction', 'mentioned']));

    const operator = async (path: string) => {
      const answer = await fetch(`${program.url}/v1/moderation/${path}`, {
        headers: { 'x-admin-token': secretOf('admin.token') },
      });
      return ((await answer.json()) as { items: unknown[] }).items;
    };
    const rule = 'No spam';
    expect(await operator('cases')).toMatchObject([{ reportCount: 1, owner: { handle: 'frank' } }]);
    expect(await operator('cases?status=resolved')).toMatchObject([
      { resolvedBy: 'zoe', rule, reportCount: 2 },
    ]);
    await expect
      .poll(async () => (await frank!.notifications.list()).items.map(({ text }) => text ?? ''))
      .toContainEqual(expect.stringContaining(rule));
  });

  test('the whole path goes from an invite to the feed of a follower', async () => {
    const { post } = await takeWholePath(program.url, secretOf('admin.token'));
    expect(post.media).toMatchObject([{ status: 'completed' }]);
    postId = post.id;
  });

  test('its keys are readable by their owner only', () => {
    const secrets = join(folder.path, 'secrets');
    const modes = readdirSync(secrets).map((name) => [name, statSync(join(secrets, name)).mode & 0o777]);
    expect(modes.sort()).toEqual([
      ['access.key', 0o600],
      ['admin.token', 0o600],
      ['refresh.key', 0o600],
    ]);
  });

  test('its log has no secret in it', async () => {
    const { ciel, password } = await demoPerson(program);
    const { accessToken, refreshToken } = (await ciel.session.get())!;
    await fetch(`${program.url}/v1/posts?token=${accessToken}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'x-admin-token': secretOf('admin.token') },
      body: JSON.stringify({ password }),
    });
    const databasePassword = readFileSync(join(folder.path, 'postgres/ciel.password'), 'utf8').trim();
    const lines = program.output().split('\n');
    const log = lines.filter((line) => line.startsWith('{')).join('\n');
    expect(log).toContain('"level":"debug"');
    const secrets = ['access.key', 'refresh.key', 'admin.token'].map(secretOf);
    for (const secret of [...secrets, databasePassword, password, accessToken, refreshToken])
      expect(log).not.toContain(secret);
  });

  test('the next start has everything still, sessions too, and makes no second demo', async () => {
    const { ciel } = await demoPerson(program);
    const before = await ciel.feed.home({ limit: 200 });
    const { handle } = await ciel.auth.me();
    const session = (await ciel.session.get())!;
    expect((await program.stop()).code).toBe(0);
    expect(postgresOn(folder.path)).toEqual([]);

    program = await startProgram('server/main.ts', environment, BANNER);
    const again = createCiel({ url: program.url });
    await again.session.set(session);
    expect((await again.auth.me()).handle).toBe(handle);
    const after = await again.feed.home({ limit: 200 });
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    expect((await fetch(`${program.url}/v1/posts/${postId}`)).status).toBe(200);
    expect(program.output()).not.toContain('"method":"PUT"');
  });
});
