import type { Runtime } from '../../server/bootstrap/runtime.ts';

type Member = (...args: never[]) => Promise<unknown>;

/** Where a process dies: before or after one of its calls, once there is something to do. */
interface Point {
  of(runtime: Runtime): object;
  call: string;
  when: 'before' | 'after';
}

const effects = ({ tables }: Runtime) => tables.effects;
const media = ({ tables }: Runtime) => tables.media;
const sqs = ({ sqs }: Runtime) => sqs!;

/** The way of a job from the commit of the write to the last effect, and each point on it where the process may die. */
export const POINTS = {
  written: { of: ({ database }) => database.db, call: 'transaction', when: 'after' },
  effectReceived: { of: effects, call: 'receive', when: 'after' },
  effectDone: { of: effects, call: 'ack', when: 'before' },
  effectAcknowledged: { of: effects, call: 'ack', when: 'after' },
  relayReceived: { of: media, call: 'receiveUncounted', when: 'after' },
  relaySent: { of: sqs, call: 'send', when: 'after' },
  relayAcknowledged: { of: media, call: 'ackAll', when: 'after' },
  pictureReceived: { of: sqs, call: 'receive', when: 'after' },
  pictureStored: { of: ({ app }) => app.storage, call: 'write', when: 'after' },
  pictureDone: { of: sqs, call: 'ack', when: 'before' },
} satisfies Record<string, Point>;
export type PointName = keyof typeof POINTS;

/** Callers notice nothing; the process only dies there. */
export function crashAt(runtime: Runtime, name: string): Runtime {
  const { of, call, when } = POINTS[name as PointName] as Point;
  const target = of(runtime) as Record<string, Member>;
  const original = target[call]!.bind(target);
  target[call] = async (...args: never[]) => {
    if (when === 'before') return die();
    const result = await original(...args);
    return isNothing(args) || isNothing([result]) ? result : die();
  };
  // Who is to die of a request takes no job before.
  if (name === 'written') runtime.tables.effects.receive = () => new Promise(() => {});
  return runtime;
}

const isNothing = ([first]: unknown[]) => Array.isArray(first) && first.length === 0;

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}
