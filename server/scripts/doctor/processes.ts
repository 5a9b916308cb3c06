import { setupOf } from '../../bootstrap/peers.ts';
import type { Config } from '../../config/config.ts';
import { type Aspect, differencesOf, type Setup } from '../../domains/processes/differences.ts';
import { countConnections, listProcesses } from '../../domains/processes/public.ts';
import type { Database } from '../../infra/db/db.ts';
import { absent, examine, type Finding, ok, warning } from './finding.ts';

const named: Record<Aspect, string> = {
  version: 'the version',
  publicUrl: 'PUBLIC_URL',
  store: 'the object store',
  queue: 'the queue',
  accessKeys: 'PASETO_ACCESS_KEY',
  refreshKeys: 'PASETO_REFRESH_KEY',
};

/** Compares the running processes with each other, and with the configuration at hand. */
export const examineProcesses =
  ({ db }: Database, config: Config) =>
  (): Promise<Finding> =>
    examine('processes', () => compare(db, config), 'npm run ciel -- migrate creates missing tables.');

async function compare(db: Database['db'], config: Config) {
  const running = await listProcesses({ db });
  if (running.length === 0) return absent('none is running', 'npm start');
  const modes = [...new Set(running.map(({ mode }) => mode))];
  const { wanted, available } = await countConnections({ db });
  const counts = modes
    .map((mode) => `${running.filter((row) => row.mode === mode).length} ${mode}`)
    .join(', ');
  const says = `${counts}, up to ${wanted} of ${available} connections to PostgreSQL`;
  const keys = { accessKeys: config.accessKeys ?? [], refreshKeys: config.refreshKeys ?? [] };
  const all = [
    ...running.map((row) => ({
      name: `${row.mode} on ${row.host} (process ${row.pid})`,
      setup: row as Setup,
    })),
    { name: 'this configuration', setup: setupOf(config, keys) },
  ];
  const differences = Object.keys(named).flatMap((aspect) => {
    const [first] = all.flatMap((one, at) =>
      all
        .slice(at + 1)
        .filter((other) => differencesOf(one.setup, other.setup).includes(aspect as Aspect))
        .map((other) => `${named[aspect as Aspect]} of ${one.name} and of ${other.name}`),
    );
    return first ? [first] : [];
  });
  if (differences.length === 0)
    return wanted > available
      ? warning(says, 'Lower DB_MAX_CONNECTIONS or raise max_connections of PostgreSQL.')
      : ok(says);
  return warning(
    `${says}; they differ in ${differences.join('; ')}`,
    'Give all of them the same variables and version.',
  );
}
