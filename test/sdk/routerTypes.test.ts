import { readFile } from 'node:fs/promises';
import { expect, expectTypeOf, test } from 'vitest';
import type { Api, FeedEvent } from '../../sdk/src/router.ts';
import type { appRouter } from '../../server/api/router.ts';
import type { FeedEvent as ToldByTheServer } from '../../server/domains/events/contract.ts';

type Side = 'input' | 'output';

/** One side of every procedure, as it is written for clients. */
type Written<S extends Side> = {
  [Domain in keyof Api]: {
    [Name in keyof Api[Domain]]: Api[Domain][Name] extends Record<S, infer Type> ? Type : never;
  };
};

type Domains = ReturnType<typeof appRouter>['_def']['record'];
type Called = { _def: { type: 'query' | 'mutation' } };

/** The same as the compiler infers it; streams are no calls. */
type Inferred<S extends Side> = {
  [Domain in keyof Domains]: {
    [Name in keyof Domains[Domain] as Domains[Domain][Name] extends Called
      ? Name
      : never]: Domains[Domain][Name] extends { _def: { $types: Record<S, infer Type> } } ? Type : never;
  };
};

test('the types for clients are those that the compiler infers from the router', () => {
  expectTypeOf<Written<'input'>>().toEqualTypeOf<Inferred<'input'>>();
  expectTypeOf<Written<'output'>>().toEqualTypeOf<Inferred<'output'>>();
  expectTypeOf<FeedEvent>().toEqualTypeOf<ToldByTheServer>();
});

test('an editor says of every procedure what it does, and of every answer what it is', async () => {
  const lines = (await readFile(new URL('../../sdk/src/router.ts', import.meta.url), 'utf8')).split('\n');
  const silent = lines.filter(
    (line, index) =>
      /^ {2}\w+: (Query|Mutation)<|^export (type|interface)/.test(line) && !/\*\/$/.test(lines[index - 1]!),
  );
  expect(silent).toEqual([]);
});
