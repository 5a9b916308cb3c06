import { chmod, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { StartupError } from '../../server/infra/startupError.ts';

/** Empty, and accessible to the user that runs PostgreSQL when we are root. */
export async function makeDataFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ciel-embedded-')));
  await chmod(folder, 0o755);
  return folder;
}

/** The sentence with which a start refuses. */
export async function startupProblemOf(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}
