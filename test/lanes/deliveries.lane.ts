import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { startConsumer } from '../../server/infra/queue/consumer.ts';
import { startRelay } from '../../server/infra/queue/relay.ts';
import type { SqsQueue } from '../../server/infra/queue/sqs.ts';
import { createTableQueue } from '../../server/infra/queue/table.ts';
import { runJob } from '../../server/jobs/index.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { POINTS, type PointName } from '../support/crashPoints.ts';
import { idsOf, walkFeed } from '../support/feeds.ts';
import { testWith } from '../support/fixtures.ts';
import { freePort, launch } from '../support/program.ts';
import { connectSqsTo } from '../support/queues.ts';
import { seededRandom } from '../support/random.ts';
import { type Services, startServices } from '../support/services.ts';
import { GENEROUS } from '../support/visit.ts';
import type { Person, World } from '../support/world.ts';

/** Processes that end at each point. */
const DEATHS = Number(process.env.DEATHS ?? 20);
const QUEUE_AWAY_MS = Number(process.env.QUEUE_AWAY_SECONDS ?? 60) * 1000;
const AT_ONCE = 4;
/** Posts that exist at the start. */
const OLD = 24;
const WITHIN_MS = 60_000;
const random = seededRandom(20261125);
const OVER_SQS: PointName[] = [
  'relayReceived',
  'relaySent',
  'relayAcknowledged',
  'pictureReceived',
  'pictureStored',
  'pictureDone',
];
const OF_THE_TABLE = (Object.keys(POINTS) as PointName[]).filter((point) => !OVER_SQS.includes(point));

let world: World;
let services: Services;
let sqs: SqsQueue;
let people: Person[];
const posts: string[] = [];
const old: Awaited<ReturnType<World['post']>>[] = [];
const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  services = await startServices();
  sqs = connectSqsTo(services.sqs.endpoint, 'media');
  await sqs.prepare();
  people = Object.values(await world.people('anna', 'ben', 'cleo', 'dan', 'eva', 'finn'));
  for (const reader of people)
    for (const { id } of people) if (id !== reader.id) await world.as(reader).social.follow({ userId: id });
});
afterAll(async () => {
  await sqs.close();
  await services.close();
});

test('two hundred processes killed between a write and its effects, and a queue that is unavailable for a minute, lose nothing and duplicate nothing', async () => {
  old.push(...(await Promise.all(Array.from({ length: OLD }, () => world.post(pick(people))))));
  posts.push(...old.map(({ id }) => id));
  const writing = new AbortController();
  const written = write(writing.signal);
  const survivor = survive();
  services.sqs.faults.isDown = true;
  await Promise.all([sleep(QUEUE_AWAY_MS), killAll(OF_THE_TABLE, { APP_MODE: 'api' })]);
  const unsent = await jobsLeft('media');
  expect(unsent).toBeGreaterThan(10);
  expect(services.sqs.bodies('media')).toEqual([]);
  services.sqs.faults.isDown = false;
  await killAll(OVER_SQS, { APP_MODE: 'combined', ...services.forSqs });
  writing.abort();
  await written;
  await expect.poll(allIsDone, { timeout: 120_000, interval: 500 }).toBe(true);
  await survivor.stop();
  expect(services.sqs.bodies('media-dead')).toEqual([]);
  await expectEachOnce();
  await expectConsistentData(world);
  console.log(
    `${DEATHS * Object.keys(POINTS).length} deaths, ${posts.length} posts written meanwhile, ${unsent} photographs waited for the queue`,
  );
});

const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!;

/** A user posts a photograph, mentions another in its caption, and is followed again by them. */
async function write(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const author = pick(people);
    const reader = pick(people.filter((person) => person !== author));
    const mediaId = await world.upload(author);
    const { id: postId } = await world
      .as(author)
      .posts.create({ mediaIds: [mediaId], caption: `@${reader.handle} look`, visibility: 'public' });
    await world.as(reader).social.unfollow({ userId: author.id });
    await world.as(reader).social.follow({ userId: author.id });
    posts.push(postId);
    await sleep(150);
  }
}

/** The other process, which lives on; jobs of the dead come to it when their time is up. */
function survive() {
  const common = {
    log: world.app.log,
    handle: (delivery: { body: unknown }, signal: AbortSignal) => runJob(world.app, delivery.body, signal),
  };
  const effects = createTableQueue({ db: world.database.db, queue: 'effects' });
  const media = createTableQueue({ db: world.database.db, queue: 'media' });
  const parts = [
    startRelay({ from: media, to: sqs, log: world.app.log }),
    startConsumer({ ...common, queue: effects, concurrency: 1, visibilityMs: 2000 }),
    startConsumer({ ...common, queue: sqs, concurrency: 1, visibilityMs: 2000 }),
  ];
  return {
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

async function killAll(points: PointName[], environment: Record<string, string>): Promise<void> {
  const due = Array.from({ length: DEATHS }, () => points).flat();
  const kill = async () => {
    for (let point = due.pop(); point; point = due.pop()) await die(point, environment);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, kill));
}

/** A whole program that does its work until it comes to the point. */
async function die(point: PointName, environment: Record<string, string>): Promise<void> {
  const program = await launch('test/support/crashingProgram.ts', {
    ...services.forApi,
    ...GENEROUS,
    DATABASE_URL: world.databaseUrl,
    DATA_DIR: world.folder,
    PASETO_ACCESS_KEY: world.app.secrets.accessKeys[0]!.toString('base64'),
    PASETO_REFRESH_KEY: world.app.secrets.refreshKeys[0]!.toString('base64'),
    HTTP_ADDR: `127.0.0.1:${await freePort()}`,
    LOG_LEVEL: 'silent',
    DIES_AT: point,
    ...environment,
  });
  let isTooOld = false;
  const forceKill = setTimeout(() => {
    isTooOld = true;
    program.kill('SIGKILL');
  }, WITHIN_MS);
  if (point === 'written') void like(program.url);
  const { code, stderr } = await program.ended;
  clearTimeout(forceKill);
  expect({ point, code, stderr, isTooOld }).toEqual({ point, code: null, stderr: '', isTooOld: false });
}

/** Likes posts until the program has committed a like and dies before it responds. */
async function like(url: string): Promise<void> {
  for (let isUp = false; !isUp; await sleep(50))
    isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let isDead = false; !isDead; await sleep(50)) {
    const post = pick(old);
    // A like of your own post notifies nobody.
    const { tokens } = pick(people.filter(({ id }) => id !== post.author.id));
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    const liked = fetch(`${url}/v1/posts/${post.id}/like`, { method: 'POST', headers });
    isDead = await liked.then(
      () => false,
      () => true,
    );
  }
}

const allIsDone = async () =>
  (await jobsLeft('media')) + (await jobsLeft('effects')) + services.sqs.bodies('media').length === 0;

/** Without those that remove a place once its signed URLs have ended. */
async function jobsLeft(queue: string): Promise<number> {
  const [row] = await world.database.sql<{ left: number }[]>`
    select count(*)::int as left from jobs
    where queue = ${queue} and (kind <> 'media.removeObjects' or visible_at < now() + interval '1 minute')`;
  return row!.left;
}

/** Every interaction has one notification, every photograph its variants, and every post is once in every feed. */
async function expectEachOnce(): Promise<void> {
  const { sql } = world.database;
  const [counted] = await sql`
    select (select count(*) from media where status <> 'completed')::int as unmade,
      (select count(*) from likes join posts on posts.id = post_id where user_id <> author_id)::int as likes,
      (select count(*) from notifications where kind = 'postLiked' and retracted_at is null)::int as told_likes,
      (select count(*) from posts where caption like '@%')::int as mentions,
      (select count(*) from notifications where kind = 'mentioned' and retracted_at is null)::int as told_mentions,
      (select count(*) from follows)::int as follows,
      (select count(distinct (recipient_id, actor_id)) from notifications
        where kind = 'followed' and retracted_at is null)::int as told_follows`;
  const { unmade, likes, mentions, follows } = counted!;
  expect(counted).toEqual({
    ...{ unmade: 0, likes, mentions: posts.length - OLD, follows: people.length * (people.length - 1) },
    ...{ told_likes: likes, told_mentions: mentions, told_follows: follows },
  });
  expect([unmade, likes > 0]).toEqual([0, true]);
  for (const person of people) {
    const seen = idsOf(await walkFeed(world, person, 200));
    expect(seen.toSorted()).toEqual(posts.toSorted());
  }
}
