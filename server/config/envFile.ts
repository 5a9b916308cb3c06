import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, isTest } from './config.ts';
import { variables } from './variables.ts';

const FILE = join(import.meta.dirname, '../../.env');
/** Names that look like ours, and are read by docker-compose.yml or by OpenTelemetry. */
const OF_OTHERS = /^(S3_SECRET_KEY$|OTEL_)/;

let isLoaded = false;

const prefixOf = (name: string) => name.split('_')[0]!;

/**
 * Adds the variables of the `.env` beside package.json to those of the environment, which win; not in tests. Returns the names that look
 * like ours, and are none: whoever set them would wait in vain for an effect. Later calls do nothing.
 */
export function loadEnvFile(): string[] {
  if (isLoaded || isTest()) return [];
  const text = readFile();
  isLoaded = true;
  if (!text) return [];
  process.loadEnvFile(FILE);
  return strangeNames(Object.keys(parseEnv(text)));
}

export function strangeNames(names: string[]): string[] {
  const ours = Object.keys(variables);
  const prefixes = new Set(ours.map(prefixOf));
  return names.filter(
    (name) => prefixes.has(prefixOf(name)) && !ours.includes(name) && !OF_OTHERS.test(name),
  );
}

function readFile(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new ConfigError(`${FILE} can't be read (${code})`);
  }
}
