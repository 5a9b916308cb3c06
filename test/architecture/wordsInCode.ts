import {
  callsOf,
  constantOf,
  declarationOf,
  fieldsOf,
  keysOf,
  list,
  type Node,
  nameOf,
  type Parsed,
  propertyOf,
  templatesOf,
  typeWords,
  valuesOf,
  within,
  wordsOf,
} from './syntax.ts';

/** The members of an interface, each with the words of its type. */
export const membersOf = (files: Parsed[], name: string): [name: string, words: string][] => {
  const { file, type } = declarationOf(files, name)!;
  return fieldsOf(files, type).map((member) => {
    const { typeAnnotation } = member.typeAnnotation as { typeAnnotation: Node };
    return [nameOf(member.key)!, typeWords(files, file, typeAnnotation)];
  });
};

export const alternativesOf = (files: Parsed[], name: string): string[] =>
  declaredWords(files, name).split('|');

export const declaredWords = (files: Parsed[], name: string): string => {
  const { file, type } = declarationOf(files, name)!;
  return typeWords(files, file, type);
};

/** `scope: […]`: of an expression, or of the arguments of the calls that pass it to the function around it. */
export function scopesOf(file: Parsed): string[] {
  return valuesOf(file, 'scope').flatMap((scope) => {
    const [first] = list(scope.elements);
    const rest = wordsOf(file, scope);
    if (first?.type !== 'Identifier') return [rest];
    return argumentsFor(file, first).map((name) => rest.replace('{}', name));
  });
}

/** The words that callers pass for a parameter. */
function argumentsFor(file: Parsed, parameter: Node): string[] {
  const functions = file.nodes.filter(
    ({ type, init, params, start, end }) =>
      start < parameter.start &&
      parameter.end < end &&
      ((type === 'VariableDeclarator' && (init as Node | null)?.type === 'ArrowFunctionExpression') ||
        (type === 'FunctionDeclaration' && params)),
  );
  const around = functions.at(-1)!;
  const params = list(around.params ?? (around.init as Node).params);
  const at = params.findIndex((param) => nameOf(param) === parameter.name);
  return callsOf(file, nameOf(around.id)!).map((given) => wordsOf(file, given[at]!));
}

/** `const scope = […].join()` */
export const joinedScopes = (file: Parsed): string[] =>
  file.nodes
    .filter(({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === 'scope')
    .map(({ init }) => ((init as Node).callee as Node | undefined)?.object as Node | undefined)
    .filter((array) => array !== undefined)
    .map((array) => wordsOf(file, array));

export const typedColumns = (file: Parsed, files: Parsed[]): string[] =>
  file.nodes
    .filter(({ type, callee }) => type === 'CallExpression' && nameOf((callee as Node).property) === '$type')
    .flatMap((call) => {
      const builder = (call.callee as Node).object as Node;
      const [type] = list((call.typeArguments as Node).params);
      const table = tableAround(file, call) ?? 'shared';
      return eachField(`${table}.${nameOf(list(builder.arguments)[0])}`, typeWords(files, file, type!));
    });

const tableAround = ({ nodes }: Parsed, column: Node): string | undefined => {
  const table = nodes.find(
    ({ type, callee, start, end }) =>
      type === 'CallExpression' && nameOf(callee) === 'pgTable' && start < column.start && column.end < end,
  );
  return table && nameOf(list(table.arguments)[0]);
};

export const locks = (file: Parsed): string[] => [
  ...callsOf(file, 'holdKey').map(([, key, seed]) => `${wordsOf(file, key!)}, ${wordsOf(file, seed!)}`),
  ...templatesOf(file)
    .map((template) => wordsOf(file, template))
    .filter((text) => text.includes('advisory')),
];

/** Keys of the cache, and of the limiter in Redis. */
export const sharedKeys = (file: Parsed): string[] =>
  /^server\/infra\/(cache|limiter)\//.test(file.path) || file.text.includes('app.cache.')
    ? templatesOf(file)
        .map((template) => wordsOf(file, template))
        .filter((text) => !text.includes('\n'))
    : [];

export const derivedKeys = (file: Parsed): string[] => [
  ...callsOf(file, 'deriveKeys').map(([, purpose]) => wordsOf(file, purpose!)),
  ...callsOf(file, 'hkdfSync').map(([, , , info]) => wordsOf(file, info!)),
];

export function metrics(file: Parsed): string[] {
  return file.nodes
    .filter(({ type }) => type === 'ObjectExpression')
    .flatMap((object) => {
      const name = propertyOf(object, 'name');
      const words = name ? wordsOf(file, name) : '';
      if (!words.startsWith('ciel_')) return [];
      const labels = propertyOf(object, 'labelNames');
      if (labels) return [`${words} ${wordsOf(file, labels)}`];
      return [[words, ...parametersOf(file, object)].join(' ')];
    });
}

/** The lists of words over which the declaration around a node iterates. */
const parametersOf = (file: Parsed, { start, end }: Node): string[] => {
  const around = file.nodes.findLast(
    (node) => node.type === 'VariableDeclarator' && node.start < start && end < node.end,
  );
  return [...within(around!)]
    .filter(({ type }) => type === 'ArrayExpression')
    .map((array) => `(${wordsOf(file, array)})`);
};

const recordsAudits = ({ text }: Parsed) => /\brecordAudit\(/.test(text);

/** Actions are `subject.verb`; some of them are passed through helpers of the same file. */
export const auditActions = (file: Parsed): string[] =>
  recordsAudits(file)
    ? file.nodes
        .filter(({ type, value }) => type === 'TemplateLiteral' || typeof value === 'string')
        .filter(({ type }) => type === 'Literal' || type === 'TemplateLiteral')
        .map((node) => wordsOf(file, node))
        .filter((text) => /^(\{\}|[a-z]+)\.[a-z][a-zA-Z]*$/.test(text))
    : [];

export const auditFields = (file: Parsed): string[] =>
  recordsAudits(file)
    ? [
        ...valuesOf(file, 'subjectType').map((type) => wordsOf(file, type).replace(/^\w/, 'subject $&')),
        ...[...valuesOf(file, 'details'), constantOf(file, 'details')]
          .flatMap((details) => (details ? [...within(details)] : []))
          .filter(({ type }) => type === 'ObjectExpression')
          .flatMap((details) => keysOf(details).map((key) => `details ${key}`)),
      ]
    : [];

/** Events that the account's owner reads, each with the fields of its details. */
export const securityEvents = (file: Parsed): string[] =>
  callsOf(file, 'insertSecurityEvents').length === 0
    ? []
    : file.nodes
        .filter((node) => propertyOf(node, 'sessionId') && propertyOf(node, 'kind'))
        .flatMap((event) => {
          const given = propertyOf(event, 'details');
          const details = given?.type === 'Identifier' ? constantOf(file, given.name as string) : given;
          const kind = wordsOf(file, propertyOf(event, 'kind')!);
          const fields = details?.type === 'ObjectExpression' ? keysOf(details) : [];
          return [kind, ...fields.map((field) => `${kind} ${field}`)];
        });

export const revokeReasons = (file: Parsed): string[] => [
  ...callsOf(file, 'revokeSessionsOf').map(([, , how]) => wordsOf(file, propertyOf(how, 'reason')!)),
  ...(file.path.startsWith('server/domains/auth/')
    ? callsOf(file, 'revoke').map(([, , reason]) => wordsOf(file, reason!))
    : []),
];

/** What is kept as JSON text: cursors, progress of cleanup tasks, cached pages, trailers of stored files. */
export const serialised = (file: Parsed): string[] =>
  /^server\/(core|domains|jobs|infra\/storage)\//.test(file.path)
    ? callsOf(file, 'stringify').map(([value]) => jsonWords(file, value!))
    : [];

function jsonWords(file: Parsed, value: Node): string {
  switch (value.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return jsonWords(file, value.expression as Node);
    case 'ObjectExpression':
      return `{ ${keysOf(value).join(', ')} }`;
    case 'ArrayExpression':
      return `[${list(value.elements)
        .map(({ property, name }) => nameOf(property) ?? name ?? '{}')
        .join(', ')}]`;
    case 'Identifier': {
      const constant = constantOf(file, value.name as string);
      return constant && constant.type !== 'Identifier' ? jsonWords(file, constant) : '{}';
    }
    default:
      return '{}';
  }
}

export const dataFiles = (file: Parsed): string[] =>
  callsOf(file, 'join')
    .filter(([root]) => nameOf(root?.property ?? root) === 'dataDir')
    .map(([, ...parts]) => parts.map((part) => wordsOf(file, part)).join('/'));

const literalsOf = ({ nodes }: Parsed): string[] =>
  nodes
    .filter(({ type, value }) => type === 'Literal' && typeof value === 'string')
    .map((n) => String(n.value));

const OUR_HEADERS = /^(x-(admin|ciel|request)-|ratelimit-|idempotency-|last-event-)[a-z-]+$/;

export const headers = (file: Parsed): string[] => literalsOf(file).filter((text) => OUR_HEADERS.test(text));

export const browserWords = (file: Parsed): string[] =>
  [...literalsOf(file), ...templatesOf(file).map((template) => wordsOf(file, template))].filter((text) =>
    /^ciel(\.|$)/.test(text),
  );

/** While a job with such a key waits, no second one is written. */
export const dedupKeys = (file: Parsed): string[] =>
  valuesOf(file, 'dedupKey')
    .map((key) => (key.type === 'Identifier' ? (constantOf(file, key.name as string) ?? key) : key))
    .map((key) => wordsOf(file, key))
    .filter((key) => key !== 'null');

/** One line for each field and each value of `{ a, b: { c: x|y }|null }`, so that a new one changes no other line. */
export const eachField = (name: string, words: string): string[] =>
  splitAt('|', words.replace(/^\((.*)\)\[\]$/, '$1')).flatMap((words) => {
    const fields = /^\{ (.*) \}(\[\])?$/s.exec(words)?.[1];
    if (fields === undefined) return ['null', 'undefined'].includes(words) ? [] : [`${name} ${words}`.trim()];
    return splitAt(',', fields).flatMap((field) => {
      const [key, ...types] = field.split(': ');
      return eachField(`${name}.${key}`, types.join(': '));
    });
  });

/** The parts of a text between separators that are in no brackets. */
function splitAt(separator: string, text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('{<('.includes(character)) depth += 1;
    if ('}>)'.includes(character)) depth -= 1;
    if (character === separator && depth === 0) parts.push('');
    else parts.push(parts.pop() + character);
  }
  return parts.map((part) => part.trim());
}
