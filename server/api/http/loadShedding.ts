import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CielError } from '../../core/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Served even under load: a monitor must not take a busy process for a dead one. */
    isProbe?: boolean;
  }
}

const RESOLUTION_MS = 10;
const SAMPLE_MS = 500;
const LATE_MS = 1000;
/** One late sample is a pause of the garbage collector or of a busy machine; several in a row mean too much work. */
const LATE_SAMPLES = 3;

/**
 * Two and a half for each of the 25 connections to the database: more at once would not finish sooner, only wait for each other and
 * make each turn of the event loop longer.
 */
const AT_ONCE = 64;
/** A burst waits, for less than a second at 350 requests per second; more could not be served in time. */
const WAITING = 256;
const WAIT_MS = 2000;

export interface Load {
  atOnce: number;
  waiting: number;
}

/** Serves a burst in turn, and refuses at once what can't be served in time, so that accepted requests are. */
export function shedLoad(
  server: FastifyInstance,
  { atOnce, waiting }: Load = { atOnce: AT_ONCE, waiting: WAITING },
) {
  const isLate = watchEventLoop(server);
  const underWay = new Set<FastifyRequest>();
  const queue = new Map<FastifyRequest, () => void>();
  const isFull = () => underWay.size >= atOnce && queue.size >= waiting;
  const refusal = () => new CielError('overloaded', { retryAfterSeconds: 1 });

  server.addHook('onRequest', (request, _reply, done) => {
    const isShed = (isLate() || isFull()) && !request.routeOptions.config.isProbe;
    done(isShed ? refusal() : undefined);
  });

  // A request counts from when its body has arrived until its response is ready, so slow senders and slow readers take no place.
  server.addHook('preHandler', (request, reply, done) => {
    const begin = () => {
      underWay.add(request);
      done();
    };
    if (underWay.size < atOnce || request.routeOptions.config.isProbe) return begin();
    if (isFull()) return done(refusal());
    const leave = () => {
      queue.delete(request);
      clearTimeout(timer);
      reply.raw.off('close', giveUp);
    };
    const giveUp = () => {
      leave();
      done(refusal());
    };
    const timer = setTimeout(giveUp, WAIT_MS);
    reply.raw.once('close', giveUp);
    queue.set(request, () => {
      leave();
      begin();
    });
  });

  server.addHook('onSend', (request, _reply, payload, done) => {
    done(null, payload);
    if (underWay.delete(request)) queue.values().next().value?.();
  });
}

/** Returns a check whether the event loop can't keep up. */
function watchEventLoop(server: FastifyInstance): () => boolean {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let lateInARow = 0;
  delays.enable();
  const sampling = setInterval(() => {
    // No sample means that the loop was blocked all the time.
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
