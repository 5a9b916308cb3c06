/** What the drivers of other programs read from the URL. To PostgreSQL and to ours they mean nothing, and a server refuses them. */
const OTHERS = new Set([
  'channel_binding',
  'connection_limit',
  'gssencmode',
  'pgbouncer',
  'pool_timeout',
  'prepareThreshold',
  'schema',
  'socket_timeout',
  'sslaccept',
  'sslcert',
  'sslidentity',
  'sslkey',
  'sslpassword',
  'sslrootcert',
  'statement_cache_size',
  'supa',
  'uselibpqcompat',
  'workaround',
]);

export interface DatabaseUrl {
  url: string;
  /** The URL says so, in the words of Prisma: pgbouncer=true. */
  isPooled: boolean;
  /** Names of the parameters that were left out. */
  leftOut: string[];
}

/** The URL without the parameters of other programs, having understood those that matter here. */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const url = new URL(text);
  const leftOut = [...new Set(url.searchParams.keys())].filter((name) => OTHERS.has(name));
  if (leftOut.length === 0) return { url: text, isPooled: false, leftOut };
  const isPooled = url.searchParams.get('pgbouncer') === 'true';
  // The certificates that this machine trusts, as in libpq.
  if (url.searchParams.get('sslrootcert') === 'system') url.searchParams.set('sslmode', 'verify-full');
  for (const name of leftOut) url.searchParams.delete(name);
  return { url: url.href, isPooled, leftOut };
}
