import type { z } from 'zod';

type Definition = z.core.$ZodTypes['_zod']['def'];

export const definitionOf = (schema: z.core.$ZodType) => (schema as z.core.$ZodTypes)._zod.def as Definition;

/** The schema inside `optional`, `default`, pipes and the like: the shape of a value when it is sent. */
export function unwrapSchema(schema: z.core.$ZodType): z.core.$ZodType {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return unwrapSchema(definition.innerType);
    case 'pipe':
      return unwrapSchema(definitionOf(definition.in).type === 'transform' ? definition.out : definition.in);
    default:
      return schema;
  }
}

/** True for the schema of a procedure that takes or returns nothing. */
export const isVoidSchema = (schema: z.core.$ZodType) =>
  ['void', 'undefined', 'never'].includes(definitionOf(schema).type);

/** The fields of an object schema; none when the procedure takes nothing. */
export function fieldsOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> {
  if (isVoidSchema(schema)) return {};
  const definition = definitionOf(unwrapSchema(schema));
  if (definition.type !== 'object') throw new Error(`an input must be an object, not ${definition.type}`);
  return { ...definition.shape };
}
