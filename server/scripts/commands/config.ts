import { parseConfig } from '../../config/config.ts';
import { command } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const config = command({
  name: 'config',
  says: 'Show the effective configuration, without secrets',
  examples: ['config', 'config --json'],
  run: async () => withoutSecrets(parseConfig()),
  show: (values) => columns(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)])),
});

function withoutSecrets({
  accessKeys,
  refreshKeys,
  adminToken,
  workerToken,
  redisUrl,
  database,
  queue,
  ...open
}: ReturnType<typeof parseConfig>) {
  return {
    ...open,
    database: { ...database, url: withoutPassword(database.url) },
    redisUrl: withoutPassword(redisUrl),
    queue: queue && { ...queue, credentials: queue.credentials ? 'set' : 'the AWS default chain' },
    accessKeys: accessKeys ? `${accessKeys.length} set` : null,
    refreshKeys: refreshKeys ? `${refreshKeys.length} set` : null,
    adminToken: adminToken === null ? null : 'set',
    workerToken: workerToken === null ? null : 'set',
  };
}

/** Drops the query of the URL too, which may contain a password. */
function withoutPassword(url: string | null): string | null {
  if (url === null) return null;
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}
