import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CielError } from '../core/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered even under load: who looks at it must not take a busy process for a dead one. */
    isProbe?: boolean;
  }
}

const RESOLUTION_MS = 10;
const SAMPLE_MS = 500;
const LATE_MS = 1000;
/** One late sample is a pause, by the garbage collector or a busy machine; several in a row are too much work. */
const LATE_SAMPLES = 3;

/** So many may always be under way: about what one page of everybody's would be at the start, before it is known how fast they are done. */
const REQUESTS_AT_ONCE = 256;

/**
 * Turns away at once what is more than can be done in time, so that what was taken is: no more are under way than were answered in
 * the second before, since what waits behind so many takes a second more (Little's law).
 */
export function shedLoad(server: FastifyInstance, atOnce = REQUESTS_AT_ONCE): void {
  const isLate = watchEventLoop(server);
  const answered = countBySecond(server);
  const underWay = new Set<FastifyRequest>();
  const refusalOf = ({ routeOptions }: FastifyRequest) => {
    const isShed = isLate() || underWay.size >= Math.max(atOnce, answered.lately());
    return isShed && !routeOptions.config.isProbe
      ? new CielError('overloaded', { retryAfterSeconds: 1 })
      : undefined;
  };
  const settle = (request: FastifyRequest) => {
    if (underWay.delete(request)) answered.add();
  };

  server.addHook('onRequest', (request, _reply, done) => done(refusalOf(request)));
  // Counted from when its body is there until its answer is: neither who sends slowly takes the place of others, nor who reads slowly.
  server.addHook('preHandler', (request, _reply, done) => {
    const refusal = refusalOf(request);
    if (!refusal) underWay.add(request);
    done(refusal);
  });
  server.addHook('onSend', (request, _reply, payload, done) => {
    settle(request);
    done(null, payload);
  });
}

/** How many there were in the last whole second. */
function countBySecond(server: FastifyInstance) {
  let [now, before] = [0, 0];
  const counting = setInterval(() => {
    [before, now] = [now, 0];
  }, 1000).unref();
  server.addHook('onClose', async () => clearInterval(counting));
  return {
    add: () => {
      now += 1;
    },
    lately: () => Math.max(before, now),
  };
}

/** Whether it can't keep up. */
function watchEventLoop(server: FastifyInstance): () => boolean {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let lateInARow = 0;
  delays.enable();
  const sampling = setInterval(() => {
    // Without any sample the loop stood still all the time.
    const delayMs = delays.count ? delays.mean / 1e6 - RESOLUTION_MS : Number.POSITIVE_INFINITY;
    lateInARow = delayMs > LATE_MS ? lateInARow + 1 : 0;
    delays.reset();
  }, SAMPLE_MS).unref();

  server.addHook('onClose', async () => {
    clearInterval(sampling);
    delays.disable();
  });
  return () => lateInARow >= LATE_SAMPLES;
}
