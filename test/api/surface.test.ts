import { type AnyTRPCRouter, initTRPC } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Endpoint, endpointsOf, type Path, streamsOf } from '../../server/api/rest/endpoints.ts';
import { definitionOf, isVoidSchema, unwrapSchema } from '../../server/api/rest/inputFields.ts';
import { appRouter } from '../../server/api/router.ts';
import { addressLimits, userLimits } from '../../server/core/limits.ts';
import type { Meta } from '../../server/core/procedures.ts';
import { publicProcedure, router, userProcedure } from '../../server/core/procedures.ts';

const endpoints = [endpointsOf, streamsOf].flatMap((read) => read(appRouter(null as never)));

const pathOf = ({ method, path }: Path) => `${method} ${path}`;

/** Paths that differ in the names of their parameters only are the same to a router. */
const shapeOf = (path: Path) => pathOf(path).replace(/\{\w+\}/g, '{}');

function describeSurface(): string {
  const rows = endpoints.flatMap(({ name, meta, aliases, method, path }) =>
    [{ method, path }, ...aliases].map((at) => [name, pathOf(at), meta.access, meta.limit]),
  );
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  const widths = [0, 1, 2, 3].map(width);
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** All the way down. */
const isStrict = (schema: z.core.$ZodType): boolean => {
  const definition = definitionOf(unwrapSchema(schema));
  switch (definition.type) {
    case 'object':
      return (
        !!definition.catchall &&
        isVoidSchema(definition.catchall) &&
        Object.values(definition.shape).every(isStrict)
      );
    case 'array':
      return isStrict(definition.element);
    case 'union':
      return definition.options.every(isStrict);
    case 'record':
      return isStrict(definition.keyType) && isStrict(definition.valueType);
    default:
      return SINGLE.includes(definition.type);
  }
};

const SINGLE = ['string', 'number', 'boolean', 'enum', 'literal', 'date', 'null'];

const looseOnes = (list: Endpoint[]) =>
  list.filter(({ input }) => !isVoidSchema(input) && !isStrict(input)).map(({ name }) => name);

const doubles = (list: Endpoint[]) => {
  const shapes = list.flatMap(({ aliases, ...own }) => [own, ...aliases].map(shapeOf));
  return shapes.filter((shape, index) => shapes.indexOf(shape) !== index);
};

test('the surface is the committed one (`vitest -u` updates it)', async () => {
  await expect(describeSurface()).toMatchFileSnapshot('./surface.txt');
});

test('every input refuses unknown fields', () => {
  expect(looseOnes(endpoints)).toEqual([]);
});

test('no two procedures share a path', () => {
  expect(doubles(endpoints)).toEqual([]);
});

test('every limit is in the table, and those of users only count for users and viewers', () => {
  for (const { name, meta } of endpoints) {
    expect([...Object.keys(userLimits), ...Object.keys(addressLimits)]).toContain(meta.limit);
    const isOfUsers = meta.limit in userLimits;
    if (isOfUsers) expect(['user', 'viewer'], name).toContain(meta.access);
  }
});

describe('a declaration that does not hold together is found', () => {
  const meta: Meta = { rest: 'GET /things/{id}', limit: 'anonymousRead', summary: 'A thing' };
  const input = z.strictObject({ id: z.string() });
  const output = z.object({ id: z.string() });
  const answer = () => ({ id: 'x' });
  const one = (procedure: Parameters<typeof router>[0][string]) =>
    router({ thing: procedure }) as AnyTRPCRouter;

  test.each([
    [
      'no meta',
      one(publicProcedure.input(input).output(output).query(answer)),
      'has no path, limit or summary',
    ],
    [
      'no access',
      one(initTRPC.meta<Meta>().create().procedure.meta(meta).input(input).output(output).query(answer)),
      'is not made by one of the four builders',
    ],
    [
      'no limit',
      one(
        publicProcedure
          .meta({ ...meta, limit: undefined as never })
          .input(input)
          .output(output)
          .query(answer),
      ),
      'has no path, limit or summary',
    ],
    ['no input', one(publicProcedure.meta(meta).output(output).query(answer)), 'needs one input schema'],
    [
      'two inputs',
      one(publicProcedure.meta(meta).input(input).input(input).output(output).query(answer)),
      'one input',
    ],
    ['no output', one(publicProcedure.meta(meta).input(input).query(answer)), 'needs an output schema'],
    [
      'a mutation by GET',
      one(userProcedure.meta(meta).input(input).output(output).mutation(answer)),
      'query if and only if',
    ],
    [
      'a parameter that is no field',
      one(
        publicProcedure
          .meta({ ...meta, rest: 'GET /things/{thingId}' })
          .input(input)
          .output(output)
          .query(answer),
      ),
      'path parameter that its input does not have',
    ],
    [
      'an input that is no object',
      one(
        publicProcedure
          .meta({ ...meta, rest: 'GET /things' })
          .input(z.string())
          .output(output)
          .query(answer),
      ),
      'must be an object',
    ],
  ])('%s', (_, broken, why) => {
    expect(() => endpointsOf(broken)).toThrow(why);
  });

  test.each([
    ['at its top', z.object({ id: z.string() })],
    ['within', z.strictObject({ id: z.string(), more: z.array(z.object({ name: z.string() })).optional() })],
    ['of any kind', z.strictObject({ id: z.string(), more: z.unknown() })],
  ])('an input that lets unknown fields pass %s', (_, loose) => {
    const procedure = publicProcedure.meta(meta).input(loose).output(output).query(answer);
    expect(looseOnes(endpointsOf(one(procedure)))).toEqual(['thing']);
  });

  test('two procedures on one path', () => {
    const procedure = (name: string) =>
      publicProcedure
        .meta({ ...meta, rest: `GET /things/{${name}}` })
        .input(z.strictObject({ [name]: z.string() }))
        .output(output)
        .query(answer);
    expect(doubles(endpointsOf(router({ a: procedure('a'), b: procedure('b') })))).toEqual([
      'GET /things/{}',
    ]);
  });
});
