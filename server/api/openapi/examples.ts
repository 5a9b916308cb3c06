import { COMPONENTS, type JsonSchema } from './schemas.ts';

const BY_FORMAT: Record<string, string> = {
  uuid: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11',
  'date-time': '2026-11-23T09:30:00.000Z',
  date: '2026-11-23',
  email: 'alice@example.org',
  uri: 'https://example.org/',
};

/** A value that matches the schema: its own example when it has one, otherwise built from its parts. */
export function exampleOf(schema: JsonSchema, components: Record<string, JsonSchema>, depth = 0): unknown {
  const inside = (part: unknown) => exampleOf(part as JsonSchema, components, depth + 1);
  if (depth > 24) return null;
  if (typeof schema.$ref === 'string') return inside(components[schema.$ref.slice(COMPONENTS.length)]);
  const { examples, enum: choices } = schema as { examples?: unknown[]; enum?: unknown[] };
  if (examples?.length) return examples[0];
  if ('const' in schema) return schema.const;
  if (choices?.length) return choices[0];
  if ('default' in schema) return schema.default;
  const options = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (options) return inside(options.find(({ type }) => type !== 'null') ?? options[0]);
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(inside));
  switch (schema.type) {
    case 'object':
      return exampleOfObject(schema, inside);
    case 'array':
      return schema.items ? [inside(schema.items)] : [];
    case 'string':
      return exampleOfString(schema);
    case 'integer':
    case 'number':
      return Math.max(1, (schema.minimum as number | undefined) ?? 1);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function exampleOfObject(schema: JsonSchema, inside: (part: unknown) => unknown): unknown {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const own = Object.entries(properties).map(([name, part]) => [name, inside(part)]);
  const others = schema.additionalProperties;
  const isRecord = !own.length && typeof others === 'object' && others !== null;
  return Object.fromEntries(isRecord ? [[exampleKey(schema), inside(others)]] : own);
}

function exampleKey(schema: JsonSchema): string {
  const names = schema.propertyNames as { enum?: string[] } | undefined;
  return names?.enum?.[0] ?? 'name';
}

function exampleOfString(schema: JsonSchema): string {
  const text = BY_FORMAT[String(schema.format)] ?? 'text';
  return text.padEnd((schema.minLength as number | undefined) ?? 0, 't');
}
