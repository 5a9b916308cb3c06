import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../config/config.ts';
import { makeSecret, readSecret, type SecretName, writeSecret } from '../../config/secrets.ts';
import { StartupError } from '../../infra/startupError.ts';
import { command, flag } from '../cli/command.ts';
import { Usage } from '../cli/failures.ts';

const secrets = {
  access: { file: 'access.key', variable: 'PASETO_ACCESS_KEY' },
  refresh: { file: 'refresh.key', variable: 'PASETO_REFRESH_KEY' },
  admin: { file: 'admin.token', variable: 'ADMIN_TOKEN' },
} as const satisfies Record<string, { file: SecretName; variable: string }>;
type Kind = keyof typeof secrets;

interface Rotated {
  kind: Kind;
  /** Number of keys in DATA_DIR now; null when an environment variable holds them. */
  kept: number | null;
  /** The value to put into the variable; null when there is none. */
  value: string | null;
  isDropping: boolean;
  /** Whether the audit log was written; keys can be rotated while the database is unavailable. */
  isRecorded: boolean;
}

export const rotateKeys = command({
  name: 'rotate-keys',
  says: 'Create a new key, used from the next start; old keys stay valid until they are dropped',
  takes: { kind: "access, refresh or admin (the operators' token, of which there is only one)" },
  options: { 'drop-old': flag('create none, and remove all but the newest') },
  examples: ['rotate-keys access', 'rotate-keys refresh --drop-old'],
  question({ args: { kind }, options }) {
    requireKind(kind);
    if (kind === 'admin') return 'Create a new admin token? The old one stops working at the next start.';
    if (!options['drop-old']) return null;
    return kind === 'access'
      ? 'Remove the old access keys? Clients with tokens signed by them have to refresh.'
      : 'Remove the old refresh keys? Users who have not returned since the rotation must sign in again, and devices blocked before it are no longer recognised.';
  },
  async run({ args: { kind }, options, actor }): Promise<Rotated> {
    requireKind(kind);
    const isDropping = options['drop-old'];
    const outcome = rotate(kind, isDropping);
    return { kind, ...outcome, isDropping, isRecorded: await record(actor, kind, isDropping, outcome.kept) };
  },
  show: (rotated) =>
    [
      describe(rotated),
      ...(rotated.kind === 'refresh' && rotated.isDropping
        ? ['devices that were last seen or blocked under the old keys are no longer recognised']
        : []),
      ...(rotated.isRecorded ? [] : ['the audit log could not be written: the database is unavailable']),
    ].join('\n'),
});

function rotate(kind: Kind, isDropping: boolean): Pick<Rotated, 'kept' | 'value'> {
  const config = parseConfig();
  const { file } = secrets[kind];
  const given = { access: config.accessKeys, refresh: config.refreshKeys, admin: config.adminToken }[kind];
  if (!config.isEmbedded || given) return { kept: null, value: isDropping ? null : makeSecret(file) };
  if (!existsSync(join(config.dataDir, 'secrets')))
    throw new StartupError(`There is no Ciel in ${config.dataDir}: set DATA_DIR to its folder.`);
  const old = readSecret(config.dataDir, file);
  const fresh = isDropping ? old.slice(0, 1) : [makeSecret(file), ...(kind === 'admin' ? [] : old)];
  writeSecret(config.dataDir, file, fresh);
  return { kept: fresh.length, value: null };
}

async function record(actor: string, kind: Kind, isDropping: boolean, kept: number | null) {
  const [{ withCiel }, { recordAudit }] = await Promise.all([
    import('../../script.ts'),
    import('../../domains/audit/public.ts'),
  ]);
  const action = isDropping ? 'key.dropOld' : 'key.rotate';
  const entry = { actor, action, subjectType: 'key', subjectId: kind, details: { kept } };
  return withCiel(({ app }) => recordAudit(app, entry), { actor }).then(
    () => true,
    () => false,
  );
}

function describe({ kind, kept, value }: Rotated): string {
  const { file, variable } = secrets[kind];
  if (kept !== null) return `${file} now has ${kept}; restart Ciel to use it`;
  if (value === null) return `${variable} holds the keys: keep only the first, and restart every process`;
  const how =
    kind === 'admin'
      ? `Set ${variable} to this value`
      : `Put this value first in ${variable}, followed by a comma`;
  return `${value}\n${how}, then restart every process`;
}

function requireKind(kind: string): asserts kind is Kind {
  if (!Object.hasOwn(secrets, kind))
    throw new Usage(`"${kind}" is not a kind of key: access, refresh or admin`);
}
