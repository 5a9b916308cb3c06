import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { type CommandLine, ciel, environmentOf, jsonOf } from '../support/commandLine.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { test } from '../support/fixtures.ts';
import { openSqs } from '../support/queues.ts';
import { codeOf } from '../support/refusal.ts';
import type { World } from '../support/world.ts';

/** Every call is a process of its own, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let run: CommandLine;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
  const environment = environmentOf(world);
  run = (...args) => ciel(environment, ...args);
});
afterAll(async () => {
  await world.drain();
  await expectConsistentData(world);
});

const why = ['--rule', 'No spam', '--reason', 'Sells watches'];
const actsOn = async (subject: string) =>
  (await world.admin.moderation.audit({ subject })).items.map(({ actor, action }) => `${actor}: ${action}`);

test('an invite lets this many users in', async () => {
  const made = await jsonOf<{ code: string; expiresAt: string }>(
    run('invite', '--uses', '2', '--json', '--as', 'zoe'),
  );
  expect(await world.anonymous.invites.validate({ code: made.code })).toEqual({ isValid: true });
  expect(new Date(made.expiresAt).getTime() / 86_400_000).toBeCloseTo(Date.now() / 86_400_000 + 30, 1);
  expect(await actsOn(made.code)).toEqual(['zoe: invite.create']);
  const { stdout } = await run('invite');
  expect(stdout).toMatch(/^[A-Z2-9]{12}\nvalid for one person until /);
});

test('a person is verified by handle, by old handle and by id, and twice is once', async () => {
  const alice = await world.person('alice');
  await world.as(alice).users.updateMe({ handle: 'alice_new' });
  for (const name of ['alice_new', '@ALICE', alice.id])
    expect(await run('verify', name, '--as', 'zoe')).toMatchObject({
      code: 0,
      stdout: `${alice.id} is Verified\n`,
    });
  expect(await jsonOf(run('person', 'alice', '--json'))).toMatchObject({
    userId: alice.id,
    handle: 'alice_new',
    level: 3,
  });
  expect(await run('unverify', 'alice')).toMatchObject({ code: 0 });
  expect((await actsOn(alice.id)).map((act) => act.split(': ')[1])).toEqual(['user.unverify', 'user.verify']);
  expect((await actsOn(alice.id)).at(-1)).toBe('zoe: user.verify');
});

test('somebody is warned, banned and unbanned', async () => {
  const bob = await world.person('bob');
  expect(await run('warn', 'bob', ...why)).toMatchObject({ code: 0 });
  expect(await run('ban', 'bob', ...why, '--hours', '5', '--yes')).toMatchObject({ code: 0 });
  expect(await codeOf(world.anonymous.users.get({ userId: bob.id }))).toBe('not_found');
  for (const _ of ['once', 'twice'])
    expect(await run('unban', 'bob', '--reason', 'It was somebody else')).toMatchObject({ code: 0 });
  expect(await codeOf(world.anonymous.users.get({ userId: bob.id }))).toBe('ok');
});

test('a post, a comment and a story are taken down and restored', async () => {
  const carol = await world.person('carol');
  const { id: postId } = await world.post(carol);
  const { id: commentId } = await world.as(carol).engagement.comment({ postId, body: 'Snow' });
  const mediaId = await world.upload(carol);
  const { id: storyId } = await world.as(carol).stories.create({ mediaId, visibility: 'public' });
  await world.drain();
  const things = { post: postId, comment: commentId, story: storyId };
  for (const [kind, id] of Object.entries(things)) {
    expect(await run('takedown', kind, id, ...why, '--yes')).toMatchObject({ code: 0 });
    expect(await run('restore', kind, id, '--reason', 'A statue')).toMatchObject({ code: 0 });
    expect((await actsOn(id)).map((act) => act.split(': ')[1])).toEqual([
      `${kind}.restore`,
      `${kind}.takedown`,
    ]);
  }
});

test('a photograph of a post and the profile of a user are taken down and restored', async () => {
  const ines = await world.person('ines');
  await world.as(ines).users.updateMe({ displayName: 'Buy Watches', bio: 'Cheap' });
  const { id: postId, media } = await world.post(ines);
  const photo = ['--photos', media[0]!.id, '--everywhere'];
  expect(await run('takedown', 'post', postId, ...photo, ...why, '--yes')).toMatchObject({ code: 0 });
  expect(await run('takedown', 'user', 'ines', '--fields', 'displayName,bio', ...why, '--yes')).toMatchObject(
    {
      code: 0,
    },
  );
  const { items } = await world.as(ines).moderation.myActions({});
  expect(items.map(({ mediaIds, everywhere, fields }) => ({ mediaIds, everywhere, fields }))).toEqual([
    { mediaIds: [], everywhere: false, fields: ['displayName', 'bio'] },
    { mediaIds: [media[0]!.id], everywhere: true, fields: [] },
  ]);
  const profile = () => world.anonymous.users.get({ userId: ines.id });
  expect(await profile()).toMatchObject({ displayName: 'ines', bio: '' });
  expect(await run('restore', 'user', 'ines', '--reason', 'An honest shop')).toMatchObject({ code: 0 });
  expect(await profile()).toMatchObject({ displayName: 'Buy Watches', bio: 'Cheap' });
  expect(await run('restore', 'post', postId, '--reason', 'A statue')).toMatchObject({ code: 0 });
});

test('an appeal is listed and decided, by somebody else than who acted', async () => {
  const hugo = await world.person('hugo');
  await run('warn', 'hugo', ...why, '--as', 'zoe');
  const [action] = (await world.as(hugo).moderation.myActions({})).items;
  const { id } = await world.as(hugo).moderation.appeal({ actionId: action!.id, text: 'They are my own' });
  expect((await run('appeals')).stdout).toMatch(
    new RegExp(`^${id} +hugo +warn by zoe +No spam +They are my own$`, 'm'),
  );
  const decide = ['decide', id, '--outcome', 'overturn', '--reason', 'They are', '--as'];
  expect(await run(...decide, 'zoe')).toMatchObject({
    code: 1,
    stderr: 'Another operator must decide this\n',
  });
  expect(await run(...decide, 'yan')).toMatchObject({ code: 0, stdout: `appeal ${id} is overturned\n` });
});

test('cases are listed, shown and resolved, once', async () => {
  const { dora, erik } = await world.people('dora', 'erik');
  const { id: postId } = await world.post(dora, { caption: 'Watches,\ncheap' });
  await world.as(erik).moderation.flagPost({ postId, category: 'spam', reason: 'Sells watches' });
  const { items } = await jsonOf<{ items: { id: string; subjectId: string }[] }>(run('cases', '--json'));
  const { id } = items.find(({ subjectId }) => subjectId === postId)!;
  expect((await run('cases')).stdout).toContain(`${id}  1         1        post     ${postId}  dora`);
  const { stdout } = await run('case', id);
  expect(stdout).toMatch(/spam {2}erik {2}Sells watches {2}Watches, cheap$/m);
  const decide = ['resolve', id, '--action', 'takedown', ...why, '--yes', '--as', 'zoe'];
  expect(await run(...decide)).toMatchObject({ code: 0, stdout: `case ${id} is resolved: takedown\n` });
  expect(await run(...decide)).toMatchObject({ code: 1, stderr: 'This has already been resolved\n' });
  expect(await codeOf(world.anonymous.posts.get({ postId }))).toBe('not_found');
  const { stdout: acts } = await run('audit', '--actor', 'zoe', '--action', 'case.resolve');
  expect(acts).toContain(postId);
});

test('an upload is inspected, and its dead job replayed', async () => {
  const frank = await world.person('frank');
  const id = await world.upload(frank);
  await world.database.sql`
    update jobs set dead_at = now(), receive_count = 5, last_error = 'the store is away' where body ->> 'mediaId' = ${id}`;
  const [job] = await world.database.sql<{ id: string }[]>`select id from jobs where dead_at is not null`;
  expect((await run('upload', id)).stdout).toContain(`dead: npm run -s ciel -- replay ${job!.id}`);
  expect((await run('dead')).stdout).toMatch(
    new RegExp(`^${job!.id} +media.process +5 attempts .* the store is away$`, 'm'),
  );
  expect((await run('replay', job!.id)).stdout).toBe('1 jobs will be retried\n');
  expect((await run('dead')).stdout).toBe('no dead jobs\n');
  await world.drain();
  expect(await world.as(frank).media.get({ mediaId: id })).toMatchObject({ status: 'completed' });
});

test('the dead letters of a queue beside the database are replayed too', async () => {
  const sqs = await openSqs();
  const mediaId = randomUUID();
  sqs.double.sendRaw(`${sqs.name}-dead`, JSON.stringify({ kind: 'media.process', mediaId }));
  const environment = {
    ...environmentOf(world),
    QUEUE_ENDPOINT: sqs.double.endpoint,
    QUEUE_NAME: sqs.name,
    SQS_ACCESS_KEY: 'test',
    SQS_SECRET_KEY: 'test',
  };
  expect((await ciel(environment, 'doctor')).stdout).toMatch(
    /^warning +queue +0 ready, 0 in flight, 1 dead$/m,
  );
  expect((await ciel(environment, 'replay', '--all')).stdout).toBe('1 jobs will be retried\n');
  expect(await sqs.queue.depth()).toEqual({ ready: 0, inFlight: 0, dead: 0 });
  const [ready] = await world.database
    .sql`select kind, receive_count from jobs where body ->> 'mediaId' = ${mediaId}`;
  expect(ready).toEqual({ kind: 'media.process', receive_count: 0 });
  expect((await actsOn(sqs.name)).map((act) => act.split(': ')[1])).toEqual(['job.replay']);
  await sqs.close();
});

test('an account is exported to a file for its owner alone, and then deleted', async () => {
  const grace = await world.person('grace');
  await world.post(grace, { caption: 'Of grace' });
  const file = join(world.folder, 'grace.ndjson');
  expect(await run('export', 'grace', file)).toMatchObject({ code: 0 });
  const entries = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries.filter(({ section }) => section === 'posts')).toMatchObject([
    { data: { caption: 'Of grace' } },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await run('export', 'grace', file)).toMatchObject({ code: 1, stderr: `${file} already exists\n` });
  for (const _ of ['once', 'twice'])
    expect(await run('delete', 'grace', '--reason', 'Asked for it', '--yes')).toMatchObject({ code: 0 });
  expect(await codeOf(world.anonymous.users.get({ userId: grace.id }))).toBe('not_found');
  expect(await run('export', 'grace', join(world.folder, 'none/grace'))).toMatchObject({
    code: 1,
    stderr: `Cannot write ${join(world.folder, 'none/grace')}: ENOENT\n`,
  });
  const other = join(world.folder, 'again.ndjson');
  expect(await run('export', 'grace', other)).toMatchObject({ code: 1, stderr: 'Not found\n' });
  expect([other, `${other}.unfinished`].filter(existsSync)).toEqual([]);
  expect((await actsOn(grace.id)).map((act) => act.split(': ')[1])).toEqual(['user.delete', 'user.export']);
});
