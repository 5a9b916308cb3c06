import { expect } from 'vitest';
import { expectConsistentData } from '../../support/consistentData.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { testWith } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { startProgram } from '../../support/program.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf } from '../../support/refusal.ts';
import { GENEROUS, SECRETS } from '../../support/visit.ts';
import type { World } from '../../support/world.ts';

/** Clients at once over two processes, and for how long, while a third process that runs the jobs is killed repeatedly. */
const CLIENTS = 32;
const SECONDS = Number(process.env.STORM_SECONDS ?? 4);
const random = seededRandom(20261124);

let world: World;
let peer: World;
let people: Extra[];
const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(async ({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  people = await crowd(world, 16, 'storm');
});

const made = { posts: [] as string[], comments: [] as [string, string][], stories: [] as string[] };
const pick = <T>(of: T[]): T | undefined => of[Math.floor(random() * of.length)];
const NOTHING = '01993a4e-0000-7000-8000-000000000000';
const somePost = () => pick(made.posts) ?? NOTHING;
const someStory = () => pick(made.stories) ?? NOTHING;
const someComment = () => {
  const [postId, commentId] = pick(made.comments) ?? [NOTHING, NOTHING];
  return { postId, commentId };
};
const someone = () => pick(people)!;
const verdict = { rule: 'No spam', reason: 'Sells watches' };

type Act = (world: World, person: Extra) => Promise<unknown>;

const acts: Act[] = [
  async (world, person) => {
    const mediaIds = await insertMedia(world, person, 1);
    const caption = `A storm #storm @${someone().handle}`;
    made.posts.push((await world.as(person).posts.create({ mediaIds, caption, visibility: 'public' })).id);
  },
  async (world, person) => {
    const [mediaId] = (await insertMedia(world, person, 1)) as [string];
    made.stories.push((await world.as(person).stories.create({ mediaId, visibility: 'public' })).id);
  },
  (world, person) => world.as(person).engagement.like({ postId: somePost() }),
  (world, person) => world.as(person).engagement.like({ postId: somePost() }),
  (world, person) => world.as(person).engagement.unlike({ postId: somePost() }),
  async (world, person) => {
    const postId = somePost();
    const { id } = await world.as(person).engagement.comment({ postId, body: `Look @${someone().handle}` });
    made.comments.push([postId, id]);
  },
  async (world, person) => {
    const { postId, commentId: parentId } = someComment();
    const { id } = await world.as(person).engagement.comment({ postId, parentId, body: 'Yes' });
    made.comments.push([postId, id]);
  },
  (world, person) => world.as(person).engagement.likeComment(someComment()),
  (world, person) => world.as(person).engagement.unlikeComment(someComment()),
  (world, person) => world.as(person).engagement.deleteComment(someComment()),
  (world, person) => world.as(person).posts.bookmark({ postId: somePost() }),
  (world, person) => world.as(person).posts.edit({ postId: somePost(), caption: '#other' }),
  (world, person) => world.as(person).posts.delete({ postId: somePost() }),
  (world, person) => world.as(person).stories.seen({ storyId: someStory() }),
  (world, person) => world.as(person).stories.react({ storyId: someStory(), emoji: '👏' }),
  (world, person) => world.as(person).stories.unreact({ storyId: someStory() }),
  (world, person) => world.as(person).highlights.add({ storyId: someStory(), highlightName: 'Storms' }),
  (world, person) => world.as(person).stories.delete({ storyId: someStory() }),
  (world, person) => world.as(person).social.follow({ userId: someone().id }),
  (world, person) => world.as(person).social.follow({ userId: someone().id }),
  (world, person) => world.as(person).social.unfollow({ userId: someone().id }),
  (world, person) => world.as(person).social.block({ userId: someone().id }),
  (world, person) => world.as(person).social.unblock({ userId: someone().id }),
  (world, person) => world.as(person).users.updateMe({ isPrivate: random() < 0.2 }),
  (world, person) => world.as(person).moderation.flagPost({ postId: somePost(), category: 'spam' }),
  (world) => world.admin.moderation.takedownPost({ postId: somePost(), ...verdict }),
  (world) => world.admin.moderation.restorePost({ postId: somePost(), reason: 'Wrong post' }),
  (world) => world.admin.moderation.takedownComment({ commentId: someComment().commentId, ...verdict }),
  (world, person) => world.as(person).feed.home({ limit: 10 }),
  (world, person) => world.as(person).notifications.list({}),
];

async function live(on: World, end: AbortSignal): Promise<string[]> {
  const codes: string[] = [];
  while (!end.aborted) codes.push(await codeOf(pick(acts)!(on, someone()) as Promise<unknown>));
  return codes;
}

/** A process with all workers, killed in the middle of its work and started again; twice, however slow the machine is. */
async function killWorkers(until: number): Promise<void> {
  for (let kills = 0; kills < 2 || Date.now() < until; kills += 1) {
    const program = await startProgram('server/main.ts', {
      ...SECRETS,
      ...GENEROUS,
      APP_MODE: 'combined',
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.folder,
    });
    await new Promise((resolve) => setTimeout(resolve, 300 + random() * 1200));
    program.kill('SIGKILL');
    await program.ended;
  }
}

test('32 clients and workers that are killed leave sound data, and nobody met a fault of ours', {
  // What is left to be done when it is over takes longer than itself.
  timeout: 100_000 + SECONDS * 10_000,
}, async () => {
  const storm = new AbortController();
  const clients = Array.from({ length: CLIENTS }, (_, index) => live(index % 2 ? world : peer, storm.signal));
  await killWorkers(Date.now() + SECONDS * 1000).finally(() => storm.abort());
  const codes = await Promise.all(clients);
  const met = new Set(codes.flat());
  expect(met).toContain('ok');
  for (const code of ['internal', 'overloaded']) expect(met).not.toContain(code);
  // What the killed held comes back when its time is up; nobody waits for that here.
  await world.database.sql`update jobs set visible_at = now(), receipt = null where dead_at is null`;
  await world.drain();
  await expectConsistentData(world);
});
