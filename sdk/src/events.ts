import { chunksOf } from './bytes.ts';
import { CielError, errorOf, toCielError, type WireError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { platform, type Signal, sleep, type WebStream } from './platform.ts';
import { waitAfter } from './retry.ts';
import type { FeedEvent } from './router.ts';
import { messagesOf } from './serverSentEvents.ts';
import type { SessionManager } from './session.ts';
import { sharedEvents } from './sharedEvents.ts';
import { decode, encode } from './wire.ts';

/**
 * Something that happened for the one who is signed in: `post` (one in the feed), `notification`, `unreadCount`, and `gap`
 * when events were missed that can not be sent any more: read the lists anew.
 */
export type CielEvent = Exclude<FeedEvent, { type: 'alive' }>;

export interface EventsOptions {
  /** Ends the events. */
  signal?: Signal;
  /** Goes on after this event, of an earlier run for example; by a stream of its own. */
  lastEventId?: string;
  /** Called with the id of each event, to go on after it later. */
  onEventId?: (id: string) => void;
}

export type Events = (options?: EventsOptions) => AsyncGenerator<CielEvent, void, undefined>;

/** The server gives a sign every 15 seconds: after three without one the connection is dead. */
const SILENCE_MS = 45_000;
const MAX_PAUSE_MS = 30_000;
/** Times in a row that a token which was just renewed may be refused. */
const MAX_REFUSED = 3;
const PASSING = ['network', 'aborted'];

/** What one message of the stream says; an empty id has none. */
export interface Told {
  id: string;
  sent: FeedEvent;
}

export type Stream = (
  signal: Signal | undefined,
  after: string | undefined,
) => AsyncGenerator<Told, void, undefined>;

/** All tabs that keep their session in one place listen to one stream. */
export function createEvents(url: string, exchange: Exchange, session: SessionManager): Events {
  const stream = createStream(url, exchange, session);
  return async function* events({ signal, lastEventId, onEventId } = {}) {
    const group = lastEventId === undefined ? await session.group() : null;
    const all = group === null ? null : sharedEvents(`ciel.events 1 ${group} ${url}`, stream, signal);
    for await (const { id, sent } of all ?? stream(signal, lastEventId)) {
      if (id) onEventId?.(id);
      if (sent.type !== 'alive') yield sent;
    }
  };
}

const createStream = (url: string, exchange: Exchange, session: SessionManager): Stream =>
  async function* stream(signal, after) {
    for (let failures = 0; !signal?.aborted; failures += 1) {
      const connection = new platform.AbortController();
      const stop = () => connection.abort();
      signal?.addEventListener('abort', stop);
      let timer: unknown;
      const watch = () => {
        platform.clearTimeout(timer);
        timer = platform.setTimeout(stop, SILENCE_MS);
      };
      let token: string | null = null;
      let error: CielError | null = null;
      try {
        token = await session.accessToken();
        const body = await open(token, connection.signal);
        watch();
        for await (const { event, id, data } of messagesOf(chunksOf(body))) {
          watch();
          if (event === 'serialized-error') throw errorOf(decode(JSON.parse(data)) as WireError);
          if (event !== 'message') continue;
          failures = 0;
          if (id) after = id;
          yield { id, sent: decode(JSON.parse(data)) as FeedEvent };
        }
      } catch (cause) {
        error = toCielError(cause);
      } finally {
        platform.clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        connection.abort();
      }
      if (signal?.aborted) return;
      if (error && !(await canGoOn(error, token, failures))) throw error;
      const pause = waitAfter(error ?? new CielError('network'), failures);
      await sleep(Math.min(MAX_PAUSE_MS, pause), signal).catch(() => {});
    }

    /** A token that has ended is renewed; what the server refuses for another reason it refuses again. */
    async function canGoOn({ code, status }: CielError, token: string | null, failures: number) {
      if (code !== 'unauthenticated') return PASSING.includes(code) || status === 429 || status >= 500;
      if (token === null || failures > MAX_REFUSED) return false;
      return (await session.renew(token).catch(() => null)) !== null;
    }

    async function open(token: string | null, signal: Signal): Promise<WebStream> {
      const input = JSON.stringify(encode(after === undefined ? {} : { lastEventId: after }));
      const response = await exchange.stream(`${url}/feed.events?input=${encodeURIComponent(input)}`, {
        headers: {
          accept: 'text/event-stream',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        signal,
      });
      return response.body as WebStream;
    }
  };
