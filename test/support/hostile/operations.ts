import { readFileSync } from 'node:fs';
import { endpointsOf, streamsOf } from '../../../server/api/rest/endpoints.ts';
import { appRouter } from '../../../server/api/router.ts';

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Field {
  name: string;
  in: 'path' | 'query' | 'body';
  isRequired: boolean;
  schema: Schema;
}

/** One that is written in the document; an alias is one of its own. */
export interface Operation {
  /** Path of the procedure over tRPC. */
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  method: string;
  /** Under /v1, parameters as `{name}`. */
  path: string;
  access: string;
  fields: Field[];
}

interface Documented {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

interface Document {
  paths: Record<string, Record<string, Documented>>;
}

/** All that `openapi.json` has, with the names they have over tRPC. */
export function readOperations(): Operation[] {
  const document = JSON.parse(readFileSync('sdk/openapi.json', 'utf8')) as Document;
  const router = appRouter(null as never);
  return [...endpointsOf(router), ...streamsOf(router)].flatMap(({ name, type, meta, aliases, ...main }) =>
    [main, ...aliases].map(({ method, path }) => ({
      name,
      type,
      method,
      path,
      access: meta.access,
      fields: fieldsOf(document, document.paths[path]![method.toLowerCase()]!),
    })),
  );
}

function fieldsOf(document: Document, { parameters = [], requestBody }: Documented): Field[] {
  const named = parameters
    .map((parameter) => resolved<Parameter>(document, parameter))
    .filter((parameter) => parameter.in !== 'header')
    .map(({ name, required = false, schema, ...rest }) => ({
      name,
      in: rest.in as Field['in'],
      isRequired: required,
      schema: resolved<Schema>(document, schema),
    }));
  if (!requestBody) return named;
  const body = resolved<{ content: Record<string, { schema: Schema }> }>(document, requestBody);
  const { properties = {}, required = [] } = resolved<Schema>(
    document,
    body.content['application/json']!.schema,
  );
  const inBody = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'body' as const,
    isRequired: required.includes(name),
    schema,
  }));
  return [...named, ...inBody];
}

/** The node with every reference in it followed. */
function resolved<T>(document: Document, node: unknown): T {
  if (Array.isArray(node)) return node.map((item) => resolved(document, item)) as T;
  if (typeof node !== 'object' || node === null) return node as T;
  const { $ref } = node as { $ref?: string };
  if (!$ref) {
    const entries = Object.entries(node).map(([key, value]) => [key, resolved(document, value)]);
    return Object.fromEntries(entries) as T;
  }
  const keys = $ref.split('/').slice(1);
  return resolved(
    document,
    keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document),
  );
}
