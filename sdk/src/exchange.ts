import { CielError, errorOf, toCielError, type WireError } from './errors.ts';
import {
  abortReason,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  platform,
  type Signal,
} from './platform.ts';
import { decode } from './wire.ts';

/** One request and its answer, with nothing of sessions or repetition. */
export interface Exchange {
  /** An answer of JSON; throws `network` for what is none. */
  json(url: string, init?: FetchInit): Promise<JsonAnswer>;
  /** The answer itself, for those that go on. */
  stream(url: string, init: FetchInit): Promise<FetchResponse>;
}

export interface JsonAnswer {
  readonly ok: boolean;
  json(): Promise<unknown>;
}

/** Something that the server will stop answering. */
export interface Deprecation {
  /** What was called. */
  calls: string[];
  /** Since when it is deprecated. */
  since: Date | null;
  /** From when on it may be gone; null when nobody has decided. */
  sunset: Date | null;
  /** Where to read on. */
  link: string | null;
}

interface Options {
  fetch: Fetch;
  headers: Record<string, string>;
  timeoutMs?: number | undefined;
  onDeprecation?: ((deprecation: Deprecation) => void) | undefined;
}

export function createExchange({ fetch, headers, timeoutMs = 30_000, onDeprecation }: Options): Exchange {
  const told = new Set<string>();

  async function send(url: string, init: FetchInit) {
    const calls = callsOf(url);
    const call = calls.join();
    const signal = (init.signal ?? undefined) as Signal | undefined;
    const controller = new platform.AbortController();
    const stop = () => controller.abort(abortReason(signal));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    let isLate = false;
    const timer = platform.setTimeout(() => {
      isLate = true;
      controller.abort();
    }, timeoutMs);
    const inTime = () => platform.clearTimeout(timer);
    const end = () => {
      inTime();
      signal?.removeEventListener('abort', stop);
    };
    const fail = (cause: unknown): never => {
      end();
      throw isLate
        ? new CielError('network', `No answer within ${timeoutMs} ms`, { call, cause })
        : toCielError(cause, { call });
    };
    const response = await fetch(url, {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: controller.signal,
    }).catch(fail);
    tell(response, calls);
    const text = () => response.text().catch(fail).finally(end);
    return { response, inTime, text };
  }

  function tell({ headers }: FetchResponse, calls: string[]): void {
    const since = headers.get('deprecation');
    const key = calls.join();
    if (since === null || !onDeprecation || told.has(key)) return;
    told.add(key);
    const sunset = headers.get('sunset');
    onDeprecation({
      calls,
      since: /^@\d+$/.test(since) ? new Date(Number(since.slice(1)) * 1000) : null,
      sunset: sunset === null ? null : new Date(sunset),
      link: /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? null,
    });
  }

  return {
    async json(url, init = {}) {
      const { response, text } = await send(url, init);
      return { ok: response.ok, json: async () => answerOf(await text(), url, response) };
    },
    async stream(url, init) {
      const { response, inTime, text } = await send(url, init);
      inTime();
      if (response.ok) return response;
      const { error } = answerOf(await text(), url, response) as { error: object };
      throw errorOf(decode(error) as WireError);
    },
  };
}

/** The procedures that a URL of tRPC names. */
const callsOf = (url: string) => /\/trpc\/([^?]*)/.exec(url)?.[1]?.split(',') ?? [];

/** A proxy's page, or what answers at an address that is not Ciel's, has a status, but no code. */
function answerOf(text: string, url: string, { status, headers }: FetchResponse): unknown {
  let cause: unknown;
  try {
    const answer: unknown = JSON.parse(text);
    if (
      [answer].flat().every((part) => part && ('result' in (part as object) || 'error' in (part as object)))
    )
      return answer;
  } catch (reason) {
    cause = reason;
  }
  const address = url.replace(/\/trpc\/.*/, '');
  throw new CielError(
    'network',
    `Something else than Ciel answered (${status}): is its address ${address}?`,
    {
      status,
      retryAfterSeconds: Number(headers.get('retry-after')) || null,
      cause,
    },
  );
}
