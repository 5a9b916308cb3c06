import { createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../core/app.ts';
import { StartupError } from '../infra/startupError.ts';
import type { Config } from './config.ts';

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

/** The secrets kept under DATA_DIR on the embedded stack, by file name. */
const kinds = { 'access.key': KEY, 'refresh.key': KEY, 'admin.token': TOKEN };
export type SecretName = keyof typeof kinds;

/** Takes the secrets from the configuration. On the embedded stack missing ones are made once and kept, readable only by their owner. */
export function loadSecrets({ isEmbedded, dataDir, ...config }: Config): Secrets {
  // Without the embedded stack only workers start without keys, and they sign nothing.
  const keys = (name: SecretName) =>
    (isEmbedded ? readSecret(dataDir, name) : [KEY.make()]).map((key) => Buffer.from(key, 'base64'));
  const refreshKeys = config.refreshKeys ?? keys('refresh.key');
  return {
    accessKeys: config.accessKeys ?? keys('access.key'),
    refreshKeys,
    cursorKeys: deriveKeys(refreshKeys, 'cursors').map((key) => createSecretKey(key)),
    grantKeys: deriveKeys(refreshKeys, 'grants').map((key) => createSecretKey(key)),
    deviceKeys: deriveKeys(refreshKeys, 'devices'),
    adminToken: config.adminToken ?? (isEmbedded ? readSecret(dataDir, 'admin.token')[0]! : null),
  };
}

/** Derives keys for another purpose, so that no key serves two. */
export const deriveKeys = (keys: Buffer[], purpose: string): Buffer[] =>
  keys.map((key) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `ciel ${purpose}`, 32)));

export const makeSecret = (name: SecretName): string => kinds[name].make();

const fileOf = (dataDir: string, name: SecretName) => join(dataDir, 'secrets', name);

/** One secret per line, newest first; made when there is none. */
export function readSecret(dataDir: string, name: SecretName): string[] {
  const file = fileOf(dataDir, name);
  if (!existsSync(file)) writeSecret(dataDir, name, [makeSecret(name)]);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  if (lines.every(kinds[name].isWhole)) return lines;
  throw new StartupError(
    `${file} is damaged: restore it from a backup, or delete it to have a new one made (after which everybody has to sign in again).`,
  );
}

/** Renames the file once it is on disk, so that a crash leaves no partial key. */
export function writeSecret(dataDir: string, name: SecretName, lines: string[]): void {
  const file = fileOf(dataDir, name);
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.unfinished`, `${lines.join('\n')}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.unfinished`, file);
}
