import type { z } from 'zod';
import { definitionOf, unwrapSchema } from './inputFields.ts';

type Schema = z.core.$ZodType;
/** Converts a value as sent to the value that its schema takes; one that does not fit stays unchanged, for the schema to refuse. */
export type Reader = (value: unknown) => unknown;

const asIs: Reader = (value) => value;

const NUMBER = /^-?(0|[1-9]\d{0,15})(\.\d{1,15})?$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

const fromText = (test: RegExp, read: (text: string) => unknown): Reader => {
  return (value) => (typeof value === 'string' && test.test(value) ? read(value) : value);
};

const readNumber = fromText(NUMBER, Number);
const readBoolean = fromText(/^(true|false)$/, (text) => text === 'true');
const readTime = fromText(TIME, (text) => new Date(text));

/** For values of a path or a query, which all arrive as text; throws for a schema that text can't represent. */
export function textReader(schema: Schema): Reader {
  const inner = unwrapSchema(schema);
  const definition = definitionOf(inner);
  switch (definition.type) {
    case 'string':
    case 'enum':
    case 'template_literal':
      return asIs;
    case 'literal':
      return literalReader(definition.values);
    case 'number':
      return readNumber;
    case 'boolean':
      return readBoolean;
    case 'date':
      return readTime;
    case 'union':
      return sameReader(definition.options.map(textReader));
    case 'array': {
      const readItem = textReader(definition.element);
      return (value) =>
        value === undefined ? value : (Array.isArray(value) ? value : [value]).map(readItem);
    }
    default:
      throw new Error(`a value of the type ${definition.type} cannot be sent in a path or a query`);
  }
}

function literalReader(values: readonly unknown[]): Reader {
  if (values.every((value) => typeof value === 'string')) return asIs;
  if (values.every((value) => typeof value === 'number')) return readNumber;
  if (values.every((value) => typeof value === 'boolean')) return readBoolean;
  throw new Error('literals of several types cannot be told apart in a path or a query');
}

function sameReader(readers: Reader[]): Reader {
  const [first] = readers;
  if (!first || readers.some((reader) => reader !== first)) {
    throw new Error('a union of several types cannot be sent in a path or a query');
  }
  return first;
}

/** For values of a JSON body: times become Dates. Null when nothing has to be converted. */
export function jsonReader(schema: Schema): Reader | null {
  const definition = definitionOf(unwrapSchema(schema));
  switch (definition.type) {
    case 'date':
      return readTime;
    case 'array': {
      const readItem = jsonReader(definition.element);
      return readItem && ((value) => (Array.isArray(value) ? value.map(readItem) : value));
    }
    case 'object':
      return fieldsReader(definition.shape, jsonReader);
    case 'union':
      return 'discriminator' in definition
        ? choiceReader(String(definition.discriminator), definition.options)
        : null;
    default:
      return null;
  }
}

/** Reads a value as the option that its discriminator names. */
function choiceReader(discriminator: string, options: readonly Schema[]): Reader {
  const readers = options.flatMap((option) => {
    const read = jsonReader(option);
    return read
      ? [...(option._zod.propValues?.[discriminator] ?? [])].map((name) => [name, read] as const)
      : [];
  });
  const byName = new Map<unknown, Reader>(readers);
  return (value) => {
    const name = (value as Record<string, unknown> | null)?.[discriminator];
    return byName.get(name)?.(value) ?? value;
  };
}

/** Converts the fields that need it, in a copy; null when none does. */
export function fieldsReader(
  fields: Record<string, Schema>,
  readerOf: (schema: Schema) => Reader | null,
): Reader | null {
  const readers = Object.entries(fields).flatMap(([name, schema]) => {
    const read = readerOf(schema);
    return read && read !== asIs ? [[name, read] as const] : [];
  });
  if (!readers.length) return null;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const copy: Record<string, unknown> = { ...value };
    for (const [name, read] of readers) if (Object.hasOwn(copy, name)) copy[name] = read(copy[name]);
    return copy;
  };
}
