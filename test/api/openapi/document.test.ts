import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Operation, openApiDocument } from '../../../server/api/openapi/document.ts';
import { type Endpoint, endpointsOf, streamsOf } from '../../../server/api/rest/endpoints.ts';
import { fieldsOf, isVoidSchema } from '../../../server/api/rest/inputFields.ts';
import { jsonReader, textReader } from '../../../server/api/rest/wireValues.ts';
import { appRouter } from '../../../server/api/router.ts';
import { errorCatalogue } from '../../../server/core/errors.ts';
import { notesRouter } from '../notes.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const endpoints = endpointsOf(appRouter(null as never));
const document = openApiDocument([...endpoints, ...streamsOf(appRouter(null as never))], version);

const operationOf = ({ path, method }: Pick<Endpoint, 'path' | 'method'>) =>
  document.paths[path]![method.toLowerCase()]!;

interface Parameter {
  name: string;
  in: 'path' | 'query';
  example?: unknown;
}

const ownParameters = (operation: Operation) =>
  (operation.parameters as (Parameter | { $ref: string })[]).filter(
    (parameter): parameter is Parameter => 'name' in parameter,
  );

const exampleOfBody = (part: { content?: Record<string, { example: unknown }> } | undefined) =>
  part?.content?.['application/json']?.example;

test('the committed document is that of the server', () => {
  const committed = readFileSync('sdk/openapi.json', 'utf8');
  expect(committed === `${JSON.stringify(document, null, 2)}\n`, 'stale: run npm run generate').toBe(true);
});

test('every procedure and alias is an operation with an id of its own', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const all = [...endpoints, ...streamsOf(appRouter(null as never))];
  const paths = all.flatMap(({ aliases }) => [0, ...aliases]);
  expect(operations).toHaveLength(paths.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test('making the document changes no schema', () => {
  const { router } = notesRouter();
  const before = JSON.stringify(openApiDocument(endpointsOf(router), '1'));
  expect(JSON.stringify(openApiDocument(endpointsOf(router), '1'))).toBe(before);
  const [ask] = endpointsOf(router);
  expect(z.safeParse(ask!.input, { flag: 'true' }).success).toBe(false);
});

test('all that is referred to is there', () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(100);
  for (const [, kind, name] of references) expect(document.components[kind!]).toHaveProperty([name!]);
  expect(text).not.toContain('#/$defs');
});

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  const operation = operationOf(endpoint);
  const { meta, status } = endpoint;

  test('has texts, a tag and who may call it', () => {
    expect(operation.summary).toBe(meta.summary);
    expect(operation.tags).toHaveLength(1);
    const expected = {
      public: [],
      viewer: [{ accessToken: [] }, {}],
      user: [{ accessToken: [] }],
      admin: [{ adminToken: [] }],
    };
    expect(operation.security).toEqual(expected[meta.access]);
  });

  test('has an example request that it would take', () => {
    const fields = fieldsOf(endpoint.input);
    const parameters = ownParameters(operation).filter(({ example }) => example !== undefined);
    const read = parameters.map(({ name, example }) => {
      const sent = Array.isArray(example) ? example.map(String) : String(example);
      return [name, textReader(fields[name]!)(sent)];
    });
    const body = exampleOfBody(operation.requestBody) ?? {};
    const input = { ...Object.fromEntries(read), ...(body as object) };
    const parsed = z.safeParse(endpoint.input, jsonReader(endpoint.input)?.(input) ?? input);
    expect(isVoidSchema(endpoint.input) ? [] : (parsed.error?.issues ?? [])).toEqual([]);
  });

  test('has an example answer that it could give', () => {
    expect(operation.responses).toHaveProperty(String(status));
    const example = exampleOfBody(operation.responses[status] as Operation['requestBody']);
    if (status === 204) return expect(example).toBeUndefined();
    const parsed = z.safeParse(endpoint.output, jsonReader(endpoint.output)?.(example) ?? example);
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  test('says what can go wrong', () => {
    const statuses = Object.keys(operation.responses).map(Number);
    expect(statuses).toEqual(expect.arrayContaining([400, 429, 500, 503]));
    expect(statuses.includes(401)).toBe(
      meta.access === 'user' || meta.access === 'viewer' || has401(endpoint),
    );
    if (meta.access === 'admin') expect(statuses).toContain(403);
    if (endpoint.parameters.length) expect(statuses).toContain(404);
    if (endpoint.method !== 'GET') expect(statuses).toEqual(expect.arrayContaining([413, 415]));
  });
});

const has401 = ({ meta }: Endpoint) =>
  (meta.errors ?? []).some((code) => errorCatalogue[code].kind === 'UNAUTHORIZED');
