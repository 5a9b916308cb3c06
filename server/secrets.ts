import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Secrets } from './core/app.ts';
import { StartupProblem } from './infra/startupProblem.ts';

interface Kind {
  make(): string;
  isWhole(text: string): boolean;
}

const KEY: Kind = {
  make: () => randomBytes(32).toString('base64'),
  isWhole: (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
};
const TOKEN: Kind = {
  make: () => randomBytes(32).toString('hex'),
  isWhole: (text) => text.length >= 32,
};

/** From the configuration; on the embedded stack what is missing is made once and kept, readable by its owner only. */
export function loadSecrets({ isEmbedded, dataDir, ...config }: Config): Secrets {
  const kept = (name: string, kind: Kind) => keep(join(dataDir, 'secrets'), name, kind);
  // Elsewhere only workers start without keys, and they sign nothing.
  const key = (name: string) => [Buffer.from(isEmbedded ? kept(name, KEY) : KEY.make(), 'base64')];
  const refreshKeys = config.refreshKeys ?? key('refresh.key');
  return {
    accessKeys: config.accessKeys ?? key('access.key'),
    refreshKeys,
    cursorKey: derive(refreshKeys, 'cursors'),
    deviceKeys: refreshKeys.map((key) => derive([key], 'devices')),
    adminToken: config.adminToken ?? (isEmbedded ? kept('admin.token', TOKEN) : null),
  };
}

/** A key for another purpose, so that no secret serves two. */
export const derive = (keys: Buffer[], purpose: string) =>
  Buffer.from(hkdfSync('sha256', keys[0]!, Buffer.alloc(0), `ciel ${purpose}`, 32));

function keep(folder: string, name: string, { make, isWhole }: Kind): string {
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Renamed when it is on the disk: a start that is cut short leaves no half of a key.
    writeFileSync(`${file}.unfinished`, `${make()}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.unfinished`, file);
  }
  const text = readFileSync(file, 'utf8').trim();
  if (isWhole(text)) return text;
  throw new StartupProblem(
    `${file} is damaged: restore it from a backup, or remove it to have another one made (after which everybody signs in again).`,
  );
}
