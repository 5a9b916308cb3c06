import { randomUUID } from 'node:crypto';

/** A response, or that none came. */
export interface Reply {
  status: number;
  body: Record<string, unknown>;
  retryAfter: string | null;
}

/** Asks one API for one person. Status 0 is a connection that failed. */
export async function call(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  try {
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(90_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
      retryAfter: response.headers.get('retry-after'),
    };
  } catch {
    return { status: 0, body: {}, retryAfter: null };
  }
}

export const isOk = ({ status }: Reply) => status >= 200 && status < 300;

export interface Person {
  id: string;
  handle: string;
  token: string;
}

type Fact = (url: string) => Promise<string | null>;

/**
 * What was acknowledged, each with how to see it. A write whose outcome is not known, because no response came or it was 503, makes what it
 * would have changed uncertain, and that is forgotten.
 */
export class Ledger {
  private readonly facts = new Map<string, Fact>();
  /** Responses that nobody should get, and how often. */
  readonly faults = new Map<string, number>();
  readonly counts = { ok: 0, unavailable: 0, lost: 0, refused: 0 };
  /** Posts by id, with the time of their acknowledgement. */
  readonly posts: string[] = [];

  acknowledge(key: string, fact: Fact): void {
    this.facts.set(key, fact);
  }

  forget(key: string): void {
    this.facts.delete(key);
  }

  get size(): number {
    return this.facts.size;
  }

  /** Counts a reply; true when it was a success. */
  note(name: string, reply: Reply): boolean {
    const { status, body, retryAfter } = reply;
    if (isOk(reply)) this.counts.ok += 1;
    else if (status === 0) this.counts.lost += 1;
    else if (status === 503 && retryAfter !== null) this.counts.unavailable += 1;
    else if (status >= 500) this.fault(`${name}: ${status} ${String(body.code)}`);
    else this.counts.refused += 1;
    return isOk(reply);
  }

  fault(what: string): void {
    this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
  }

  /** Reads everything that was acknowledged through this API; returns what is not so. */
  async readBack(url: string): Promise<string[]> {
    const missing: string[] = [];
    const facts = [...this.facts];
    const read = async () => {
      for (let next = facts.pop(); next; next = facts.pop()) {
        const [key, fact] = next;
        const fault = await fact(url);
        if (fault !== null) missing.push(`${key}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, read));
    return missing;
  }
}
