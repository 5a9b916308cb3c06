import { setTimeout as pause } from 'node:timers/promises';
import type { App, Secrets } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import type { EventPosition } from '../positions.ts';
import { findReady } from '../queries.ts';

const LOOK_EVERY_MS = 700;
const MAX_STREAMS = 5;

export interface OpenStream {
  userId: string;
  position: EventPosition;
  /** True when something has happened since the position. */
  isReady: boolean;
  wake(): void;
}

interface Hub {
  streams: Set<OpenStream>;
  isLooking: boolean;
}

/** Keyed by the secrets, because all copies of an App share that object. */
const hubs = new WeakMap<Secrets, Hub>();

function hubOf({ secrets }: App): Hub {
  const hub = hubs.get(secrets) ?? { streams: new Set(), isLooking: false };
  hubs.set(secrets, hub);
  return hub;
}

/** Throws `rate_limited` when the user already has the maximum number of streams open in this process. */
export function addStream(app: App, stream: OpenStream): void {
  const hub = hubOf(app);
  const own = [...hub.streams].filter(({ userId }) => userId === stream.userId);
  if (own.length >= MAX_STREAMS) {
    throw new CielError('rate_limited', {
      detail: `You may have at most ${MAX_STREAMS} streams open at once`,
      retryAfterSeconds: 30,
    });
  }
  hub.streams.add(stream);
  if (!hub.isLooking) void poll(app, hub);
}

export const removeStream = (app: App, stream: OpenStream): boolean => hubOf(app).streams.delete(stream);

/** One query serves all streams of the process; it runs for as long as there are any. */
async function poll(app: App, hub: Hub): Promise<void> {
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
      app.log.warn({ err: error }, 'failed to look for new events');
    }
  }
  hub.isLooking = false;
}
