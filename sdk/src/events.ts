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
 * A live event for the signed-in user: `post` (a new one in the feed), `notification`, `unreadCount` or `gap`. A `gap` means that
 * events were missed and can no longer be sent: reload your lists.
 */
export type CielEvent = Exclude<FeedEvent, { type: 'alive' }>;

export interface EventsOptions {
  /** Ends the iteration. */
  signal?: Signal;
  /** Resumes after this event, for example one from an earlier run. Opens its own stream instead of sharing one with other tabs. */
  lastEventId?: string;
  /** Called with the id of each event, for `lastEventId`. */
  onEventId?: (id: string) => void;
}

/** Iterates over live events until the signal or `break` ends it; throws when the session is lost. */
export type Events = (options?: EventsOptions) => AsyncGenerator<CielEvent, void, undefined>;

/** The server sends something every 15 seconds; after three intervals of silence the connection is dead. */
const SILENCE_MS = 45_000;
const MAX_PAUSE_MS = 30_000;
/** How many times in a row a token that was just renewed may be refused. */
const MAX_REFUSED = 3;
const TRANSIENT = ['network', 'aborted'];

/** One message of the stream; `id` is empty when it has none. */
export interface StreamMessage {
  id: string;
  sent: FeedEvent;
}

export type Stream = (
  signal: Signal | undefined,
  after: string | undefined,
) => AsyncGenerator<StreamMessage, void, undefined>;

/** All tabs that share a session also share one stream. */
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
      if (error && !(await canResume(error, token, failures))) throw error;
      const pause = waitAfter(error ?? new CielError('network'), failures);
      await sleep(Math.min(MAX_PAUSE_MS, pause), signal).catch(() => {});
    }

    /** An expired token is renewed; any other refusal would only repeat itself. */
    async function canResume({ code, status }: CielError, token: string | null, failures: number) {
      if (code !== 'unauthenticated') return TRANSIENT.includes(code) || status === 429 || status >= 500;
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
