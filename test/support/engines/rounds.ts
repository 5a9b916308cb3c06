import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation, Role } from './installation.ts';

export interface Round {
  name: string;
  /** What happens depends on whether the queue keeps its messages. */
  isOfQueue?: boolean;
  begin(installation: Installation): Promise<void>;
  end(installation: Installation): Promise<void>;
}

const nothing = async () => {};

const killed = (role: Role): Round => ({
  name: `kill -9 of ${role}`,
  begin: ({ stop }) => stop(role, 'SIGKILL'),
  end: ({ start }) => start(role),
});

/** Bodies that are no job of the queue, or one of nothing. */
const POISON = [
  null,
  [],
  'text',
  { kind: 'media.removeObjects', keys: ['orig/x'] },
  { kind: 'media.process', mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' },
  { kind: 'media.process' },
];

export const rounds: Round[] = [
  { name: 'nothing', begin: nothing, end: nothing },
  killed('worker one'),
  killed('api two'),
  {
    name: 'Redis stopped',
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
  },
  {
    name: 'Redis hung',
    begin: async ({ redis }) => redis.pause(),
    end: async ({ redis }) => redis.resume(),
  },
  {
    name: 'Redis restarted',
    async begin({ redis }) {
      await redis.kill();
      await redis.start();
    },
    end: nothing,
  },
  {
    name: 'SQS stopped',
    isOfQueue: true,
    begin: ({ queue }) => queue.kill(),
    end: ({ queue }) => queue.start(),
  },
  {
    name: 'SQS hung',
    begin: async ({ queue }) => queue.pause(),
    end: async ({ queue }) => queue.resume(),
  },
  {
    name: 'SQS restarted with photographs waiting',
    isOfQueue: true,
    // Without workers, so that messages wait.
    async begin({ stop }) {
      await Promise.all([stop('worker one', 'SIGTERM'), stop('worker two', 'SIGTERM')]);
    },
    async end({ queue, start }) {
      await queue.kill();
      await queue.start();
      await Promise.all([start('worker one'), start('worker two')]);
    },
  },
  {
    name: 'S3 refuses connections',
    begin: ({ store }) => store.set({ kind: 'refused' }),
    end: ({ store }) => store.set({ kind: 'none' }),
  },
  {
    name: 'S3 hung',
    begin: ({ store }) => store.set({ kind: 'silent' }),
    async end({ store }) {
      await store.set({ kind: 'none' });
      store.cut();
    },
  },
  {
    name: 'S3 lost what was uploaded',
    async begin({ stop }) {
      await Promise.all([stop('worker one', 'SIGTERM'), stop('worker two', 'SIGTERM')]);
    },
    async end({ s3, start }) {
      const { objects } = s3.buckets.get('photographs')!;
      for (const key of [...objects.keys()]) if (key.startsWith('up/')) objects.delete(key);
      await Promise.all([start('worker one'), start('worker two')]);
    },
  },
  {
    name: 'PostgreSQL fast restart',
    begin: async ({ database }) => void process.kill(database.pid, 'SIGINT'),
    end: nothing,
  },
  {
    name: 'PostgreSQL immediate restart',
    begin: async ({ database }) => void process.kill(database.pid, 'SIGQUIT'),
    end: nothing,
  },
  {
    name: 'every message twice, and again',
    begin: nothing,
    async end({ sql, messages }) {
      const photographs = await sql<{ id: string }[]>`select id from media order by id desc limit 60`;
      for (let times = 0; times < 2; times++)
        await messages.send(photographs.map(({ id }) => ({ kind: 'media.process', mediaId: id })));
    },
  },
  {
    name: 'poison in the queue',
    begin: ({ messages }) => messages.send(POISON),
    async end({ sql }) {
      // What is dead is the operator's, and is in the way of nothing else.
      await sleep(2000);
      await sql`delete from jobs where dead_at is not null`;
    },
  },
  {
    name: 'SIGTERM in a rolling restart',
    begin: nothing,
    async end({ stop, start }) {
      for (const role of ['api one', 'worker one', 'api two', 'worker two'] as const) {
        await stop(role, 'SIGTERM');
        await start(role);
      }
    },
  },
];
