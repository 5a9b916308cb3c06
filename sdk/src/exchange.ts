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
  /** The answer's JSON; throws `network` for what is none. */
  json(url: string, init: FetchInit, options: ExchangeOptions): Promise<unknown>;
  /** The answer itself, for those that go on. */
  stream(url: string, init: FetchInit, options: ExchangeOptions): Promise<FetchResponse>;
}

export interface ExchangeOptions {
  /** What is called, for the deprecations and errors. */
  calls: string[];
  signal?: Signal | undefined;
  timeoutMs?: number | undefined;
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
  onDeprecation?: ((deprecation: Deprecation) => void) | undefined;
}

export function createExchange({ fetch, headers, onDeprecation }: Options): Exchange {
  const told = new Set<string>();

  async function send(url: string, init: FetchInit, { calls, signal, timeoutMs = 30_000 }: ExchangeOptions) {
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
      const call = calls.join(',');
      if (signal?.aborted) throw new CielError('aborted', 'The call was aborted', { call, cause });
      if (isLate) throw new CielError('network', `No answer within ${timeoutMs} ms`, { call, cause });
      throw toCielError(cause, { call });
    };
    const response = await fetch(url, {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: controller.signal,
    }).catch(fail);
    tell(response, calls);
    return { response, inTime, end, fail };
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
    async json(url, init, options) {
      const { response, end, fail } = await send(url, init, options);
      const text = await response.text().catch(fail);
      end();
      return parsed(text, response, options);
    },
    async stream(url, init, options) {
      const { response, inTime, end, fail } = await send(url, init, options);
      if (response.ok) {
        inTime();
        return response;
      }
      const text = await response.text().catch(fail);
      end();
      return resultOf(parsed(text, response, options)) as never;
    },
  };
}

/** A proxy's page has a status, but no code. */
function parsed(text: string, { status, headers }: FetchResponse, { calls }: ExchangeOptions): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CielError('network', `The server answered ${status} without JSON`, {
      status,
      call: calls.join(','),
      retryAfterSeconds: Number(headers.get('retry-after')) || null,
      cause,
    });
  }
}

/** What one call was answered; throws its error. */
export function resultOf(answer: unknown): unknown {
  const { result, error } = answer as { result?: { data?: object }; error?: object };
  if (error) throw errorOf(decode(error) as WireError);
  if (!result) throw new CielError('network', 'The answer is not one of Ciel');
  return decode(result.data ?? {});
}
