import fc from 'fast-check';
import superjson from 'superjson';
import { expect, test } from 'vitest';
import { decode, encode } from '../../sdk/src/wire.ts';
import { transformer } from '../../server/core/transformer.ts';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('any')),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
      tie('any'),
      { noNullPrototype: true },
    ),
  ),
})).any;

const sent = (payload: unknown) => JSON.parse(JSON.stringify(payload));

test('what the server writes is read as it was, by us as by superjson', () => {
  fc.assert(
    fc.property(value, (answer) => {
      const payload = transformer.serialize(answer);
      expect(decode(sent(payload))).toEqual(superjson.deserialize(sent(payload)));
    }),
    { numRuns: 500 },
  );
});

test('what we write is read as it was by the server; undefined is left out', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('a', 'b.c', 'd\\e', 'f'),
        fc.oneof(value, fc.date({ noInvalidDate: true })),
      ),
      (input) => {
        const defined = JSON.parse(JSON.stringify(input));
        const read = transformer.deserialize(sent(encode(input)));
        expect(JSON.parse(JSON.stringify(read))).toEqual(defined);
        for (const [key, item] of Object.entries(input))
          if (item instanceof Date) expect((read as Record<string, unknown>)[key]).toEqual(item);
      },
    ),
    { numRuns: 500 },
  );
});
