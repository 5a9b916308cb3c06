import { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataFolder, makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { freePort, launch, startProgram } from '../support/program.ts';

let whole: DataFolder;

beforeAll(async () => {
  whole = await makeDataFolder();
  await (await startProgram('server/main.ts', { DATA_DIR: whole.path }, 'Ctrl-C')).stop();
});
afterAll(() => whole[Symbol.asyncDispose]());

/** The lines that a start says when it does not come up, nothing of it being left. */
async function refusalOf(environment: Record<string, string>): Promise<string[]> {
  const { ended } = await launch('server/main.ts', { LOG_LEVEL: 'silent', ...environment });
  const { code, stdout, stderr } = await ended;
  expect([code, stdout]).toEqual([1, '']);
  if (environment.DATA_DIR) expect(postgresOn(environment.DATA_DIR)).toEqual([]);
  expect(stderr).not.toMatch(/^ +at /m);
  return stderr.trimEnd().split('\n');
}

test('a port in use is named, and another proposed', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  try {
    const lines = await refusalOf({ DATA_DIR: whole.path, HTTP_ADDR: `127.0.0.1:${port}` });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^Port ${port} .*in use.*HTTP_ADDR=127.0.0.1:${port + 1}$`)),
    ]);
  } finally {
    server.close();
  }
});

test('a second program on the same data folder is refused, and the first goes on', async () => {
  const first = await startProgram('server/main.ts', { DATA_DIR: whole.path }, 'Ctrl-C');
  const second = await launch('server/main.ts', { LOG_LEVEL: 'silent', DATA_DIR: whole.path });
  const { code, stderr } = await second.ended;
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^Another Ciel is running on the data folder .*\n$/),
  ]);
  expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  expect((await first.stop()).code).toBe(0);
});

test('every bad variable has a line with an example, and no value is repeated', async () => {
  const lines = await refusalOf({
    HTTP_ADDR: '127.0.0.1:1',
    APP_MODE: 'everything',
    ADMIN_TOKEN: 'hidden-word',
    TRUSTED_PROXY_CIDRS: '10.0.0.0/8,hidden-word',
    PASETO_ACCESS_KEY: 'hidden-word',
  });
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
    'ADMIN_TOKEN',
    'APP_MODE',
    'PASETO_ACCESS_KEY',
    'TRUSTED_PROXY_CIDRS',
  ]);
  for (const line of lines) expect(line).toMatch(/ Example: \w+=/);
  expect(lines.join()).not.toContain('hidden-word');
});

describe('a data folder', () => {
  test('that is a file is refused', async () => {
    const file = join(whole.path, 'demo.json');
    expect(await refusalOf({ DATA_DIR: file })).toEqual([expect.stringContaining(file)]);
  });

  test.runIf(process.platform === 'linux')('in which nothing can be made is refused', async () => {
    expect(await refusalOf({ DATA_DIR: '/proc/ciel/data' })).toEqual([
      expect.stringMatching(/\/proc\/ciel.*DATA_DIR/),
    ]);
  });

  const cut = (length: number) => async (path: string) => {
    const content = await readFile(path);
    await truncate(path, length);
    return () => writeFile(path, content);
  };
  /** Each damages a file or folder, and returns a function that repairs it. */
  const damages: [string, RegExp, string, (path: string) => Promise<() => Promise<unknown>>][] = [
    [
      'of a cut control file',
      /^The database in .* is damaged .*pg_control.*backup/,
      'postgres/global/pg_control',
      cut(100),
    ],
    [
      'of a missing catalogue',
      /^The database in .* is damaged .*base\/5\/1259.*backup/,
      'postgres/base/5/1259',
      async (path) => {
        await rename(path, `${path}.away`);
        return () => rename(`${path}.away`, path);
      },
    ],
    [
      'of a cut key',
      /access\.key is damaged: restore it from a backup, or delete it/,
      'secrets/access.key',
      cut(7),
    ],
    [
      'of a file where photographs are kept',
      /^Cannot use .*files.* for data/,
      'files',
      async (path) => {
        await rename(path, `${path}.away`);
        await writeFile(path, '');
        return async () => {
          await rm(path);
          await rename(`${path}.away`, path);
        };
      },
    ],
  ];
  test.each(damages)('that is damaged %s is refused', async (_, sentence, name, damage) => {
    const mend = await damage(join(whole.path, name));
    const lines = await refusalOf({ DATA_DIR: whole.path });
    await mend();
    expect(lines).toEqual([expect.stringMatching(sentence)]);
  });
});
