import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type Ending, launch } from './program.ts';
import type { World } from './world.ts';

const ROOT = resolve(import.meta.dirname, '../..');

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

/** The same at a terminal, with typed input; null without util-linux, which provides one. */
export async function cielAtTerminal(
  environment: Record<string, string>,
  typed: string,
  ...args: string[]
): Promise<{ code: number | null; screen: string } | null> {
  if (!hasScript()) return null;
  const words = [process.execPath, join(ROOT, 'server/scripts/ciel.ts'), ...args];
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (text.includes('Type yes to continue')) child.stdin.write(typed);
  });
  await once(child, 'close');
  return { code: child.exitCode, screen };
}

function hasScript(): boolean {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (/util-linux/.test(stdout ?? '')) return true;
  console.warn('skipped: what is asked at a terminal, because there is no script of util-linux');
  return false;
}

export type CommandLine = (...args: string[]) => Promise<Ending>;

/** What a command prints with `--json`, having ended well. */
export async function jsonOf<T>(ending: Promise<Ending>): Promise<T> {
  const { code, stdout, stderr } = await ending;
  if (code !== 0) throw new Error(`ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
