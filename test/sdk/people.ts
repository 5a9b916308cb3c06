import { type CielOptions, createCiel } from '../../sdk/src/index.ts';
import type { Host } from '../support/host.ts';

export const PASSWORD = 'a bench under snow';

/** A client of a user who has just registered. */
export async function signedUp(host: Host, handle: string, options: Partial<CielOptions> = {}) {
  const ciel = createCiel({ url: host.url, ...options });
  await ciel.signUp({ handle, displayName: handle, email: `${handle}@example.org`, password: PASSWORD });
  return ciel;
}

export type Trouble = (url: string, init?: RequestInit) => Promise<Response | undefined>;

/** A connection with faults: the fault responds in place of the server, or lets the request pass. */
export function troubledLine() {
  const line = {
    trouble: null as Trouble | null,
    requests: [] as { url: string; headers: Record<string, string> }[],
    fetch: (async (input, init) => {
      const url = String(input);
      line.requests.push({ url, headers: { ...(init?.headers as Record<string, string>) } });
      return (await line.trouble?.(url, init)) ?? fetch(input, init);
    }) as typeof fetch,
    /** This many times the server handles the request, but its response is lost. */
    loseAnswers(path: string, times: number) {
      let left = times;
      line.trouble = async (url, init) => {
        if (!url.includes(path) || left === 0) return undefined;
        left -= 1;
        await (await fetch(url, init)).text();
        throw new TypeError('fetch failed');
      };
    },
    /** The server refuses this many times. */
    refuse(path: string, times: number, response: () => Response) {
      let left = times;
      line.trouble = async (url) => {
        if (!url.includes(path) || left === 0) return undefined;
        left -= 1;
        return response();
      };
    },
    keysOf: (path: string) =>
      line.requests.filter(({ url }) => url.includes(path)).map(({ headers }) => headers['idempotency-key']),
  };
  return line;
}

export const refusal = (code: string, httpStatus: number, retryAfterSeconds?: number) =>
  Response.json(
    {
      error: {
        json: { message: code, code: -32603, data: { code, httpStatus, errors: [], retryAfterSeconds } },
      },
    },
    { status: httpStatus },
  );
