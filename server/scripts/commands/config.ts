import { parseConfig } from '../../config/config.ts';
import { command } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

export const config = command({
  name: 'config',
  says: 'Show the configuration as it is understood, without its secrets',
  examples: ['config', 'config --json'],
  run: async () => told(parseConfig()),
  show: (values) => columns(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)])),
});

function told({
  accessKeys,
  refreshKeys,
  adminToken,
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
  };
}

/** Without what else is in the query of the URL too: that may be a password as well. */
function withoutPassword(url: string | null): string | null {
  if (url === null) return null;
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}
