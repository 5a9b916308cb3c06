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
 * More requests at once than this would not finish sooner: they wait for each other's connections and make each turn of
 * the event loop longer. 64 for the default of 16 connections (docs/decisions/0038-load-shedding.md).
 */
const REQUESTS_PER_CONNECTION = 4;
/** With few connections, requests that need none are still taken; with many, the event loop is the limit. */
const MAX_RUNNING = { least: 8, most: 256 };
/** A burst waits, for less than a second at 350 requests per second; more could not be served in time. */
const MAX_QUEUED = 256;
const MAX_WAIT_MS = 2000;

export interface Load {
  /** Requests that run. */
  maxRunning: number;
  /** Requests that wait until one has finished, for up to two seconds. */
  maxQueued: number;
}

/** The load for a process that opens up to this many connections to the database. */
export function loadFor(connections: number): Load {
  const maxRunning = connections * REQUESTS_PER_CONNECTION;
  return {
    maxRunning: Math.min(Math.max(maxRunning, MAX_RUNNING.least), MAX_RUNNING.most),
    maxQueued: MAX_QUEUED,
  };
}

/** Serves a burst in turn, and refuses at once what can't be served in time, so that accepted requests are. */
export function shedLoad(server: FastifyInstance, { maxRunning, maxQueued }: Load) {
  const isLate = watchEventLoop(server);
  const running = new Set<FastifyRequest>();
  const queue = new Map<FastifyRequest, () => void>();
  const isFull = () => running.size >= maxRunning && queue.size >= maxQueued;
  const refusal = () => new CielError('overloaded', { retryAfterSeconds: 1 });

  server.addHook('onRequest', (request, _reply, done) => {
    const isShed = (isLate() || isFull()) && !request.routeOptions.config.isProbe;
    done(isShed ? refusal() : undefined);
  });

  // A request counts from when its body has arrived until its response is ready, so slow senders and slow readers take no place.
  server.addHook('preHandler', (request, reply, done) => {
    const begin = () => {
      running.add(request);
      done();
    };
    if (running.size < maxRunning || request.routeOptions.config.isProbe) return begin();
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
    const timer = setTimeout(giveUp, MAX_WAIT_MS);
    reply.raw.once('close', giveUp);
    queue.set(request, () => {
      leave();
      begin();
    });
  });

  server.addHook('onSend', (request, _reply, payload, done) => {
    done(null, payload);
    if (running.delete(request)) queue.values().next().value?.();
  });
}

const watches = new WeakMap<FastifyInstance['server'], () => boolean>();

/** Returns a check whether the event loop can't keep up; the parts of one server share it. */
function watchEventLoop(server: FastifyInstance): () => boolean {
  const watch = watches.get(server.server) ?? startWatch(server);
  watches.set(server.server, watch);
  return watch;
}

function startWatch(server: FastifyInstance): () => boolean {
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
