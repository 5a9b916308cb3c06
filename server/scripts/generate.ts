import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openApiDocument } from '../api/openapi/document.ts';
import { endpointsOf, streamsOf } from '../api/rest/endpoints.ts';
import { appRouter } from '../api/router.ts';
import { breakingChanges } from './generator/breaking/document.ts';
import { clientSources } from './generator/clientSources.ts';

/**
 * `npm run generate`: writes the files that are generated from the router. `--check` writes nothing, and fails if a file is stale or
 * the API breaks clients of the released document. `--release` makes today's document the released one.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const router = appRouter(null as never);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

const document = openApiDocument([...endpointsOf(router), ...streamsOf(router)], version);
const RELEASED = 'sdk/released.json';

const generated = {
  ...clientSources(router, document),
  'sdk/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  ...(process.argv.includes('--release') ? { [RELEASED]: `${JSON.stringify(document)}\n` } : {}),
};

const stale = Object.entries(generated).filter(([path, text]) => readOrEmpty(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run npm run generate`);
  const breaks = breakingChanges(JSON.parse(readOrEmpty(RELEASED)), document);
  for (const change of breaks) console.error(`breaks clients of the released document: ${change}`);
  process.exitCode = stale.length || breaks.length ? 1 : 0;
} else {
  for (const [path, text] of stale) writeFileSync(join(ROOT, path), text);
  console.log(stale.length ? `wrote ${stale.map(([path]) => path).join(', ')}` : 'all up to date');
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
}
