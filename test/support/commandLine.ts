import { randomBytes } from 'node:crypto';
import { type Ending, launch } from './program.ts';
import type { World } from './world.ts';

const key = () => randomBytes(32).toString('base64');

/** The environment of an installation whose database and objects are the world's. */
export const environmentOf = ({ databaseUrl, folder }: World): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  DATA_DIR: folder,
  PASETO_ACCESS_KEY: key(),
  PASETO_REFRESH_KEY: key(),
});

/** Runs `npm run ciel -- …args` as a process of its own, where nobody can be asked. */
export const ciel = async (environment: Record<string, string>, ...args: string[]): Promise<Ending> =>
  (await launch('server/scripts/ciel.ts', environment, args)).ended;

export type CommandLine = (...args: string[]) => Promise<Ending>;

/** What a command prints with `--json`, having ended well. */
export async function jsonOf<T>(ending: Promise<Ending>): Promise<T> {
  const { code, stdout, stderr } = await ending;
  if (code !== 0) throw new Error(`ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
