import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { readSecret, type SecretName } from '../../config/secrets.ts';
import { absent, examine, type Finding, ok, warning } from './finding.ts';

/** Findings never contain any part of a secret. */
export const examineKeys = (config: Config): (() => Promise<Finding>)[] => [
  () => examine('access key', async () => key(config, 'access.key', config.accessKeys), RESTORE),
  () => examine('refresh key', async () => key(config, 'refresh.key', config.refreshKeys), RESTORE),
  () => examine('admin token', async () => token(config), RESTORE),
];

const RESTORE = 'Restore it from a backup, or delete it: the next start creates a new one.';

function key(config: Config, name: SecretName, given: Buffer[] | null) {
  if (given) return ok(`${given.length} in an environment variable`);
  if (config.isEmbedded) return kept(config, name);
  return absent('none: this process signs nothing', null);
}

function token(config: Config) {
  if (config.adminToken !== null) return ok('in an environment variable');
  if (config.isEmbedded) return kept(config, 'admin.token');
  return warning(
    'none: all admin procedures are refused over HTTP',
    'Set ADMIN_TOKEN, for example to the output of openssl rand -hex 32.',
  );
}

function kept({ dataDir }: Config, name: SecretName) {
  const file = join(dataDir, 'secrets', name);
  if (!existsSync(file)) return absent('none yet', 'npm start creates it.');
  const { length } = readSecret(dataDir, name);
  const says = `${length} in ${file}`;
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return isOpen ? warning(`${says}, which other users can read`, `chmod 600 ${file}`) : ok(says);
}
