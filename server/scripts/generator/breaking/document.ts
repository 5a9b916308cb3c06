import type { OpenApiDocument, Operation } from '../../../api/openapi/document.ts';
import type { JsonSchema } from '../../../api/openapi/schemas.ts';
import { type Direction, schemaBreaks } from './schemas.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: JsonSchema;
}

type Content = Record<string, { schema: JsonSchema }>;

interface Response {
  headers?: Record<string, unknown>;
  content?: Content;
}

interface Both<T> {
  before: T;
  after: T;
}

/**
 * What in the second document breaks clients of the first, one sentence each; empty when nothing does. Responses may gain fields,
 * values and errors; requests may require less.
 */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): string[] {
  const documents = { before, after };
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, old]) => {
      const now = after.paths[path]?.[method];
      const at = `${method.toUpperCase()} ${path}`;
      return now ? operationBreaks(at, { before: old, after: now }, documents) : [`${at} is gone`];
    }),
  );
}

function operationBreaks(
  at: string,
  operations: Both<Operation>,
  documents: Both<OpenApiDocument>,
): string[] {
  const { before, after } = operations;
  const compare = (place: string, schemas: Both<JsonSchema>, direction: Direction) =>
    schemaBreaks(`${at} ${place}`, schemas, direction, [
      (schema) => referredTo(schema, documents.before),
      (schema) => referredTo(schema, documents.after),
    ]);
  const contents = (
    place: string,
    { before: old = {}, after: now = {} }: Both<Content | undefined>,
    to: Direction,
  ) =>
    Object.entries(old).flatMap(([type, { schema }]) =>
      now[type]
        ? compare(place, { before: schema, after: now[type].schema }, to)
        : [`${at} ${place} is no longer ${type}`],
    );
  const bodies = { before: before.requestBody?.content, after: after.requestBody?.content };
  return [
    ...(before.operationId === after.operationId ? [] : [`${at} is now called ${after.operationId}`]),
    ...securityBreaks(at, operations),
    ...parameterBreaks(at, operations, documents, compare),
    ...(!isBodyRequired(before) && isBodyRequired(after) ? [`${at} now needs a body`] : []),
    ...contents('body', bodies, 'sent'),
    ...successesOf(before, documents.before).flatMap(([status, response]) => {
      const now = successesOf(after, documents.after).find(([other]) => other === status)?.[1];
      if (!now) return [`${at} no longer returns ${status}`];
      const gone = Object.keys(response.headers ?? {}).filter((name) => !(name in (now.headers ?? {})));
      return [
        ...gone.map((name) => `${at} ${status} no longer has ${name}`),
        ...contents(status, { before: response.content, after: now.content }, 'received'),
      ];
    }),
  ];
}

const isBodyRequired = ({ requestBody }: Operation) =>
  Boolean((requestBody as { required?: boolean } | undefined)?.required);

/** Whoever could call without a token, or with one kind of token, must still be able to. */
function securityBreaks(at: string, { before, after }: Both<Operation>): string[] {
  const ways = ({ security }: Operation) => {
    const all = (security as object[]).map((way) => Object.keys(way).sort().join(' and '));
    return all.length ? all : [''];
  };
  const open = ways(after);
  return ways(before)
    .filter((way) => !open.includes(way) && !open.includes(''))
    .map((way) => `${at} can no longer be called with ${way || 'no token'}`);
}

type Compare = (place: string, schemas: Both<JsonSchema>, direction: Direction) => string[];

function parameterBreaks(
  at: string,
  { before, after }: Both<Operation>,
  documents: Both<OpenApiDocument>,
  compare: Compare,
): string[] {
  const list = (operation: Operation, document: OpenApiDocument) =>
    ((operation.parameters ?? []) as JsonSchema[]).map(
      (parameter) => referredTo(parameter, document) as unknown as Parameter,
    );
  const old = list(before, documents.before);
  const now = list(after, documents.after);
  const find = (all: Parameter[], one: Parameter) =>
    all.find((other) => other.name === one.name && other.in === one.in);
  return [
    ...old.flatMap((parameter) => {
      const place = `${parameter.in} ${parameter.name}`;
      const match = find(now, parameter);
      if (!match) return [`${at} ${place} is gone`];
      return compare(place, { before: parameter.schema, after: match.schema }, 'sent');
    }),
    ...now
      .filter((parameter) => parameter.required && !find(old, parameter)?.required)
      .map(({ name, in: place }) => `${at} ${place} ${name} is now required`),
  ];
}

const successesOf = ({ responses }: Operation, document: OpenApiDocument): [string, Response][] =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, response]) => [status, referredTo(response as JsonSchema, document)]);

function referredTo(part: JsonSchema, document: OpenApiDocument): JsonSchema {
  if (typeof part.$ref !== 'string') return part;
  const [kind, name] = part.$ref.split('/').slice(2) as [string, string];
  return referredTo(document.components[kind]![name] as JsonSchema, document);
}
