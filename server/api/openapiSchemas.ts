import { z } from 'zod';
import { definitionOf } from './inputFields.ts';

export type JsonSchema = Record<string, unknown>;
type Io = 'input' | 'output';

export interface SchemaCollector {
  /** The JSON Schema of a zod schema, as it is sent (input) or answered (output). */
  schemaOf(schema: z.core.$ZodType, io: Io): JsonSchema;
  /** Schemas with an id, which the others refer to. */
  components: Record<string, JsonSchema>;
}

export const COMPONENTS = '#/components/schemas/';

/** Turns zod schemas into those of one OpenAPI document; the zod schemas stay as they are. */
export function createSchemaCollector(): SchemaCollector {
  const components: Record<string, JsonSchema> = {};

  /** The two forms of one id can differ, by defaults for instance; the form that is sent then has a name of its own. */
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
      // zod leaves the examples of a transformed schema out of its input; ours tidy text, so what is answered can be sent.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (io === 'input' && examples) jsonSchema.examples = examples as unknown[];
      if (definition.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // And a transform says nothing of what it answers.
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
      // Answers may grow: a client must not break on a field that it does not know.
      if (io === 'output' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  }) as JsonSchema;
}

/** What may be null is what it says it is otherwise; a schema with an id is described where it stands. */
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
