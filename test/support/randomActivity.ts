import { createTableQueue } from '../../server/infra/queue/table.ts';
import { runJob } from '../../server/jobs/index.ts';
import { createConsumers } from './consumers.ts';
import type { Extra } from './crowd.ts';
import { patiently } from './feeds.ts';
import { finishMedium, insertMedia } from './mediaRows.ts';
import { codeOf } from './refusal.ts';
import type { World } from './world.ts';

type Act = (world: World, person: Extra) => Promise<unknown>;

/** People who post, follow, block and hide at random, by a seed; what they do is done on the world they are given. */
export function createActivity(home: World, people: Extra[], random: () => number) {
  const posts = new Map<string, string[]>();
  const waiting: string[] = [];

  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!;
  const visibility = () => (random() < 0.5 ? ('public' as const) : ('followers' as const));
  /** The first of the people are met more often, so that some become widely followed. */
  const other = (person: Extra) => {
    const rest = people.filter(({ id }) => id !== person.id);
    return { userId: rest[Math.floor(random() ** 2 * rest.length)]!.id };
  };
  const ownPost = (person: Extra) => ({ postId: pick(posts.get(person.id) ?? []) ?? person.id });

  async function create(world: World, person: Extra, status: 'completed' | 'processing') {
    const [mediaId] = (await insertMedia(world, person, 1, status)) as [string];
    const { id } = await world.as(person).posts.create({ mediaIds: [mediaId], visibility: visibility() });
    posts.set(person.id, [...(posts.get(person.id) ?? []), id]);
    if (status === 'processing') waiting.push(mediaId);
  }

  /** Some photographs take long enough for their post to be published among much older ones. */
  async function finishOne(world: World) {
    const [found] = waiting.splice(Math.floor(random() * waiting.length), 1);
    if (found) await patiently(() => finishMedium(world, found));
  }

  async function acceptAll(world: World, person: Extra) {
    const { items } = await world.as(person).social.requests({});
    for (const { user } of items) await world.as(person).social.acceptRequest({ userId: user.id });
  }

  const acts: [weight: number, act: Act][] = [
    [24, (world, person) => create(world, person, 'completed')],
    [8, (world, person) => create(world, person, 'processing')],
    [8, finishOne],
    [6, (world, person) => world.as(person).posts.delete(ownPost(person))],
    [4, (world, person) => world.as(person).posts.edit({ ...ownPost(person), visibility: visibility() })],
    [20, (world, person) => world.as(person).social.follow(other(person))],
    [9, (world, person) => world.as(person).social.unfollow(other(person))],
    [2, (world, person) => world.as(person).social.removeFollower(other(person))],
    [3, (world, person) => world.as(person).social.block(other(person))],
    [5, (world, person) => world.as(person).social.unblock(other(person))],
    [3, (world, person) => world.as(person).social.mute(other(person))],
    [3, (world, person) => world.as(person).social.unmute(other(person))],
    [3, (world, person) => world.as(person).users.updateMe({ isPrivate: random() < 0.3 })],
    [5, acceptAll],
    [6, (world, person) => world.as(person).feed.home({ limit: 5 })],
    [1, takeDown],
  ];
  const drawn = acts.flatMap(([weight, act]) => Array<Act>(weight).fill(act));

  /** Runs this many interactions one after another; returns the codes of those that failed. */
  async function live(world: World, count: number): Promise<string[]> {
    const codes: string[] = [];
    for (let n = 0; n < count; n++)
      codes.push(await codeOf(Promise.resolve(pick(drawn)(world, pick(people)))));
    return codes.filter((code) => !['ok', 'not_found'].includes(code));
  }

  async function takeDown() {
    const postId = pick([...posts.values()].flat()) ?? null;
    if (postId === null) return;
    const { takedownPost, restorePost } = home.admin.moderation;
    if (random() < 0.5) await takedownPost({ postId, rule: 'Be kind', reason: 'Was not' });
    else await restorePost({ postId, reason: 'Was a mistake' });
  }

  return { live };
}

/** Workers of both processes, doing jobs while others write; a job that fails is tried again at once. */
export function startWorkers(...worlds: World[]) {
  const consumers = createConsumers();
  for (const { app } of worlds) {
    const queue = createTableQueue({ db: app.db, queue: 'effects', maxReceives: 50 });
    consumers.start(queue, (delivery, signal) => runJob(app, delivery.body, signal), { concurrency: 2 });
  }
  return consumers;
}

/** Waits for all jobs but those that remove a place once its signed URLs have ended; throws when one is dead. */
export async function untilJobsDone({ database: { sql } }: World): Promise<void> {
  for (;;) {
    const [jobs] = await sql<{ left: number; dead: number }[]>`
      select count(*)::int as left, count(dead_at)::int as dead from jobs
      where kind <> 'media.removeObjects' or visible_at < now() + interval '1 minute'`;
    if (jobs!.dead > 0) throw new Error('a job is dead');
    if (jobs!.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
