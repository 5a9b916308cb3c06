import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../server/config/config.ts';
import { variables } from '../../server/config/variables.ts';

const KEY_A = Buffer.alloc(32, 1).toString('base64');
const KEY_B = Buffer.alloc(32, 2).toString('base64');
const real = {
  DATABASE_URL: 'postgres://ciel:hidden-word@db/ciel',
  PASETO_ACCESS_KEY: KEY_A,
  PASETO_REFRESH_KEY: KEY_B,
};

function problemsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('nothing set is the embedded stack on loopback', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({
    mode: 'combined',
    isEmbedded: true,
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://localhost:8080',
  });
});

test('real services make an api on every address', () => {
  expect(parseConfig(real)).toMatchObject({ mode: 'api', isEmbedded: false, host: '0.0.0.0' });
});

test.each([
  ['combined', 16],
  ['api', 16],
  ['worker', 6],
  ['serverless-worker', 5],
])('%s opens up to %d connections to the database', (mode, connections) => {
  const { database } = parseConfig({ ...real, APP_MODE: mode, S3_BUCKET: 'ciel' });
  expect(database.maxConnections).toBe(connections);
});

test('a pooler is found out at the start, unless the environment or the URL names it', () => {
  const poolerOf = (more: Record<string, string>) => parseConfig({ ...real, ...more }).database.pooler;
  const DATABASE_URL = `${real.DATABASE_URL}?pgbouncer=true`;
  expect(poolerOf({})).toBe(null);
  expect(poolerOf({ DATABASE_URL })).toBe('transaction');
  expect(poolerOf({ DATABASE_URL, DATABASE_POOLER: 'session' })).toBe('session');
});

test('workers need no keys', () => {
  for (const mode of ['worker', 'serverless-worker'])
    expect(parseConfig({ APP_MODE: mode, DATABASE_URL: real.DATABASE_URL, S3_BUCKET: 'ciel' })).toMatchObject(
      { mode, accessKeys: null },
    );
});

test('the drain is short where nobody balances load', () => {
  expect(parseConfig({}).drainMs).toBe(300);
  expect(parseConfig(real).drainMs).toBe(5000);
  expect(parseConfig({ ...real, DRAIN_SECONDS: '0.5' }).drainMs).toBe(500);
});

test('a list of keys rotates: the first signs, all verify', () => {
  const { accessKeys } = parseConfig({
    ...real,
    PASETO_ACCESS_KEY: `${KEY_A}, ${Buffer.alloc(32, 3).toString('base64')}`,
  });
  expect(accessKeys).toHaveLength(2);
});

const bad: [string, Record<string, string>][] = [
  ['APP_MODE', { APP_MODE: 'everything' }],
  ['APP_MODE without a database', { APP_MODE: 'worker' }],
  ['HTTP_ADDR', { HTTP_ADDR: '8080' }],
  ['HTTP_ADDR', { HTTP_ADDR: '0.0.0.0:99999' }],
  ['METRICS_ADDR', { METRICS_ADDR: '9090' }],
  ['METRICS_ADDR', { METRICS_ADDR: '0.0.0.0:8080', HTTP_ADDR: '0.0.0.0:8080' }],
  ['DRAIN_SECONDS', { DRAIN_SECONDS: '15.1' }],
  ['DRAIN_SECONDS', { DRAIN_SECONDS: '-1' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
  ['DATABASE_URL', { DATABASE_DIRECT_URL: 'postgres://localhost/ciel' }],
  ['DATABASE_DIRECT_URL', { ...real, DATABASE_DIRECT_URL: 'localhost' }],
  ['DATABASE_POOLER', { ...real, DATABASE_POOLER: 'statement' }],
  ['DB_MAX_CONNECTIONS', { DB_MAX_CONNECTIONS: '0' }],
  ['REDIS_URL', { REDIS_URL: 'localhost' }],
  ['S3_BUCKET', { S3_ENDPOINT: 'http://localhost:8333' }],
  ['QUEUE_NAME', { QUEUE_ENDPOINT: 'http://localhost:9324' }],
  ['SQS_SECRET_KEY', { SQS_ACCESS_KEY: 'a' }],
  ['PASETO_ACCESS_KEY', { DATABASE_URL: real.DATABASE_URL }],
  ['PASETO_ACCESS_KEY', { ...real, PASETO_ACCESS_KEY: 'short' }],
  ['PASETO_ACCESS_KEY', { ...real, PASETO_ACCESS_KEY: Buffer.alloc(32).toString('base64') }],
  ['PASETO_REFRESH_KEY', { ...real, PASETO_REFRESH_KEY: KEY_A }],
  [
    'PASETO_ACCESS_KEY',
    { ...real, PASETO_ACCESS_KEY: Buffer.from('sample-access-key-of-the-manual!').toString('base64') },
  ],
  ['ADMIN_TOKEN', { ADMIN_TOKEN: 'x'.repeat(31) }],
  ['WORKER_TOKEN', { WORKER_TOKEN: 'x'.repeat(31) }],
  ['WORKER_TOKEN', { WORKER_TOKEN: 'x'.repeat(257) }],
  ['WORKER_TOKEN', { WORKER_TOKEN: `${'x'.repeat(40)}/?` }],
  ['WORKER_TOKEN', { WORKER_TOKEN: 'x'.repeat(40), ADMIN_TOKEN: 'x'.repeat(40) }],
  ['TRUSTED_PROXY_CIDRS', { TRUSTED_PROXY_CIDRS: '10.0.0.0/40' }],
  ['CORS_ORIGINS', { CORS_ORIGINS: 'https://app.example.org/path' }],
  ['RATE_LIMIT_FACTOR', { RATE_LIMIT_FACTOR: 'fast' }],
  ['SIGNUP_MODE', { SIGNUP_MODE: 'closed' }],
];

describe('an invalid value is reported in one line with its name and an example', () => {
  test.each(bad)('%s in %o', (label, environment) => {
    const name = label.split(' ')[0]!;
    const lines = problemsOf(environment);
    const about = lines.filter((line) =>
      line.startsWith(`${name === 'APP_MODE' && label !== name ? 'DATABASE_URL' : name}: `),
    );
    expect(about).toHaveLength(1);
    expect(about[0]).toContain('Example: ');
  });
});

test('a variable that breaks two rules is reported in one line', () => {
  expect(problemsOf({ HTTP_ADDR: 'everywhere' })).toEqual([
    expect.stringMatching(/^HTTP_ADDR: must be host:port\. Example: /),
  ]);
});

test('every bad variable is named at once, and no value is repeated', () => {
  const lines = problemsOf({
    ADMIN_TOKEN: 'secret-word',
    LOG_LEVEL: 'loud',
    DB_MAX_CONNECTIONS: 'many-word',
    DATABASE_URL: 'mysql://u:hidden-word@h/d',
  });
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
    'ADMIN_TOKEN',
    'DATABASE_URL',
    'DB_MAX_CONNECTIONS',
    'LOG_LEVEL',
  ]);
  expect(lines.join('\n')).not.toMatch(/secret-word|many-word|hidden-word/);
});

test('.env.example names every variable, and nothing else', () => {
  const named = [
    ...readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').matchAll(/^([A-Z][A-Z0-9_]+)=/gm),
  ].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(variables).sort());
});
