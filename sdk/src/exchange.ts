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

/** Sends one request; knows nothing about sessions or retries. */
export interface Exchange {
  /** For JSON responses; throws `network` for anything else. */
  json(url: string, init?: FetchInit): Promise<JsonResponse>;
  /** The response itself, for bodies that are streamed. */
  stream(url: string, init: FetchInit): Promise<FetchResponse>;
}

export interface JsonResponse {
  readonly ok: boolean;
  json(): Promise<unknown>;
}

/** A call that the server will stop supporting. */
export interface Deprecation {
  /** The procedures of the request, such as `['posts.create']`. */
  calls: string[];
  /** When it was deprecated; null when the server doesn't say. */
  since: Date | null;
  /** When it may be removed; null when that isn't decided. */
  sunset: Date | null;
  /** Where to read more. */
  link: string | null;
}

interface Options {
  fetch: Fetch;
  headers: Record<string, string>;
  timeoutMs?: number | undefined;
  onDeprecation?: ((deprecation: Deprecation) => void) | undefined;
}

export function createExchange({ fetch, headers, timeoutMs = 30_000, onDeprecation }: Options): Exchange {
  const reported = new Set<string>();

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
        ? new CielError('network', `No response within ${timeoutMs} ms`, { call, cause })
        : toCielError(cause, { call });
    };
    const response = await fetch(url, {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: controller.signal,
    }).catch(fail);
    reportDeprecation(response, calls);
    const text = () => response.text().catch(fail).finally(end);
    return { response, inTime, text };
  }

  function reportDeprecation({ headers }: FetchResponse, calls: string[]): void {
    const since = headers.get('deprecation');
    const key = calls.join();
    if (since === null || !onDeprecation || reported.has(key)) return;
    reported.add(key);
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
      return { ok: response.ok, json: async () => bodyOf(await text(), url, response) };
    },
    async stream(url, init) {
      const { response, inTime, text } = await send(url, init);
      inTime();
      if (response.ok) return response;
      const { error } = bodyOf(await text(), url, response) as { error: object };
      throw errorOf(decode(error) as WireError);
    },
  };
}

/** The procedures in a tRPC URL. */
const callsOf = (url: string) => /\/trpc\/([^?]*)/.exec(url)?.[1]?.split(',') ?? [];

/** The error page of a proxy, or the response of another server at a mistyped address, has a status but no code. */
function bodyOf(text: string, url: string, { status, headers }: FetchResponse): unknown {
  let cause: unknown;
  try {
    const body: unknown = JSON.parse(text);
    if ([body].flat().every((part) => part && ('result' in (part as object) || 'error' in (part as object))))
      return body;
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
