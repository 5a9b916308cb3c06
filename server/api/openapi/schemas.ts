import { z } from 'zod';
import { definitionOf } from '../rest/inputFields.ts';

export type JsonSchema = Record<string, unknown>;
type Io = 'input' | 'output';

export interface SchemaCollector {
  /** The JSON Schema of a zod schema, in the form that is sent (input) or returned (output). */
  schemaOf(schema: z.core.$ZodType, io: Io): JsonSchema;
  /** Schemas with an id, which the others refer to. */
  components: Record<string, JsonSchema>;
}

export const COMPONENTS = '#/components/schemas/';

/** Converts zod schemas to the JSON Schemas of one OpenAPI document, without changing the zod schemas. */
export function createSchemaCollector(): SchemaCollector {
  const components: Record<string, JsonSchema> = {};

  /** The input and output forms of one id can differ, for instance by defaults; the input form then gets a name of its own. */
  function register(id: string, schema: JsonSchema, io: Io): string {
    const name = io === 'input' && components[id] && !isSame(components[id], schema) ? `${id}Input` : id;
    if (components[name] && !isSame(components[name], schema)) {
      throw new Error(`two different schemas have the id ${name}`);
    }
    components[name] = schema;
    return name;
  }

  function schemaOf(schema: z.core.$ZodType, io: Io): JsonSchema {
    const {
      $schema,
      $defs = {},
      ...root
    } = convert(schema, io) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    const names = new Map<string, string>();
    const link = (node: unknown) => renameReferences(node, (id) => names.get(id) ?? id) as JsonSchema;
    for (const id of Object.keys($defs)) names.set(id, id);
    for (const [id, { id: _, ...definition }] of Object.entries($defs)) {
      names.set(id, register(id, link(definition), io));
    }
    if (typeof root.id !== 'string') return link(root);
    const { id, ...definition } = root;
    return { $ref: COMPONENTS + register(id as string, link(definition), io) };
  }

  return { schemaOf, components };
}

function convert(schema: z.core.$ZodType, io: Io): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const definition = definitionOf(zodSchema);
      // zod omits the examples of a transformed schema from its input form. Our transforms only tidy text, so a returned
      // example can be sent.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (io === 'input' && examples) jsonSchema.examples = examples as unknown[];
      if (definition.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // zod has no output schema for a transform, so the output form uses the schema before it.
      if (
        io === 'output' &&
        definition.type === 'pipe' &&
        definitionOf(definition.out).type === 'transform'
      ) {
        const { $schema, ...input } = convert(definition.in, io);
        Object.assign(jsonSchema, { ...input, ...jsonSchema });
      }
      if (definition.type === 'nullable') describeAsInside(jsonSchema);
      if (jsonSchema.format === 'uuid') delete jsonSchema.pattern;
      if (jsonSchema.format === 'email') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // Responses may gain fields, and clients must not break on a field that they don't know.
      if (io === 'output' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  }) as JsonSchema;
}

/**
 * Gives a nullable schema the description of the schema inside it. Schemas with an id have their description where
 * they are defined.
 */
function describeAsInside(schema: JsonSchema): void {
  const inside = (schema.anyOf as JsonSchema[] | undefined)?.find(({ type }) => type !== 'null');
  if (inside?.description && !inside.id && !inside.$ref) schema.description ??= inside.description;
}

function renameReferences(node: unknown, rename: (id: string) => string): unknown {
  if (Array.isArray(node)) return node.map((item) => renameReferences(item, rename));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#/$defs/')
        ? [key, COMPONENTS + rename(value.slice('#/$defs/'.length))]
        : [key, renameReferences(value, rename)],
    ),
  );
}

const isSame = (a: JsonSchema, b: JsonSchema) => JSON.stringify(a) === JSON.stringify(b);
