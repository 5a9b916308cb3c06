import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigProblem, parseDatabaseConfig } from '../config.ts';
import { connectDatabase, waitForDatabase } from '../infra/db/connect.ts';
import { silentLog } from '../infra/log/log.ts';
import { startEmbeddedPostgres } from '../infra/postgres/embedded.ts';
import { runningUrl } from '../infra/postgres/running.ts';
import { StartupProblem } from '../infra/startupProblem.ts';
import { checks, findBroken } from './checks/findBroken.ts';

const BROKEN = 1;
const NOT_CHECKED = 2;

/** Prints every broken rule of the database at DATABASE_URL, or else of the embedded one in DATA_DIR, a line each. */
async function main(): Promise<void> {
  const { url, stop } = await findDatabase();
  const database = connectDatabase({
    url,
    maxConnections: 1,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 7200,
    statementTimeoutSeconds: 3600,
    applicationName: 'ciel check:data',
  });
  try {
    await waitForDatabase(database);
    const broken = await findBroken(database.db);
    for (const { name, says, count, examples } of broken)
      console.log(`${name}: ${count} ${says}: ${examples.join(', ')}${count > examples.length ? ', …' : ''}`);
    console.log(`${broken.length} of ${checks.length} rules are broken`);
    if (broken.length > 0) process.exitCode = BROKEN;
    await database.close();
  } finally {
    await stop();
  }
}

async function findDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const { url, dataDir } = parseDatabaseConfig();
  const running = url ?? (await runningUrl(dataDir));
  if (running === null && !existsSync(join(dataDir, 'postgres')))
    throw new StartupProblem(`There is no database in ${dataDir}: name one by DATABASE_URL or DATA_DIR.`);
  if (running !== null) return { url: running, stop: async () => {} };
  return startEmbeddedPostgres({ dataDir, log: silentLog });
}

await main().catch((error: unknown) => {
  if (!(error instanceof ConfigProblem || error instanceof StartupProblem)) throw error;
  console.error(error.message);
  process.exitCode = NOT_CHECKED;
});
