/** An operation of an OpenAPI document. */
export interface Operation {
  /** Its method and path, such as `GET /posts/{postId}`. */
  name: string;
  isRead: boolean;
  isList: boolean;
  isStream: boolean;
  takesKey: boolean;
  /** Who may call it: `accessToken`, `adminToken`, or nobody by name. */
  access: string[];
  /** Names of path parameters and of required query parameters. */
  parameters: string[];
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
}

interface Documented {
  parameters?: Parameter[];
  security: Record<string, unknown>[];
  responses: Record<string, { content?: object }>;
}

interface Document {
  paths: Record<string, Record<string, Documented>>;
  components: { parameters: Record<string, Parameter> };
}

/** The operations that a program documents, by name. */
export async function operationsOf(url: string): Promise<Map<string, Operation>> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describe(document, method, path, operation)),
  );
  return new Map(operations.map((operation) => [operation.name, operation]));
}

function describe(document: Document, method: string, path: string, operation: Documented): Operation {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1)!]! : parameter,
  );
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  return {
    name: `${method.toUpperCase()} ${path}`,
    isRead: method === 'get',
    isList: has('cursor'),
    isStream: 'text/event-stream' in (operation.responses['200']?.content ?? {}),
    takesKey: has('Idempotency-Key'),
    access: operation.security.flatMap((way) => Object.keys(way)),
    parameters: parameters
      .filter((parameter) => parameter.in !== 'header' && parameter.required)
      .map(({ name }) => name),
  };
}
