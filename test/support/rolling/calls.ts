import { ADMIN_TOKEN } from '../visit.ts';

export interface Side {
  name: 'previous' | 'current';
  url: string;
}

export interface Person {
  id: string;
  handle: string;
  password: string;
  accessToken: string;
  refreshToken: string;
}

/** There are two operators, because nobody decides an appeal against their own action. */
export type Caller = Person | 'operator' | 'colleague' | null;

// biome-ignore lint/suspicious/noExplicitAny: whatever is returned.
export type Json = Record<string, any>;
export type Parameters = Record<string, string | number>;

export interface Call {
  /** Method and path of the OpenAPI document, such as `GET /posts/{postId}`. */
  name: string;
  caller: Caller;
  /** Path parameters by name; the others go into the query. */
  parameters: Parameters;
  body?: object | undefined;
  key?: string | undefined;
}

export interface Reply {
  status: number;
  body: Json;
}

/** Throws for a 5xx. */
export async function callRest(side: Side, { name, caller, parameters, body, key }: Call): Promise<Reply> {
  const [method = '', template = ''] = name.split(' ');
  const query = new URLSearchParams();
  for (const [parameter, value] of Object.entries(parameters))
    if (!template.includes(`{${parameter}}`)) query.set(parameter, String(value));
  const path = template.replace(/\{(\w+)\}/g, (_, parameter: string) =>
    encodeURIComponent(parameters[parameter]!),
  );
  const response = await fetch(`${side.url}/v1${path}${query.size ? `?${query}` : ''}`, {
    method,
    headers: {
      ...headersOf(caller),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const reply = { status: response.status, body: text ? (JSON.parse(text) as Json) : {} };
  if (reply.status >= 500) throw new Error(describe(side, name, reply));
  return reply;
}

export const describe = (side: Side, name: string, { status, body }: Reply): string =>
  `${name} through the ${side.name} version: ${status} ${JSON.stringify(body).slice(0, 1500)}`;

export function headersOf(caller: Caller): Record<string, string> {
  if (caller === null) return {};
  if (typeof caller === 'string') return { 'x-admin-token': ADMIN_TOKEN, 'x-admin-actor': caller };
  return { authorization: `Bearer ${caller.accessToken}` };
}
