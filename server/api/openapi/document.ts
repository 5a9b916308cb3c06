import { type z, z as zod } from 'zod';
import type { Access } from '../../core/procedures.ts';
import { type Endpoint, operationId, type Path, parametersOf } from '../rest/endpoints.ts';
import { definitionOf, fieldsOf } from '../rest/inputFields.ts';
import { REST_PREFIX } from '../rest/routes.ts';
import { errorResponse, errorsOf, problemSchema, RATE_LIMIT_HEADERS, refer } from './errors.ts';
import { exampleOf } from './examples.ts';
import { codeSamples } from './samples.ts';
import { createSchemaCollector, type JsonSchema, type SchemaCollector } from './schemas.ts';
import { headers, information, limitText, parameters, securitySchemes, tagsOf } from './texts.ts';

type Responses = Record<string, object>;

export interface OpenApiDocument {
  openapi: '3.1.1';
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
  [part: string]: unknown;
}

export interface Operation {
  operationId: string;
  parameters?: object[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example: unknown }> };
  responses: Record<string, object>;
  [part: string]: unknown;
}

/** The OpenAPI document of the REST surface. */
export function openApiDocument(endpoints: Endpoint[], version: string): OpenApiDocument {
  const schemas = createSchemaCollector();
  const responses: Responses = {};
  const paths: OpenApiDocument['paths'] = {};
  // Output schemas first: a schema that is both sent and returned keeps its plain name for the returned form.
  for (const { output } of endpoints)
    if (definitionOf(output).type !== 'void') schemas.schemaOf(output, 'output');
  for (const endpoint of endpoints) {
    for (const [index, at] of [endpoint, ...endpoint.aliases].entries()) {
      paths[at.path] ??= {};
      paths[at.path]![at.method.toLowerCase()] = operationOf(endpoint, at, index, schemas, responses);
    }
  }
  return {
    openapi: '3.1.1',
    info: { ...information, version },
    servers: [{ url: REST_PREFIX, description: 'This server' }],
    tags: tagsOf(endpoints.map(tagOf)),
    paths,
    components: {
      schemas: { ...sorted(schemas.components), Problem: problemSchema },
      responses: sorted(responses),
      parameters,
      headers,
      securitySchemes,
    },
  };
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const tagOf = ({ name }: Endpoint) => name.split('.')[0]!;

function operationOf(
  endpoint: Endpoint,
  at: Path,
  index: number,
  schemas: SchemaCollector,
  responses: Responses,
): Operation {
  const { name, meta, type } = endpoint;
  const body = at.method === 'GET' ? null : bodyOf(endpoint, at, schemas);
  const isKeyed = type === 'mutation' && meta.access === 'user';
  const own = parametersIn(endpoint, at, schemas);
  return {
    operationId: operationId(name) + (index ? `Alias${index > 1 ? index : ''}` : ''),
    tags: [tagOf(endpoint)],
    summary: meta.summary,
    description: [meta.description, limitText(meta)].filter(Boolean).join('\n\n'),
    ...(meta.deprecated ? { deprecated: true } : {}),
    security: SECURITY[meta.access],
    parameters: [
      ...own,
      ...(isKeyed ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
      ...(meta.access === 'admin' ? [{ $ref: '#/components/parameters/AdminActor' }] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: {
      [endpoint.status]: successOf(endpoint, schemas),
      ...Object.fromEntries(
        [...errorsOf(endpoint)].map(([status, codes]) => [status, errorResponse(codes, responses)]),
      ),
    },
    'x-codeSamples': codeSamples(endpoint, at, {
      path: examplesIn(own, 'path'),
      query: examplesIn(own, 'query'),
      body: body ? (body.content['application/json'].example as Record<string, unknown>) : null,
    }),
  };
}

const SECURITY: Record<Access, object[]> = {
  public: [],
  viewer: [{ accessToken: [] }, {}],
  user: [{ accessToken: [] }],
  admin: [{ adminToken: [] }],
};

const examplesIn = (parameters: Parameter[], place: Parameter['in']) =>
  Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === place && parameter.required)
      .map(({ name, example }) => [name, example]),
  );

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

function parametersIn({ input }: Endpoint, { method, path }: Path, schemas: SchemaCollector): Parameter[] {
  const inPath = parametersOf(path);
  return Object.entries(fieldsOf(input)).flatMap(([name, field]) => {
    const isInPath = inPath.includes(name);
    if (!isInPath && method !== 'GET') return [];
    const { description, ...schema } = schemas.schemaOf(field, 'input');
    const example = exampleOf(schema, schemas.components);
    return [
      {
        name,
        in: isInPath ? 'path' : 'query',
        required: isInPath || !isOptional(field),
        ...(description ? { description: String(description) } : {}),
        schema,
        // The server would refuse a made-up cursor.
        ...(name === 'cursor' ? {} : { example }),
      },
    ];
  });
}

const isOptional = (field: z.core.$ZodType) => zod.safeParse(field, undefined).success;

function bodyOf({ input }: Endpoint, { path }: Path, schemas: SchemaCollector) {
  const inPath = parametersOf(path);
  const fields = Object.entries(fieldsOf(input)).filter(([name]) => !inPath.includes(name));
  if (!fields.length) return null;
  const rest = inPath.length ? zod.strictObject(Object.fromEntries(fields)) : input;
  const schema = schemas.schemaOf(rest, 'input');
  return {
    required: fields.some(([, field]) => !isOptional(field)),
    content: { 'application/json': { schema, example: exampleOf(schema, schemas.components) } },
  };
}

const SUCCESS: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; processing continues in the background',
  204: 'Done; no response body',
};

function successOf({ output, status, meta, type }: Endpoint, schemas: SchemaCollector): object {
  const response = {
    description: SUCCESS[status],
    headers: refer(['X-Request-Id', ...RATE_LIMIT_HEADERS, ...(meta.location ? ['Location'] : [])]),
  };
  if (status === 204) return response;
  const schema = schemas.schemaOf(output, 'output');
  const example = exampleOf(schema, schemas.components);
  const mime = type === 'subscription' ? 'text/event-stream' : 'application/json';
  return { ...response, content: { [mime]: { schema, example } } };
}
