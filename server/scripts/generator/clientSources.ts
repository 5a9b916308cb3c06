import type { AnyTRPCRouter } from '@trpc/server';
import type { OpenApiDocument } from '../../api/openapi/document.ts';
import { type ErrorCode, errorCatalogue } from '../../core/errors.ts';
import { addressLimits, userLimits } from '../../core/limits.ts';
import { statusOf } from '../../core/statuses.ts';
import { clientTypes } from './clientTypes.ts';

const GENERATED = '// Generated from the server by `npm run generate`. Do not edit.\n';

/** The generated sources of the SDK, by path from the root. */
export function clientSources(router: AnyTRPCRouter, document: OpenApiDocument): Record<string, string> {
  return {
    'sdk/src/router.ts': `${GENERATED}import type { Page } from './lists.ts';\nimport type { Mutation, Query } from './shapes.ts';\n\n${clientTypes(router, document)}`,
    'sdk/src/procedures.ts': procedureTable(router),
    'sdk/src/codes.ts': errorClasses(),
    'sdk/src/limits.ts': limitTables(),
  };
}

interface Procedure {
  _def: {
    type: 'query' | 'mutation' | 'subscription';
    meta?: { access?: string };
    output?: { shape?: object };
  };
}

function procedureTable(router: AnyTRPCRouter): string {
  const table: Record<string, Record<string, string>> = {};
  for (const [path, procedure] of Object.entries(router._def.procedures as Record<string, Procedure>)) {
    const [domain, name] = path.split('.') as [string, string];
    table[domain] ??= {};
    table[domain][name] = kindOf(procedure);
  }
  return [
    GENERATED,
    '/** `list`: a query that returns pages. `unkeyed`: a mutation without an idempotency key. */\n',
    "export type Kind = 'query' | 'list' | 'mutation' | 'unkeyed' | 'subscription';\n\n",
    `export const procedures: Record<string, Record<string, Kind>> = ${json(table)};\n`,
  ].join('');
}

function kindOf({ _def: { type, meta, output } }: Procedure): string {
  const { shape = {} } = output ?? {};
  if (type === 'mutation') return meta?.access === 'user' ? 'mutation' : 'unkeyed';
  return type === 'query' && 'items' in shape && 'nextCursor' in shape ? 'list' : type;
}

function errorClasses(): string {
  const classes = (Object.keys(errorCatalogue) as ErrorCode[]).map((code) => {
    const name = code.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    return [
      `/** ${errorCatalogue[code].title}: ${statusOf(code)}. */\n`,
      `export const ${name}Error: CielErrorClass<'${code}'> = /* @__PURE__ */ errorClass('${code}');\n`,
    ].join('');
  });
  return [
    GENERATED,
    "import { type CielErrorClass, errorClass } from './errors.ts';\n\n",
    '/** Every error code of the server. */\n',
    `export type ErrorCode =\n${Object.keys(errorCatalogue)
      .map((code) => `  | '${code}'`)
      .join('\n')};\n\n`,
    ...classes,
  ].join('');
}

function limitTables(): string {
  return [
    GENERATED,
    '/** Limits of a signed-in user, one for each trust level: New, Basic, Trusted, Verified. */\n',
    `export const userLimits = ${json(userLimits)} as const;\n\n`,
    '/** Limits of a client address. */\n',
    `export const addressLimits = ${json(addressLimits)} as const;\n`,
  ].join('');
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
