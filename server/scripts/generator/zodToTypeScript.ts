import { z } from 'zod';
import { definitionOf } from '../../api/rest/inputFields.ts';
import { InputTime, Timestamp } from '../../core/fields.ts';

type Io = 'input' | 'output';

/** Components whose names the SDK already uses for types of its own. */
const RENAMED: Record<string, string> = { Session: 'SignedInDevice' };

export interface TypeWriter {
  /** The TypeScript type of a zod schema, as an input or an output. */
  typeOf(schema: z.core.$ZodType, io: Io): string;
  /** The declarations of the schemas that have an id, by name. */
  declarations: Map<string, string>;
}

/** Writes zod schemas as TypeScript: schemas with an id by name, each field with its description. */
export function createTypeWriter(): TypeWriter {
  const declarations = new Map<string, string>();

  function typeOf(schema: z.core.$ZodType, io: Io): string {
    const { id, description } = z.globalRegistry.get(schema) ?? {};
    if (!id || io === 'input') return shapeOf(schema, io);
    const name = RENAMED[id] ?? id;
    // A type alias instead of an interface, because editors show what an alias stands for.
    const declaration = `${comment([sentence(description)])}export type ${name} = ${shapeOf(schema, io)};\n`;
    if ((declarations.get(name) ?? declaration) !== declaration)
      throw new Error(`two different schemas have the id ${id}`);
    declarations.set(name, declaration);
    return name;
  }

  function shapeOf(schema: z.core.$ZodType, io: Io): string {
    const definition = definitionOf(schema);
    const inside = (inner: z.core.$ZodType) => typeOf(inner, io);
    switch (definition.type) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'void':
      case 'unknown':
        return definition.type;
      case 'date':
        return 'Date';
      case 'literal':
        return definition.values.map(quoted).join(' | ');
      case 'enum':
        return Object.values(definition.entries).map(quoted).join(' | ');
      case 'nullable':
        return `${inside(definition.innerType)} | null`;
      case 'optional':
        return `${inside(definition.innerType)} | undefined`;
      case 'default':
        return `${inside(definition.innerType)}${io === 'input' ? ' | undefined' : ''}`;
      case 'array': {
        const element = inside(definition.element);
        return / \| /.test(outermost(element)) ? `(${element})[]` : `${element}[]`;
      }
      case 'record':
        return `Record<${inside(definition.keyType)}, ${inside(definition.valueType)}>`;
      case 'union':
        return [...new Set(definition.options.map(inside))].join(' | ');
      case 'pipe':
        // The output type of a transform is unknown; ours only tidy their input.
        return inside(
          definitionOf(definition.out).type === 'transform'
            ? definition.in
            : definition[io === 'input' ? 'in' : 'out'],
        );
      case 'object':
        return objectOf(definition.shape, io);
      default:
        throw new Error(`a ${definition.type} cannot be written as a type`);
    }
  }

  function objectOf(shape: Record<string, z.core.$ZodType>, io: Io): string {
    const fields = Object.entries(shape);
    if (!fields.length) return io === 'input' ? 'Record<string, never>' : '{}';
    if (isPage(shape)) return `Page<${typeOf(elementOf(shape.items!), io)}>`;
    const lines = fields.map(([name, field]) => {
      const type = typeOf(field, io);
      const isOptional = / \| undefined$/.test(outermost(type));
      return `${comment(meaningOf(field))}${name}${isOptional ? '?' : ''}: ${type};`;
    });
    return `{\n${indented(lines.join('\n'))}\n}`;
  }

  return { typeOf, declarations };
}

const isPage = (shape: object) => Object.keys(shape).sort().join() === 'items,nextCursor';

function elementOf(array: z.core.$ZodType): z.core.$ZodType {
  const definition = definitionOf(array);
  if (definition.type !== 'array') throw new Error('the items of a page are an array');
  return definition.element;
}

/** Descriptions of how JSON writes times; here times are Dates. */
const JSON_ONLY = new Set([Timestamp, InputTime].map((schema) => z.globalRegistry.get(schema)?.description));

function meaningOf(field: z.core.$ZodType): (string | undefined)[] {
  const definition = definitionOf(field);
  const { description, id } = z.globalRegistry.get(field) ?? {};
  const isWrapped = ['optional', 'nullable', 'default'].includes(definition.type);
  if (!description && isWrapped) return meaningOf((definition as { innerType: z.core.$ZodType }).innerType);
  const standard =
    definition.type === 'default' ? `@default ${JSON.stringify(definition.defaultValue)}` : undefined;
  return [id || JSON_ONLY.has(description) ? undefined : sentence(description), standard];
}

/** The type without what is inside brackets, which belongs to a part of it. */
const outermost = (type: string): string => {
  const shorter = type.replace(/\{[^{}]*\}|\([^()]*\)|<[^<>]*>|\/\*[^*]*\*\//g, '');
  return shorter === type ? type : outermost(shorter);
};

export const sentence = (text: string | undefined) => (text && !/[.!?:;]$/.test(text) ? `${text}.` : text);

/** A doc comment of these paragraphs; empty when there are none. */
export function comment(paragraphs: (string | undefined)[]): string {
  const text = paragraphs.filter(Boolean).join('\n\n').replaceAll('*/', '*\\/');
  if (!text) return '';
  if (!text.includes('\n')) return `/** ${text} */\n`;
  return `/**\n${text
    .split('\n')
    .map((line) => ` * ${line}`.trimEnd())
    .join('\n')}\n */\n`;
}

export const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');

const quoted = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
