import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { OpenApiDocument, Operation } from '../../../server/api/openapi/document.ts';

/** The texts that a reader of the document alone sees. */
const document = JSON.parse(readFileSync('sdk/openapi.json', 'utf8')) as OpenApiDocument;
const schemas = document.components.schemas as Record<string, Schema>;
const operations: [string, Operation][] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): [string, Operation] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
);

interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  [keyword: string]: unknown;
}

type Content = Record<string, { schema: Schema; example: unknown }>;
interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema: Schema;
  example?: unknown;
}

const parametersOf = ({ parameters = [] }: Operation) =>
  parameters.map((parameter) =>
    '$ref' in parameter
      ? (document.components.parameters![String(parameter.$ref).split('/').at(-1)!] as Parameter)
      : (parameter as Parameter),
  );
const contentOf = (part: unknown) =>
  Object.entries((part as { content?: Content } | undefined)?.content ?? {});
const responsesOf = ({ responses }: Operation) =>
  Object.entries(responses).map(([status, response]): [string, unknown] => [
    status,
    '$ref' in response ? document.components.responses![String(response.$ref).split('/').at(-1)!] : response,
  ]);

/** The schema and all inside of it, each with its path. */
function* parts(schema: Schema, at: string): Generator<[string, Schema]> {
  yield [at, schema];
  for (const [name, part] of Object.entries(schema.properties ?? {})) yield* parts(part, `${at}.${name}`);
  if (schema.items) yield* parts(schema.items, `${at}[]`);
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    yield* parts(part, at);
}

const sent: [string, Schema][] = operations.flatMap(([name, operation]) => [
  ...parametersOf(operation).flatMap((parameter) => [
    ...parts(parameter.schema, `${name} ${parameter.in} ${parameter.name}`),
  ]),
  ...contentOf(operation.requestBody).flatMap(([, { schema }]) => [...parts(schema, `${name} body`)]),
]);
const answered: [string, Schema][] = [
  ...Object.entries(schemas).flatMap(([name, schema]) => [...parts(schema, name)]),
  ...operations.flatMap(([name, operation]) =>
    responsesOf(operation).flatMap(([status, response]) =>
      contentOf(response).flatMap(([, { schema }]) => [...parts(schema, `${name} ${status}`)]),
    ),
  ),
];

const namesOf = (found: [string, Schema][]) => [...new Set(found.map(([at]) => at))];
const is = (type: string) => (schema: Schema) => [schema.type].flat().includes(type);

describe('texts', () => {
  test('every schema of its own is described', () => {
    expect(Object.keys(schemas).filter((name) => !schemas[name]!.description)).toEqual([]);
  });

  test('every field is described, in place or by its reference', () => {
    const isDescribed = ({ description, $ref, anyOf = [] }: Schema) =>
      Boolean(description || $ref || anyOf.some((option) => option.$ref));
    const bare = [...sent, ...answered].flatMap(([at, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, field]) => !isDescribed(field) && field.const === undefined)
        .map(([name]) => `${at}.${name}`),
    );
    expect([...new Set(bare)]).toEqual([]);
  });

  test.each(operations)('%s says what it does, what it costs and how it is called', (_, operation) => {
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(operation.description).toMatch(/Rate limit `\w+`: \d/);
    for (const { name, description } of parametersOf(operation))
      expect({ name, description }).toMatchObject({ description: expect.any(String) });
    const samples = operation['x-codeSamples'] as { label: string; source: string }[];
    expect(samples.map(({ label }) => label)).toEqual(['curl', 'SDK']);
    expect(samples[0]!.source).not.toMatch(/undefined|\{\w+\}/);
  });

  test('every subject that is used has an introduction', () => {
    const tags = document.tags as { name: string; description: string }[];
    const used = new Set(operations.flatMap(([, { tags }]) => tags as string[]));
    expect(tags.map(({ name }) => name)).toEqual([...used].sort());
    for (const { description } of tags) expect(description.length).toBeGreaterThan(10);
  });
});

describe('limits', () => {
  test('texts in requests have a maximum length, an enumeration or a format', () => {
    const endless = sent.filter(
      ([, schema]) =>
        is('string')(schema) &&
        schema.maxLength === undefined &&
        !schema.enum &&
        schema.const === undefined &&
        !schema.pattern &&
        !['uuid', 'date-time', 'email'].includes(String(schema.format)),
    );
    expect(namesOf(endless)).toEqual([]);
  });

  test('a number that is sent has a least', () => {
    const endless = sent.filter(
      ([, schema]) =>
        is('integer')(schema) && schema.minimum === undefined && schema.exclusiveMinimum === undefined,
    );
    expect(namesOf(endless)).toEqual([]);
  });

  test('a list that is sent has a greatest length', () => {
    expect(
      namesOf(sent.filter(([, schema]) => is('array')(schema) && schema.maxItems === undefined)),
    ).toEqual([]);
  });
});

describe('responses', () => {
  const headersOf = (response: unknown) => Object.keys((response as { headers: object }).headers);

  test.each(operations)('%s returns the headers that it documents', (_, operation) => {
    for (const [status, response] of responsesOf(operation)) {
      const headers = headersOf(response);
      expect(headers).toContain('X-Request-Id');
      if (Number(status) < 300 || status === '429')
        expect(headers).toEqual(
          expect.arrayContaining(['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']),
        );
      if (['429', '503'].includes(status)) expect(headers).toContain('Retry-After');
      if (status === '401') expect(headers).toContain('WWW-Authenticate');
    }
  });

  test('a write of a signed-in user takes an idempotency key, and nothing else does', () => {
    for (const [name, operation] of operations) {
      const isUserWrite =
        !name.startsWith('GET ') && JSON.stringify(operation.security) === '[{"accessToken":[]}]';
      const takesKey = parametersOf(operation).some((parameter) => parameter.name === 'Idempotency-Key');
      expect({ name, takesKey }).toEqual({ name, takesKey: isUserWrite });
    }
  });
});

describe('examples', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const errorsOf = (schema: Schema, example: unknown) => {
    const local = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'),
    ) as object;
    const validate = ajv.compile(local);
    return validate(example)
      ? []
      : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  test.each(operations)('%s: every example fits its schema', (_, operation) => {
    for (const { schema, example, name } of parametersOf(operation))
      if (example !== undefined)
        expect({ name, errors: errorsOf(schema, example) }).toEqual({ name, errors: [] });
    for (const [, { schema, example }] of contentOf(operation.requestBody)) {
      expect(example).toBeDefined();
      expect(errorsOf(schema, example)).toEqual([]);
    }
    for (const [status, response] of responsesOf(operation))
      for (const [, { schema, example }] of contentOf(response)) {
        expect({ status, example }).toEqual({ status, example: expect.anything() });
        expect({ status, errors: errorsOf(schema, example) }).toEqual({ status, errors: [] });
      }
  });

  test('every example of a field fits the field', () => {
    const wrong = [...sent, ...answered].flatMap(([at, { examples = [], ...schema }]) =>
      examples.flatMap((example) => errorsOf(schema, example).map((error) => `${at}: ${error}`)),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  test('text of an answer has an example, words to choose from, or a form', () => {
    const bare = answered.filter(
      ([, schema]) =>
        schema.type === 'string' &&
        !schema.examples &&
        !schema.enum &&
        schema.const === undefined &&
        !schema.format,
    );
    expect(namesOf(bare)).toEqual([]);
  });
});
