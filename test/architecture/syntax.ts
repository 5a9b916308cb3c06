import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree, with TypeScript's nodes). */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

export interface Parsed {
  /** Path from the root of the project. */
  path: string;
  text: string;
  /** Every node of the file, parents before their children, in the order of the text. */
  nodes: Node[];
}

const ROOT = resolve(import.meta.dirname, '../..');

export function parseFolder(folder: string): Parsed[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => parseFile(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function parseFile(path: string): Parsed {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  return { path, text, nodes: [...within(program as unknown as Node)] };
}

/** The node and everything in it. */
export function* within(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* within(child);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export const list = (value: unknown): Node[] => (value as (Node | null)[]).filter(isNode);

export const nameOf = (node: unknown): string | undefined => {
  const { name, value } = (node ?? {}) as { name?: string; value?: unknown };
  return name ?? (typeof value === 'string' ? value : undefined);
};

/** The value of a property of an object literal. */
export const propertyOf = (object: Node | undefined, name: string): Node | undefined =>
  object?.type === 'ObjectExpression'
    ? (list(object.properties).find(({ key }) => nameOf(key) === name)?.value as Node | undefined)
    : undefined;

export const keysOf = (object: Node): string[] =>
  list(object.properties).map(({ key, argument }) => nameOf(key) ?? `...${nameOf(argument)}`);

/** The values of all object properties of this name. */
export const valuesOf = ({ nodes }: Parsed, name: string): Node[] =>
  nodes
    .filter(({ type, key, computed }) => type === 'Property' && !computed && nameOf(key) === name)
    .map(({ value }) => value as Node);

/** Calls of a function or method of this name. */
export const callsOf = ({ nodes }: Parsed, name: string): Node[][] =>
  nodes
    .filter(({ type }) => type === 'CallExpression')
    .filter(({ callee }) => nameOf((callee as Node).property ?? callee) === name)
    .map(({ arguments: given }) => list(given));

export const templatesOf = ({ nodes }: Parsed): Node[] =>
  nodes.filter(({ type }) => type === 'TemplateLiteral');

/**
 * The words of an expression: literals as they are, `{}` for what is only known at run time, `|` between alternatives.
 * Constants of the file count as their values.
 */
export function wordsOf(file: Parsed, node: Node): string {
  switch (node.type) {
    case 'Literal':
      return String(node.value);
    case 'TemplateLiteral': {
      const inner = list(node.expressions).map((part) => wordsOf(file, part));
      const texts = list(node.quasis).map(({ value }) => (value as { cooked: string }).cooked);
      return texts.map((part, at) => part + (inner[at] ?? '')).join('');
    }
    case 'ArrayExpression':
      return list(node.elements)
        .map((part) => wordsOf(file, part))
        .join(' ');
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].map((part) => wordsOf(file, part as Node)).join('|');
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return wordsOf(file, node.expression as Node);
    case 'Identifier': {
      const constant = constantOf(file, node.name as string);
      return constant?.type === 'Literal' ? String(constant.value) : '{}';
    }
    default:
      return '{}';
  }
}

/** What a `const` of the file is set to. */
export const constantOf = ({ nodes }: Parsed, name: string): Node | undefined => {
  const found = nodes.find(({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === name);
  let value = found?.init as Node | undefined;
  while (value && /^TS(As|Satisfies)Expression$/.test(value.type)) value = value.expression as Node;
  return value;
};

interface Declaration {
  file: Parsed;
  type: Node;
}

/** The declaration of an interface or a type: the first in the order of the files. */
export const declarationOf = (files: Parsed[], name: string): Declaration | undefined => {
  for (const file of files)
    for (const node of file.nodes) {
      if (nameOf(node.id) !== name) continue;
      if (node.type === 'TSInterfaceDeclaration') return { file, type: node };
      if (node.type === 'TSTypeAliasDeclaration') return { file, type: node.typeAnnotation as Node };
    }
  return undefined;
};

/** The fields of an interface, inherited ones first. */
export function fieldsOf(files: Parsed[], declaration: Node): Node[] {
  const inherited = list(declaration.extends).flatMap(({ expression }) => {
    const base = declarationOf(files, nameOf(expression)!);
    return base ? fieldsOf(files, base.type) : [];
  });
  return [...inherited, ...list((declaration.body as Node).body)];
}

/** The words of a type: names of fields and literal values, through the interfaces and types declared in the files. */
export function typeWords(files: Parsed[], file: Parsed, type: Node): string {
  const inner = (node: unknown) => typeWords(files, file, node as Node);
  const fields = (members: Node[]) =>
    `{ ${members.map((member) => memberWords(files, file, member)).join(', ')} }`;
  switch (type.type) {
    case 'TSInterfaceDeclaration':
      return fields(fieldsOf(files, type));
    case 'TSTypeLiteral':
      return fields(list(type.members));
    case 'TSUnionType':
      return list(type.types).map(inner).join('|');
    case 'TSLiteralType':
      return String((type.literal as Node).value);
    case 'TSArrayType': {
      const element = inner(type.elementType);
      return element.includes('|') ? `(${element})[]` : `${element}[]`;
    }
    case 'TSTypeReference': {
      const name = nameOf(type.typeName)!;
      const given = type.typeArguments ? list((type.typeArguments as Node).params).map(inner) : [];
      const declared = declarationOf(files, name);
      if (!declared || declared.type.type === 'TSIndexedAccessType')
        return given.length > 0 ? `${name}<${given.join(', ')}>` : name;
      return typeWords(files, declared.file, declared.type);
    }
    default:
      return file.text.slice(type.start, type.end);
  }
}

function memberWords(files: Parsed[], file: Parsed, member: Node): string {
  const type = (member.typeAnnotation as Node | undefined)?.typeAnnotation as Node | undefined;
  const words = type ? typeWords(files, file, type) : '';
  const isTelling = type?.type === 'TSLiteralType' || (/[{|]|\[\]/.test(words) && words !== 'string|null');
  return `${nameOf(member.key)}${member.optional ? '?' : ''}${isTelling ? `: ${words}` : ''}`;
}
