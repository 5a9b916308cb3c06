import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import type { Access, Meta, Method } from '../../core/procedures.ts';
import { fieldsOf, isVoidSchema } from './inputFields.ts';

export interface Path {
  method: Method;
  /** Under /v1, with parameters as `{name}`. */
  path: string;
}

/** A procedure as seen by REST and the OpenAPI document. */
export interface Endpoint extends Path {
  /** `posts.like` */
  name: string;
  procedure: AnyTRPCProcedure;
  type: 'query' | 'mutation' | 'subscription';
  meta: Meta & { access: Access };
  aliases: Path[];
  /** Names of the path's parameters. */
  parameters: string[];
  input: z.ZodType;
  output: z.ZodType;
  /** Status of a successful response. */
  status: number;
}

/** Every procedure that returns a single response; throws for one whose declaration is inconsistent. */
export function endpointsOf(router: AnyTRPCRouter): Endpoint[] {
  const procedures = Object.entries(router._def.procedures as Record<string, AnyTRPCProcedure>);
  return procedures.filter(([, { _def }]) => _def.type !== 'subscription').map(endpointOf);
}

/** The procedures that stream until the client disconnects; their output is the text of the stream. */
export function streamsOf(router: AnyTRPCRouter): Endpoint[] {
  const procedures = Object.entries(router._def.procedures as Record<string, AnyTRPCProcedure>);
  return procedures.filter(([, { _def }]) => _def.type === 'subscription').map(endpointOf);
}

const StreamText = z.string().meta({
  examples: ['event: unreadCount\nid: 80123.4711.1798000000000\ndata: {"unreadCount":3}\n\n'],
});

interface Definition {
  type: Endpoint['type'];
  meta: Meta | undefined;
  inputs: z.ZodType[];
  output?: z.ZodType;
}

function endpointOf([name, procedure]: [string, AnyTRPCProcedure]): Endpoint {
  const { type, meta, inputs, ...definition } = procedure._def as unknown as Definition;
  const output = type === 'subscription' ? StreamText : definition.output;
  const fail = (why: string) => new Error(`${name} ${why}`);
  if (!meta?.rest || !meta.limit || !meta.summary) throw fail('has no path, limit or summary in its meta');
  if (!meta.access) throw fail('is not made by one of the four builders');
  const [input] = inputs;
  if (inputs.length !== 1 || !input) throw fail('needs one input schema');
  if (!output) throw fail('needs an output schema');
  const [main, ...aliases] = [meta.rest, ...(meta.aliases ?? [])].map(parsePath);
  if ((type !== 'mutation') !== (main!.method === 'GET'))
    throw fail('must be a query if and only if it is a GET');
  const parameters = parametersOf(main!.path);
  const fields = fieldsOf(input);
  for (const path of [main!, ...aliases]) {
    if (parametersOf(path.path).some((parameter) => !Object.hasOwn(fields, parameter))) {
      throw fail(`has a path parameter that its input does not have: ${path.path}`);
    }
  }
  const status = meta.status ?? (meta.location ? 201 : isVoidSchema(output) ? 204 : 200);
  return {
    name,
    procedure,
    type,
    meta: meta as Endpoint['meta'],
    ...main!,
    aliases,
    parameters,
    input,
    output,
    status,
  };
}

function parsePath(rest: string): Path {
  const [method, path] = rest.split(' ');
  return { method: method as Method, path: path! };
}

export const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

/** `posts.get` as a generated client names it: `postsGet`. */
export const operationId = (name: string) =>
  name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
