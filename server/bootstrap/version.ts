import { readFileSync } from 'node:fs';

/** The version of the program, of package.json. */
export const versionOf = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
