import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AnyTRPCRouter } from '@trpc/server';
import { errorCatalogue } from '../core/errors.ts';
import { addressLimits, userLimits } from '../core/limits.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const GENERATED = '// Made by `npm run generate` from the server. Not to be edited.\n';

/** The parts of the SDK that are made from the server, by path from the root. */
export function clientSources(router: AnyTRPCRouter): Record<string, string> {
  return {
    'sdk/src/router.ts': routerTypes(),
    'sdk/src/procedures.ts': `${GENERATED}export const procedures = ${json(procedureKinds(router))} as const;\n`,
    'sdk/src/codes.ts': `${GENERATED}/** Every error that the server can answer. */\nexport type ErrorCode =\n${Object.keys(
      errorCatalogue,
    )
      .map((code) => `  | '${code}'`)
      .join('\n')};\n`,
    'sdk/src/limits.ts': limitTables(),
  };
}

type Kind = 'query' | 'mutation' | 'subscription' | 'list';

function procedureKinds(router: AnyTRPCRouter): Record<string, Kind> {
  const procedures = router._def.procedures as Record<
    string,
    { _def: { type: 'query' | 'mutation' | 'subscription'; output?: { shape?: object } } }
  >;
  return Object.fromEntries(
    Object.entries(procedures).map(([path, { _def }]) => {
      const isList =
        _def.type === 'query' &&
        _def.output?.shape &&
        'items' in _def.output.shape &&
        'nextCursor' in _def.output.shape;
      return [path, isList ? 'list' : _def.type];
    }),
  );
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

function erasedNames(declaration: string): string {
  const body = declaration
    .replaceAll(/import\("[^"]*"\)\.(Context|Meta)\b/g, 'object')
    .replaceAll(/import\("[^"]*"\)\.ErrorShape\b/g, 'import("./errors.ts").ErrorShape')
    .replaceAll('@trpc/server/unstable-core-do-not-import', '@trpc/server')
    .replaceAll(/^import .*;\n/gm, '')
    .replaceAll(/^export \{\};\n/gm, '');
  const left = [...body.matchAll(/(?:from |import\()"([^"]+)"/g)]
    .map(([, from]) => from!)
    .filter((from) => !['@trpc/server', './errors.ts'].includes(from));
  if (left.length)
    throw new Error(`the declaration of the router still names ${[...new Set(left)].join(', ')}`);
  return `${GENERATED}${body}`;
}
