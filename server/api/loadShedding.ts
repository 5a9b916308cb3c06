import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
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

/** Turns requests away while the event loop can't keep up, so that those that were taken are done in time. */
export function shedLoad(server: FastifyInstance): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let lateInARow = 0;
  delays.enable();
  const sampling = setInterval(() => {
    // Without any sample the loop stood still all the time.
    const delayMs = delays.count ? delays.mean / 1e6 - RESOLUTION_MS : Number.POSITIVE_INFINITY;
    lateInARow = delayMs > LATE_MS ? lateInARow + 1 : 0;
    delays.reset();
  }, SAMPLE_MS).unref();

  server.addHook('onRequest', (request, _reply, done) => {
    const isShed = lateInARow >= LATE_SAMPLES && !request.routeOptions.config.isProbe;
    done(isShed ? new CielError('overloaded', { retryAfterSeconds: 1 }) : undefined);
  });
  server.addHook('onClose', async () => {
    clearInterval(sampling);
    delays.disable();
  });
}
