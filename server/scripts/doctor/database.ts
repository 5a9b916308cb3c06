import { MIGRATIONS } from '../../bootstrap/migrations.ts';
import type { Database } from '../../infra/db/db.ts';
import { findPending } from '../../infra/db/migrate.ts';
import { absent, broken, examine, type Finding, ok, warning } from './finding.ts';

const OLDEST = 180_000;
const CLOCK_MS = 2_000;
const WAITING_SECONDS = 300;

export const examineDatabase = (
  { sql, ...database }: Database,
  maxConnections: number,
): (() => Promise<Finding>)[] => {
  const lookAtServer = async () => {
    const [row] = await sql<{ version: string; number: number; encoding: string; limit: number }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
        current_setting('max_connections')::int as limit`;
    const { version, number, encoding, limit } = row!;
    if (number < OLDEST) return broken(`PostgreSQL ${version}`, 'Ciel needs PostgreSQL 18 or later.');
    if (encoding !== 'UTF8')
      return broken(`encoding ${encoding}`, 'Create the database with the encoding UTF8.');
    const says = `PostgreSQL ${version}, ${limit} connections`;
    if (maxConnections < limit) return ok(says);
    return warning(
      says,
      `One process may open ${maxConnections}. Lower DB_MAX_CONNECTIONS or raise max_connections.`,
    );
  };

  const lookAtMigrations = async () => {
    const { length } = await findPending({ sql, ...database }, MIGRATIONS);
    return length === 0 ? ok('all applied') : broken(`${length} not applied`, 'npm run ciel -- migrate');
  };

  const lookAtClock = async () => {
    const asked = Date.now();
    const [row] = await sql<
      { now: number }[]
    >`select extract(epoch from clock_timestamp())::float8 * 1000 as now`;
    const off = Math.round(row!.now - (asked + Date.now()) / 2);
    const says = `${Math.abs(off)} ms ${off < 0 ? 'ahead of' : 'behind'} the database`;
    return Math.abs(off) < CLOCK_MS
      ? ok(says)
      : warning(says, 'Synchronise both clocks with NTP: the expiry of tokens and tickets depends on them.');
  };

  const lookAtJobs = async () => {
    const [row] = await sql<{ ready: number; dead: number; waited: number }[]>`
      select count(*) filter (where dead_at is null and visible_at <= now())::int as ready,
        count(*) filter (where dead_at is not null)::int as dead,
        coalesce(extract(epoch from now() - min(visible_at) filter (where dead_at is null and receipt is null)), 0)::int as waited
      from jobs`;
    const { ready, dead, waited } = row!;
    const says = `${ready} ready, ${dead} dead`;
    if (waited > WAITING_SECONDS)
      return warning(
        `${says}, the oldest has been waiting for ${waited} s`,
        'Run npm start, or start a worker.',
      );
    return dead > 0 ? warning(says, 'npm run ciel -- dead shows why, replay retries them.') : ok(says);
  };

  const lookAtVariants = async () => {
    const [row] = await sql<{ lacking: number }[]>`
      select count(*)::int as lacking from media where status = 'completed' and added_due is not null`;
    const { lacking } = row!;
    return ok(
      lacking === 0 ? 'all made' : `${lacking} photographs lack some, which are made while no upload waits`,
    );
  };

  const ask = 'Check the log of PostgreSQL, and DATABASE_URL.';
  return [
    () => examine('database', lookAtServer, ask),
    () => examine('migrations', lookAtMigrations, ask),
    () => examine('clock', lookAtClock, ask),
    () => examine('jobs', lookAtJobs, 'npm run ciel -- migrate creates missing tables.'),
    () => examine('variants', lookAtVariants, 'npm run ciel -- migrate creates missing columns.'),
  ];
};

export const NO_DATABASE = absent('none yet', 'npm start creates it, or set DATABASE_URL.');
