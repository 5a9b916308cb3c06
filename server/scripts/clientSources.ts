import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AnyTRPCRouter } from '@trpc/server';
import { type ErrorCode, errorCatalogue } from '../core/errors.ts';
import { addressLimits, userLimits } from '../core/limits.ts';
import { statusOf } from '../core/statuses.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const GENERATED = '// Made by `npm run generate` from the server. Not to be edited.\n';

/** The parts of the SDK that are made from the server, by path from the root. */
export function clientSources(router: AnyTRPCRouter): Record<string, string> {
  return {
    'sdk/src/router.ts': routerTypes(),
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
    '/** `list`: a query that answers pages. `act`: a mutation that takes no idempotency key. */\n',
    "export type Kind = 'query' | 'list' | 'mutation' | 'act' | 'subscription';\n\n",
    `export const procedures: Record<string, Record<string, Kind>> = ${json(table)};\n`,
  ].join('');
}

function kindOf({ _def: { type, meta, output } }: Procedure): string {
  const { shape = {} } = output ?? {};
  if (type === 'mutation') return meta?.access === 'user' ? 'mutation' : 'act';
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
    '/** Every error that the server can answer. */\n',
    `export type ErrorCode =\n${Object.keys(errorCatalogue)
      .map((code) => `  | '${code}'`)
      .join('\n')};\n\n`,
    ...classes,
  ].join('');
}

function limitTables(): string {
  return [
    GENERATED,
    '/** Budgets of a signed-in user, for New, Basic, Trusted and Verified. */\n',
    `export const userLimits = ${json(userLimits)} as const;\n\n`,
    '/** Budgets of a client address. */\n',
    `export const addressLimits = ${json(addressLimits)} as const;\n`,
  ].join('');
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** The compiler writes the router out in full; the two names of the server that are left in it say nothing to a client. */
function routerTypes(): string {
  const out = mkdtempSync(join(tmpdir(), 'ciel-router-'));
  try {
    const config = join(out, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.json'),
        compilerOptions: {
          noEmit: false,
          declaration: true,
          emitDeclarationOnly: true,
          rootDir: ROOT,
          outDir: join(out, 'types'),
          typeRoots: [join(ROOT, 'node_modules/@types')],
        },
        include: [],
        files: [join(ROOT, 'server/api/clientRouter.ts')],
      }),
    );
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return erasedNames(readFileSync(join(out, 'types/server/api/clientRouter.d.ts'), 'utf8'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const SHAPES: Record<string, string> = {
  TRPCBuiltRouter: 'Router',
  TRPCDecorateCreateRouterOptions: 'Procedures',
  TRPCQueryProcedure: 'Query',
  TRPCMutationProcedure: 'Mutation',
  TRPCSubscriptionProcedure: 'Subscription',
  TrackedData: 'TrackedData',
};

/** Without the packages and names of the server: what is left are the inputs and answers. */
function erasedNames(declaration: string): string {
  const body = declaration
    .replaceAll(
      /import\("@trpc\/server(?:\/unstable-core-do-not-import)?"\)\.(\w+)/g,
      (all, name: string) => SHAPES[name] ?? all,
    )
    .replaceAll(/^ *(ctx|meta|errorShape|transformer): .*;\n/gm, '')
    .replaceAll(/Router<\{\s*\}, /g, 'Router<unknown, ')
    .replaceAll(/^import .*;\n/gm, '')
    .replaceAll(/^export \{\};\n/gm, '')
    .replace(/^[\s\S]*?export declare const clientRouter: \(\) => /, 'export type Api = ')
    .replace(/^export type AppRouter.*\n/m, '');
  const left = body.match(/(from |import\()"[^"]+"|\bTRPC\w+/g);
  if (left) throw new Error(`the declaration of the router still names ${[...new Set(left)].join(', ')}`);
  const shapes = Object.values(SHAPES).sort().join(', ');
  return `${GENERATED}import type { ${shapes} } from './shapes.ts';\n\n/** Every procedure, with what it takes and answers. */\n${body}`;
}
