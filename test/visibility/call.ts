import type { InjectOptions } from 'fastify';
import superjson from 'superjson';
import type { Endpoint } from '../../server/api/rest/endpoints.ts';
import { keyedTransaction } from '../../server/core/keyedTransaction.ts';
import type { Cast, Subject, ViewerKind } from './cast.ts';

export interface Answer {
  /** `ok`, or the code of the error. */
  code: string;
  /** The whole body and all headers, without what differs from call to call. */
  text: string;
  /** State of the bucket that was spent; absent if the caller was refused before. */
  limit: string | undefined;
  body: unknown;
}

export type Surface = 'REST' | 'tRPC';
export const surfaces: Surface[] = ['REST', 'tRPC'];

const ADMIN_TOKEN = 'the admin token of the tests, long enough';

export function headersOf(cast: Cast, viewer: ViewerKind, subject: Subject): Record<string, string> {
  if (viewer === 'anonymous') return {};
  if (viewer === 'admin') return { 'x-admin-token': ADMIN_TOKEN };
  const person = viewer === 'owner' ? subject.author : cast.people[viewer];
  return { authorization: `Bearer ${person.tokens.accessToken}` };
}

/** The call over one surface. What a mutation writes is rolled back, unless it is refused before it can write anything. */
export async function call(
  cast: Cast,
  surface: Surface,
  endpoint: Endpoint,
  input: Record<string, unknown>,
  headers: Record<string, string>,
): Promise<Answer> {
  const request = surface === 'REST' ? overRest(endpoint, input) : overTrpc(endpoint, input);
  // Awaited in here: an injection that nobody waits for has not begun.
  const inject = async () =>
    await cast.server.inject({ ...request, headers: { ...headers, ...request.headers } });
  const writes = endpoint.type === 'mutation' && isLetIn(endpoint, headers);
  const response = await (writes ? rolledBack(cast, inject) : inject());
  const body: unknown = response.body === '' ? null : JSON.parse(response.body);
  const failed = response.statusCode >= 400;
  const code = failed ? codeOf(body) : 'ok';
  if (response.statusCode >= 500) throw new Error(`${endpoint.name} answered ${response.body}`);
  const { 'x-request-id': id, date: _, ...kept } = response.headers;
  const text = `${response.body}\n${JSON.stringify(kept)}`.replaceAll(String(id), 'REQUEST');
  return { code, text, limit: response.headers['ratelimit-limit']?.toString(), body };
}

/** Whether the headers belong to a caller that the procedure accepts. */
function isLetIn({ meta }: Endpoint, headers: Record<string, string>): boolean {
  if (meta.access === 'admin') return 'x-admin-token' in headers;
  return meta.access !== 'user' || 'authorization' in headers;
}

function codeOf(body: unknown): string {
  const { code, error } = body as { code?: string; error?: { json: { data: { code: string } } } };
  return code ?? error!.json.data.code;
}

function overRest({ method, path }: Endpoint, input: Record<string, unknown>): InjectOptions {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (method === 'GET') {
    const query = new URLSearchParams(
      Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return { method, url: `/v1${filled}?${query}` };
  }
  const hasBody = Object.keys(rest).length > 0;
  return { method, url: `/v1${filled}`, ...(hasBody ? { payload: rest } : {}) };
}

function overTrpc({ name, type }: Endpoint, input: Record<string, unknown>): InjectOptions {
  const payload = superjson.serialize(input);
  return type === 'query'
    ? { method: 'GET', url: `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(payload))}` }
    : { method: 'POST', url: `/trpc/${name}`, payload };
}

const DONE = new Error('rolled back');

/** Whatever the work writes joins a transaction that is given up. */
async function rolledBack<T>(cast: Cast, work: () => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  try {
    await cast.world.app.db.transaction(async (db) => {
      result = { value: await keyedTransaction.run({ db, afterCommit: [] }, work) };
      throw DONE;
    });
  } catch (error) {
    if (error !== DONE) throw error;
  }
  return result!.value;
}
