import { setTimeout as pause } from 'node:timers/promises';
import type { App, Secrets } from '../../core/app.ts';
import { CielError } from '../../core/errors.ts';
import type { EventPosition } from './positions.ts';
import { findReady } from './queries.ts';

const LOOK_EVERY_MS = 700;
const MAX_STREAMS = 5;

export interface OpenStream {
  userId: string;
  position: EventPosition;
  /** Something has happened since the position. */
  isReady: boolean;
  wake(): void;
}

interface Hub {
  streams: Set<OpenStream>;
  isLooking: boolean;
}

/** By the secrets, because those are one object for all copies of an App. */
const hubs = new WeakMap<Secrets, Hub>();

function hubOf({ secrets }: App): Hub {
  const hub = hubs.get(secrets) ?? { streams: new Set(), isLooking: false };
  hubs.set(secrets, hub);
  return hub;
}

/** Throws `rate_limited` when the person has enough of them open in this process. */
export function addStream(app: App, stream: OpenStream): void {
  const hub = hubOf(app);
  const own = [...hub.streams].filter(({ userId }) => userId === stream.userId);
  if (own.length >= MAX_STREAMS) {
    throw new CielError('rate_limited', {
      detail: `No more than ${MAX_STREAMS} streams at once`,
      retryAfterSeconds: 30,
    });
  }
  hub.streams.add(stream);
  if (!hub.isLooking) void look(app, hub);
}

export const removeStream = (app: App, stream: OpenStream): boolean => hubOf(app).streams.delete(stream);

/** One query for all streams of the process, for as long as there is one. */
async function look(app: App, hub: Hub): Promise<void> {
  hub.isLooking = true;
  for (;;) {
    await pause(LOOK_EVERY_MS, undefined, { ref: false });
    const open = [...hub.streams];
    if (open.length === 0) break;
    const asked = open.map(({ userId, position }, key) => ({ key, userId, position }));
    try {
      for (const key of await findReady(app.db, asked)) {
        open[key]!.isReady = true;
        open[key]!.wake();
      }
    } catch (error) {
      app.log.warn({ err: error }, 'events could not be looked for');
    }
  }
  hub.isLooking = false;
}
