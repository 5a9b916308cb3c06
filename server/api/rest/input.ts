import type { FastifyRequest } from 'fastify';
import { badFields, CielError } from '../../core/errors.ts';
import type { Endpoint } from './endpoints.ts';
import { fieldsOf, isVoidSchema } from './inputFields.ts';
import { fieldsReader, jsonReader, textReader } from './wireValues.ts';

type Fields = Record<string, unknown>;

/** Compiles a reader of a procedure's input: the path, with the query of a GET or the body of any other request. */
export function createInputReader({ input, method, parameters }: Endpoint) {
  if (isVoidSchema(input)) return readNothing;
  const fields = Object.entries(fieldsOf(input));
  const inPath = fields.filter(([name]) => parameters.includes(name));
  const others = fields.filter(([name]) => !parameters.includes(name));
  const readPath = fieldsReader(Object.fromEntries(inPath), textReader);
  const path = ({ params }: FastifyRequest) => (readPath ? readPath(params) : params) as Fields;

  if (method === 'GET') {
    const readQuery = fieldsReader(Object.fromEntries(others), textReader);
    return (request: FastifyRequest): unknown => {
      refuseUndecodable(request);
      const query = (readQuery ? readQuery(request.query) : request.query) as Fields;
      return merge(query, parameters.length ? path(request) : {});
    };
  }
  const readBody = fieldsReader(Object.fromEntries(others), jsonReader);
  return (request: FastifyRequest): unknown => {
    refuseFields(Object.keys(request.query as Fields));
    const body = bodyOf(request);
    return merge((readBody ? readBody(body) : body) as Fields, parameters.length ? path(request) : {});
  };
}

function bodyOf({ body = {} }: FastifyRequest): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields;
  throw new CielError('invalid_input', { detail: 'The body must be a JSON object' });
}

const STRAY_PERCENT = /%(?![0-9a-f]{2})/gi;

/** The query parser would leave bytes that are not UTF-8 encoded. */
function refuseUndecodable({ url }: FastifyRequest): void {
  if (!url.includes('%')) return;
  try {
    decodeURIComponent(url.replace(STRAY_PERCENT, ''));
  } catch {
    throw new CielError('invalid_input', { detail: 'The query is not UTF-8' });
  }
}

function readNothing(request: FastifyRequest): undefined {
  refuseFields(Object.keys({ ...(request.query as Fields), ...bodyOf(request) }));
}

/** A parameter of the path can't be sent elsewhere too: the two could differ. */
function merge(sent: Fields, path: Fields): Fields {
  refuseFields(Object.keys(path).filter((name) => Object.hasOwn(sent, name)));
  return { ...sent, ...path };
}

function refuseFields(names: string[]): void {
  if (!names.length) return;
  throw badFields(names.map((field) => ({ field, message: 'is not a field of this request' })));
}
