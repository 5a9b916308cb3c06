import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../config/config.ts';
import { makeSecret, readSecret, type SecretName, writeSecret } from '../../config/secrets.ts';
import { StartupProblem } from '../../infra/startupError.ts';
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
  /** How many are kept under DATA_DIR now; null where a variable has them. */
  kept: number | null;
  /** What to put into the variable; null when there is nothing to put. */
  value: string | null;
  isDropping: boolean;
  /** In the audit log: false when the database was away, which keeps nobody from rotating. */
  isRecorded: boolean;
}

export const rotateKeys = command({
  name: 'rotate-keys',
  says: 'Make a new key, which signs from the next start on; the old ones go on being good until they are dropped',
  takes: { kind: 'access, refresh or admin (the token of operators, of which there is only one)' },
  options: { 'drop-old': flag('make none, and forget all but the newest') },
  examples: ['rotate-keys access', 'rotate-keys refresh --drop-old'],
  question({ args: { kind }, options }) {
    requireKind(kind);
    if (kind === 'admin')
      return 'Make a new admin token? The old one is good for nothing from the next start on.';
    if (!options['drop-old']) return null;
    return kind === 'access'
      ? 'Forget the old access keys? Who has a token of theirs has to refresh it.'
      : 'Forget the old refresh keys? Who has not come back since they were replaced signs in again, and devices that were blocked before are not known any more.';
  },
  async run({ args: { kind }, options, actor }): Promise<Rotated> {
    requireKind(kind);
    const isDropping = options['drop-old'];
    const outcome = rotate(kind, isDropping);
    return { kind, ...outcome, isDropping, isRecorded: await record(actor, kind, isDropping, outcome.kept) };
  },
  show: (rotated) =>
    [
      told(rotated),
      ...(rotated.kind === 'refresh' && rotated.isDropping
        ? ['devices that were only seen, or blocked, under the old keys are not known any more']
        : []),
      ...(rotated.isRecorded
        ? []
        : ['the audit log could not be written: there is no database to be reached']),
    ].join('\n'),
});

function rotate(kind: Kind, isDropping: boolean): Pick<Rotated, 'kept' | 'value'> {
  const config = parseConfig();
  const { file } = secrets[kind];
  const given = { access: config.accessKeys, refresh: config.refreshKeys, admin: config.adminToken }[kind];
  if (!config.isEmbedded || given) return { kept: null, value: isDropping ? null : makeSecret(file) };
  if (!existsSync(join(config.dataDir, 'secrets')))
    throw new StartupProblem(`There is no Ciel in ${config.dataDir}: name another by DATA_DIR.`);
  const old = readSecret(config.dataDir, file);
  const fresh = isDropping ? old.slice(0, 1) : [makeSecret(file), ...(kind === 'admin' ? [] : old)];
  writeSecret(config.dataDir, file, fresh);
  return { kept: fresh.length, value: null };
}

async function record(actor: string, kind: Kind, isDropping: boolean, kept: number | null) {
  const [{ withCiel }, { recordAct }] = await Promise.all([
    import('../../script.ts'),
    import('../../domains/moderation/service.ts'),
  ]);
  const action = isDropping ? 'key.dropOld' : 'key.rotate';
  const entry = { actor, action, subjectType: 'key', subjectId: kind, details: { kept } };
  return withCiel(({ app }) => recordAct(app, entry), { actor }).then(
    () => true,
    () => false,
  );
}

function told({ kind, kept, value }: Rotated): string {
  const { file, variable } = secrets[kind];
  if (kept !== null) return `${file} holds ${kept}; start Ciel again to use it`;
  if (value === null)
    return `${variable} has the keys: leave the first alone in it, and start every process again`;
  const how = kind === 'admin' ? 'is to be' : 'gets, before the first and with a comma after it,';
  return `${value}\n${variable} ${how} this value; then start every process again`;
}

function requireKind(kind: string): asserts kind is Kind {
  if (!Object.hasOwn(secrets, kind)) throw new Usage(`"${kind}" is no key: access, refresh and admin are`);
}
