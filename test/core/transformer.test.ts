import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { transformer } from '../../server/core/transformer.ts';

const key = fc
  .oneof(fc.string(), fc.constantFrom('a.b', 'a\\b', 'a\\.b', '', '.', '0', 'toString', 'length'))
  .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));

const leaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: true }),
);

const plainValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('What goes out', () => {
  it('is what superjson writes, for any plain value', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        expect(transformer.serialize(value)).toStrictEqual(superjson.serialize(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is byte for byte what superjson writes for a page of a list', () => {
    const createdAt = new Date('2026-11-23T09:30:00.000Z');
    const item = (id: number) => ({
      id: `${id}`,
      caption: null,
      createdAt: new Date(createdAt),
      tags: ['a'],
    });
    const page = { items: [item(1), item(2)], nextCursor: null, previous: undefined };
    expect(JSON.stringify(transformer.serialize(page))).toBe(superjson.stringify(page));
  });

  it.each([
    ['a map', new Map([['a', new Date(0)]])],
    ['a set', new Set([1, 2])],
    ['a big integer', 10n],
    ['not a number', Number.NaN],
    ['infinity', { deep: [-Infinity] }],
    ['minus zero', [-0]],
    ['an error', new Error('no')],
    ['a web address', new URL('https://example.org/')],
    ['bytes', new Uint8Array([1, 2])],
    ['an invalid date', { at: new Date(Number.NaN) }],
    ['an array with a hole', Array(2)],
  ])('is left to superjson for %s', (_, value) => {
    expect(transformer.serialize(value)).toStrictEqual(superjson.serialize(value));
  });

  it('is left to superjson for a cycle', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(transformer.serialize(cycle)).toStrictEqual(superjson.serialize(cycle));
  });

  it('is refused, as by superjson, when a key could reach a prototype', () => {
    expect(() => transformer.serialize(JSON.parse('{"a":{"__proto__":1}}'))).toThrow('__proto__');
  });

  it('comes out equal when it contains one object twice', () => {
    const author = { handle: 'alice', since: new Date(0) };
    const page = { items: [{ author }, { author }] };
    expect(superjson.deserialize(overTheWire(transformer.serialize(page)) as never)).toStrictEqual(page);
  });
});

describe('What comes in', () => {
  it('is what superjson sent, for any plain value', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        const sent = overTheWire(superjson.serialize(value));
        expect(transformer.deserialize(sent)).toStrictEqual(overTheWireAndBack(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is equal when it contains one object twice', () => {
    const shared = { at: new Date(0) };
    const sent = overTheWire(superjson.serialize({ a: shared, b: shared }));
    expect(transformer.deserialize(sent)).toStrictEqual({ a: shared, b: { at: new Date(0) } });
  });

  it.each([
    ['a regular expression', /(a+)+$/],
    ['an error', new Error('no')],
    ['a web address', new URL('https://example.org/')],
    ['a map', new Map([[1, 2]])],
    ['a set', new Set([1])],
    ['a big integer', 2n ** 64n],
    ['not a number', Number.NaN],
    ['bytes', new Uint8Array([1])],
  ])('is refused when it is %s, alone or within', (_, value) => {
    expect(() => transformer.deserialize(overTheWire(superjson.serialize(value)))).toThrow(REFUSED);
    expect(() => transformer.deserialize(overTheWire(superjson.serialize({ a: [value] })))).toThrow(REFUSED);
  });

  it.each([
    ['a kind that is unknown', { json: { a: 'x' }, meta: { values: { a: ['class', 'App'] } } }],
    ['a custom kind', { json: { a: 'x' }, meta: { values: { a: [['custom', 'x']] } } }],
    ['a symbol', { json: { a: 'x' }, meta: { values: { a: [['symbol', 'x']] } } }],
    ['a kind within a kind', { json: { a: {} }, meta: { values: { a: ['Date', { b: ['Date'] }] } } }],
    ['an index past the end', { json: { a: [] }, meta: { values: { 'a.4294967294': ['undefined'] } } }],
    ['a length', { json: { a: [1] }, meta: { values: { 'a.length': ['undefined'] } } }],
    ['a path to nowhere', { json: {}, meta: { values: { 'a.b': ['Date'] } } }],
    ['a path with a broken escape', { json: { a: 'x' }, meta: { values: { '\\a': ['Date'] } } }],
    ['a method of every object', { json: {}, meta: { values: { 'toString.call': ['undefined'] } } }],
    ['a date that is a list', { json: [['2026']], meta: { values: { 0: ['Date'] } } }],
    ['no object', 'text'],
    ['nothing', null],
    ['a list of kinds', { json: 'x', meta: { values: 'Date' } }],
  ])('is refused for %s', (_, payload) => {
    expect(() => transformer.deserialize(payload)).toThrow(REFUSED);
  });

  it('never changes what all objects share', () => {
    const before = Reflect.ownKeys(Object.prototype);
    const targets = [
      '__proto__',
      'constructor.prototype',
      'a.__proto__',
      'a.constructor.prototype',
      'prototype',
    ];
    for (const target of targets) {
      for (const kind of ['Date', 'undefined', 'set', 'map', 'Error']) {
        const payload = `{"json":{"a":{},"__proto__":{"polluted":"2026-01-01"},"constructor":{"prototype":{"polluted":null}}},"meta":{"values":{"${target}.polluted":["${kind}"]},"referentialEqualities":{"a":["${target}.polluted"]},"v":1}}`;
        try {
          transformer.deserialize(JSON.parse(payload));
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_input' });
        }
      }
    }
    expect(Reflect.ownKeys(Object.prototype)).toStrictEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('may be nested as deeply as a body can hold', () => {
    const depth = 100_000;
    const payload: unknown = JSON.parse(`{"json":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(transformer.deserialize(payload)).toHaveLength(1);
  });
});

const REFUSED = 'type that no procedure accepts';

/** superjson's own round trip, which decides what becomes of a lone surrogate or an exponent. */
const overTheWireAndBack = (value: unknown): unknown =>
  superjson.deserialize(overTheWire(superjson.serialize(value)) as never);
