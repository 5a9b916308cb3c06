import type { Endpoint, Path } from '../rest/endpoints.ts';
import { definitionOf } from '../rest/inputFields.ts';
import { REST_PREFIX } from '../rest/routes.ts';

export interface CodeSample {
  lang: 'Shell' | 'TypeScript';
  label: 'curl' | 'SDK';
  source: string;
}

interface SampleRequest {
  /** Examples of the path parameters and of the required query parameters. */
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown> | null;
}

const ORIGIN = 'http://localhost:8080';

/** How to send the example of an operation. The endpoint's access decides how to authenticate. */
export const codeSamples = (endpoint: Endpoint, at: Path, request: SampleRequest): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: curlOf(endpoint, at, request) },
  { lang: 'TypeScript', label: 'SDK', source: sdkOf(endpoint, request) },
];

function curlOf(
  { meta, type }: Endpoint,
  { method, path }: Path,
  { path: inPath, query, body }: SampleRequest,
) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(inPath[name])));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const url = `${ORIGIN}${REST_PREFIX}${filled}${search.size ? `?${search}` : ''}`;
  const isImplied = method === 'GET' || (method === 'POST' && body);
  const parts = [
    `curl${type === 'subscription' ? ' -N' : ''}${isImplied ? '' : ` -X ${method}`} '${url}'`,
    ...(meta.access === 'admin' ? [`-H "x-admin-token: $ADMIN_TOKEN"`] : []),
    ...(meta.access === 'user' || meta.access === 'viewer' ? [`-H "Authorization: Bearer $TOKEN"`] : []),
    ...(body ? [`--json '${JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`)}'`] : []),
  ];
  return parts.join(' \\\n  ');
}

function sdkOf({ name, output, type }: Endpoint, { path, query, body }: SampleRequest): string {
  if (type === 'subscription') return 'for await (const event of ciel.events()) console.log(event);';
  const input = { ...path, ...query, ...body };
  const call = `ciel.${name}(${Object.keys(input).length ? literal(input) : ''})`;
  if (isList(output)) return `for await (const item of ${call}) console.log(item);`;
  return definitionOf(output).type === 'void' ? `await ${call};` : `const answer = await ${call};`;
}

function isList(output: Endpoint['output']): boolean {
  const definition = definitionOf(output);
  return definition.type === 'object' && 'nextCursor' in definition.shape && 'items' in definition.shape;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The value as TypeScript source; the SDK takes times as dates. */
function literal(value: unknown): string {
  if (typeof value === 'string') return TIME.test(value) ? `new Date('${value}')` : quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, inside]) => `${name}: ${literal(inside)}`);
  return `{ ${fields.join(', ')} }`;
}

const quoted = (text: string) =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
