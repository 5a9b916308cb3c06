import { CielError, type ErrorCode, errorCatalogue, MAX_NAMED } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';
import { canMiss } from '../../core/viewerGone.ts';
import { type Problem, problemFor } from '../http/problems.ts';
import type { Endpoint } from '../rest/endpoints.ts';
import { fieldsOf } from '../rest/inputFields.ts';

type Responses = Record<string, object>;

/** The error codes that a client of this endpoint can receive, by status. */
export function errorsOf(endpoint: Endpoint): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codesOf(endpoint))) {
    const status = statusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

function codesOf({ meta, type, method, input }: Endpoint): ErrorCode[] {
  const isWrite = type === 'mutation';
  const knowsViewer = meta.access === 'user' || meta.access === 'viewer';
  const isListed = 'cursor' in fieldsOf(input);
  return [
    'invalid_input',
    ...(isListed ? (['invalid_cursor'] as const) : []),
    ...(knowsViewer ? (['unauthenticated'] as const) : []),
    ...(knowsViewer && !meta.whileBanned ? (['account_banned'] as const) : []),
    ...(meta.access === 'admin' ? (['forbidden'] as const) : []),
    ...(canMiss(meta) ? (['not_found'] as const) : []),
    ...(method === 'GET'
      ? []
      : (['request_timeout', 'payload_too_large', 'unsupported_media_type'] as const)),
    ...(isWrite && meta.access === 'user' ? (['idempotency_running', 'idempotency_mismatch'] as const) : []),
    ...(meta.errors ?? []),
    'rate_limited',
    'internal',
    'overloaded',
    'unavailable',
  ];
}

/** A reference to the response with one of these codes; adds its definition to `described` when it is missing. */
export function errorResponse(codes: ErrorCode[], described: Responses): object {
  const name = codes.map(pascalCase).join('Or');
  described[name] ??= {
    description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`).join('\n\n'),
    headers: {
      ...refer(['X-Request-Id']),
      ...(codes.includes('rate_limited') ? refer(RATE_LIMIT_HEADERS) : {}),
      ...(statusOf(codes[0]!) === 401 ? refer(['WWW-Authenticate']) : {}),
      ...(codes.some(canWait) ? refer(['Retry-After']) : {}),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { type: 'string', enum: codes, description: CODE_TEXT } } },
          ],
        },
        example: exampleProblem(codes[0]!),
      },
    },
  };
  return { $ref: `#/components/responses/${name}` };
}

export const RATE_LIMIT_HEADERS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

export const refer = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const canWait = (code: ErrorCode) =>
  ['rate_limited', 'overloaded', 'unavailable', 'idempotency_running'].includes(code);

const pascalCase = (code: string) =>
  code.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function exampleProblem(code: ErrorCode): Problem {
  const errors = code === 'invalid_input' ? [{ field: 'limit', message: 'must be at most 200' }] : [];
  return problemFor(new CielError(code, { errors }), '7d0f6c0a-5d0e-4f0e-9d6b-1f0e6c0a5d0e');
}

const CODE_TEXT = 'Stable, machine-readable error code';

export const problemSchema = {
  type: 'object',
  description: 'An error in the format of RFC 9457 (Problem Details)',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'Where the code is explained',
      examples: ['/docs/errors#not_found'],
    },
    title: {
      type: 'string',
      description: 'Human-readable kind of error',
      examples: ['Not found'],
    },
    status: {
      type: 'integer',
      minimum: 400,
      maximum: 599,
      description: 'The HTTP status',
      examples: [404],
    },
    detail: {
      type: 'string',
      description: 'Human-readable description of this particular error',
      examples: ['Not found'],
    },
    code: {
      type: 'string',
      enum: Object.keys(errorCatalogue),
      description: CODE_TEXT,
    },
    requestId: {
      type: 'string',
      description: 'Quote this id when you report the error',
      examples: ['7d0f6c0a-5d0e-4f0e-9d6b-1f0e6c0a5d0e'],
    },
    errors: {
      type: 'array',
      description: `One entry for each invalid field, at most ${MAX_NAMED}`,
      maxItems: MAX_NAMED,
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: {
            type: 'string',
            description: 'Path of the field, its parts separated by dots',
            examples: ['limit'],
          },
          message: {
            type: 'string',
            description: 'Human-readable description of what is wrong with the field',
            examples: ['must be at most 200'],
          },
        },
      },
    },
  },
};
