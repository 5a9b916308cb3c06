import { Redis, ReplyError } from 'ioredis';
import type { Log } from '../log/log.ts';

const PREFIX = 'ciel:';
/** Pause after a command without a response before Redis is tried again. */
const RETRY_AFTER_MS = 1000;

/** Redis can't be reached, or was not tried because it could not be reached a moment ago. */
export class RedisUnavailable extends Error {
  override name = 'RedisUnavailable';
}

/** One connection shared by cache and limiter, which do not close it. */
export interface RedisConnection {
  client: Redis;
  /**
   * Runs a command. After one without a response, all others are refused at once, except for one a second that tries again: so a
   * Redis that never responds costs one caller 200 ms a second. Throws RedisUnavailable, or ReplyError when Redis returns an error.
   */
  run<T>(command: (client: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects in the background, and reconnects whenever the connection is lost; never throws. */
export function connectRedis(url: string, log: Log, commandTimeoutMs = 200): RedisConnection {
  const client = new Redis(url, {
    keyPrefix: PREFIX,
    // Commands in flight fail with their connection: with 1, they would wait for their timeout on the next one.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 300,
    // Drops a connection that is silently dead, so that a new one is opened.
    socketTimeout: 1000,
    // After a failover the old primary refuses writes.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    retryStrategy: (times) => Math.min(1000, times * 50) * (0.5 + Math.random() / 2),
  });
  let isUnavailable = false;
  let retryAt = 0;

  function markUnavailable(ms: number, err: unknown) {
    retryAt = performance.now() + ms;
    if (!isUnavailable) log.warn({ err }, 'Redis is unavailable');
    isUnavailable = true;
  }

  function markAvailable() {
    retryAt = 0;
    if (isUnavailable) log.info({}, 'Redis is available again');
    isUnavailable = false;
  }

  async function run<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    if (isUnavailable && performance.now() < retryAt)
      throw new RedisUnavailable('Redis did not respond a moment ago');
    if (isUnavailable) retryAt = performance.now() + RETRY_AFTER_MS;
    try {
      const answer = await command(client);
      markAvailable();
      return answer;
    } catch (error) {
      if (error instanceof ReplyError) {
        markAvailable();
        throw error;
      }
      markUnavailable(RETRY_AFTER_MS, error);
      throw new RedisUnavailable('Redis does not respond', { cause: error });
    }
  }

  client.on('error', (error: Error) => markUnavailable(RETRY_AFTER_MS, error));
  client.on('ready', () => {
    retryAt = 0;
  });
  return {
    client,
    run,
    async close() {
      client.disconnect();
    },
  };
}
