import { readFileSync } from 'node:fs';
import { type Schema, type ValidateFunction, Ajv2020 as Validator } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Endpoint, endpointsOf } from '../../server/api/rest/endpoints.ts';
import { appRouter } from '../../server/api/router.ts';

interface Answer {
  content?: Record<string, object>;
}

interface Operation {
  responses: Record<string, Answer | { $ref: string }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Answer> };
}

const ID = 'ciel';
const document = JSON.parse(readFileSync('sdk/openapi.json', 'utf8')) as Document;
const endpoints = new Map(endpointsOf(appRouter(null as never)).map((endpoint) => [endpoint.name, endpoint]));

const validator = new Validator({ strict: false });
addFormats.default(validator, { mode: 'fast' });
validator.addSchema(closed(document) as Schema, ID);

/**
 * The document lets answers grow; the answers of today have the fields that are written there and no others. What is put
 * together of several schemas is closed as a whole.
 */
function closed(node: unknown, isPart = false): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item, isPart));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closed(value, key === 'allOf')]),
  );
  if (isPart) return copy;
  if ('allOf' in copy) return { ...copy, unevaluatedProperties: false };
  return 'properties' in copy && copy.type === 'object' ? { additionalProperties: false, ...copy } : copy;
}

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value by the schema at a place of the document. */
function faultsAt(place: (string | number)[], value: unknown): string[] {
  const pointer = place.map((part) =>
    encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  const reference = `${ID}#/${pointer.join('/')}`;
  const check = compiled.get(reference) ?? validator.compile({ $ref: reference });
  compiled.set(reference, check);
  if (check(value)) return [];
  return check.errors!.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Checks the body of a REST response to a path of the document (`/posts/{postId}`), by its status and type. */
export function faultsOfAnswer(
  { method, path }: { method: string; path: string },
  { status, type, body }: { status: number; type: string | undefined; body: string },
): string[] {
  const operation = document.paths[path]?.[method.toLowerCase()];
  // A method that the path does not have.
  if (!operation && status === 405) return faultsAt(['components', 'schemas', 'Problem'], JSON.parse(body));
  const place = ['paths', path, method.toLowerCase(), 'responses', status];
  const named = operation?.responses[status];
  if (!named) return [`the status ${status} is not one of ${method} ${path}: ${body.slice(0, 200)}`];
  const referred = '$ref' in named ? named.$ref.split('/').slice(1) : place;
  const { content } = '$ref' in named ? document.components.responses[referred.at(-1) as string]! : named;
  if (!content) return body === '' ? [] : [`a body where none is documented: ${body.slice(0, 200)}`];
  const media = type?.split(';')[0] ?? '';
  if (!(media in content)) return [`the type ${type} is not documented for ${status}`];
  return faultsAt([...referred, 'content', media, 'schema'], JSON.parse(body));
}

/** Checks the result of a procedure, as JSON. */
export function faultsOfResult(name: string, result: unknown): string[] {
  const endpoint = endpoints.get(name);
  if (!endpoint) return [`${name} is not documented`];
  if (endpoint.status === 204) return result === undefined ? [] : [`${name} answers something`];
  const place = [...placeOf(endpoint), endpoint.status, 'content', 'application/json', 'schema'];
  return faultsAt(place, JSON.parse(JSON.stringify(result)));
}

/** Whether the document names this code for the procedure. */
export function faultsOfCode(name: string, code: string): string[] {
  const endpoint = endpoints.get(name);
  if (!endpoint) return [`${name} is not documented`];
  const { responses } = document.paths[endpoint.path]![endpoint.method.toLowerCase()]!;
  const codes = Object.values(responses).flatMap((answer) => ('$ref' in answer ? codesOf(answer.$ref) : []));
  return codes.includes(code) ? [] : [`${code} is not a documented error of ${name}`];
}

const placeOf = ({ path, method }: Endpoint) => ['paths', path, method.toLowerCase(), 'responses'];

function codesOf(reference: string): string[] {
  const { content } = document.components.responses[reference.split('/').at(-1)!]!;
  const { schema } = content!['application/problem+json'] as {
    schema: { allOf: [object, { properties: { code: { enum: string[] } } }] };
  };
  return schema.allOf[1].properties.code.enum;
}
