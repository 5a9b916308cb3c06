import { z } from 'zod';
import { readDatabaseUrl } from './databaseUrl.ts';
import { isSampleKey } from './sampleKeys.ts';
import { examples, variables } from './variables.ts';

export type AppMode = 'combined' | 'api' | 'worker' | 'serverless-worker';
export type Config = ReturnType<typeof shape>;

/** The message has one line for each invalid variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Two APIs and two workers fit into PostgreSQL's 97 connections, also twice, during a rollout. */
const CONNECTIONS: Record<AppMode, number> = {
  combined: 16,
  api: 16,
  worker: 6,
  'serverless-worker': 5,
};

type Values = z.infer<z.ZodObject<typeof variables>>;

/** Validates the environment; throws ConfigError with one line for each invalid variable. The lines never contain values. */
export function parseConfig(environment: NodeJS.ProcessEnv = process.env) {
  const set = Object.fromEntries(
    Object.keys(variables).flatMap((name) =>
      environment[name]?.trim() ? [[name, environment[name].trim()]] : [],
    ),
  );
  const parsed = z.object(variables).safeParse(set);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : firstOfEach(parsed.error.issues).map(({ path, message }) => line(String(path[0]), message));
  if (problems.length || !parsed.success) throw new ConfigError(problems.join('\n'));
  return shape(parsed.data);
}

/** One problem per variable: a malformed address gets no complaint about its port as well. */
const firstOfEach = (issues: z.core.$ZodIssue[]) =>
  issues.filter(({ path }, at) => issues.findIndex((other) => other.path[0] === path[0]) === at);

/** By the usual convention: what a developer keeps in `.env` must not change what tests do. */
export const isTest = (): boolean => process.env.NODE_ENV === 'test';

/** The database configuration, for scripts that need nothing else. */
export function parseDatabaseConfig(environment: NodeJS.ProcessEnv = process.env) {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOLER, DATA_DIR } = environment;
  const { database, dataDir } = parseConfig({
    DATABASE_URL,
    DATABASE_DIRECT_URL,
    DATABASE_POOLER,
    DATA_DIR,
    // The only mode that needs nothing but the database.
    APP_MODE: DATABASE_URL?.trim() ? 'worker' : undefined,
  });
  return { database, dataDir };
}

function contradictions(v: Values): string[] {
  const problems: string[] = [];
  const need = (name: keyof Values, why: string) => {
    if (v[name] === undefined) problems.push(line(name, why));
  };
  if (v.DATABASE_URL) {
    if (v.APP_MODE !== 'worker' && v.APP_MODE !== 'serverless-worker') {
      need('PASETO_ACCESS_KEY', 'is required with DATABASE_URL');
      need('PASETO_REFRESH_KEY', 'is required with DATABASE_URL');
    }
  } else if (v.APP_MODE && v.APP_MODE !== 'combined') {
    need('DATABASE_URL', `is required in ${v.APP_MODE} mode`);
  }
  if (v.DATABASE_DIRECT_URL) need('DATABASE_URL', 'is required with DATABASE_DIRECT_URL');
  if (v.APP_MODE === 'serverless-worker') need('S3_BUCKET', 'is required in serverless-worker mode');
  if (v.S3_ENDPOINT || v.S3_PUBLIC_ENDPOINT) need('S3_BUCKET', 'is required with S3_ENDPOINT');
  if (v.QUEUE_ENDPOINT) need('QUEUE_NAME', 'is required with QUEUE_ENDPOINT');
  if (v.SQS_ACCESS_KEY) need('SQS_SECRET_KEY', 'is required with SQS_ACCESS_KEY');
  if (v.SQS_SECRET_KEY) need('SQS_ACCESS_KEY', 'is required with SQS_SECRET_KEY');
  const shared = v.PASETO_ACCESS_KEY?.some((key) => v.PASETO_REFRESH_KEY?.includes(key));
  if (shared) problems.push(line('PASETO_REFRESH_KEY', 'must not share a key with PASETO_ACCESS_KEY'));
  if (v.ADMIN_TOKEN && isSampleKey(v.ADMIN_TOKEN))
    problems.push(line('ADMIN_TOKEN', 'is the sample value from the documentation'));
  if (v.WORKER_TOKEN && v.WORKER_TOKEN === v.ADMIN_TOKEN)
    problems.push(line('WORKER_TOKEN', 'must not be ADMIN_TOKEN'));
  if (v.METRICS_ADDR && v.METRICS_ADDR === v.HTTP_ADDR)
    problems.push(line('METRICS_ADDR', 'must not be HTTP_ADDR'));
  return problems;
}

const line = (name: string, what: string) =>
  `${name}: ${what}. Example: ${name}=${examples[name as keyof Values]}`;

export interface Address {
  host: string;
  port: number;
}

/** An empty host is all addresses. */
function addressOf(text: string): Address {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon).replace(/^\[|\]$/g, '') || '0.0.0.0';
  return { host, port: Number(text.slice(colon + 1)) };
}

function shape(v: Values) {
  const isEmbedded = v.DATABASE_URL === undefined;
  const mode: AppMode = v.APP_MODE ?? (isEmbedded ? 'combined' : 'api');
  const { host, port } = addressOf(v.HTTP_ADDR ?? (isEmbedded ? '127.0.0.1:8080' : '0.0.0.0:8080'));
  const pooled = v.DATABASE_URL === undefined ? null : readDatabaseUrl(v.DATABASE_URL);
  const direct = v.DATABASE_DIRECT_URL === undefined ? null : readDatabaseUrl(v.DATABASE_DIRECT_URL);
  const shownHost =
    host === '0.0.0.0' || host === '::' || host === '127.0.0.1'
      ? 'localhost'
      : host.includes(':')
        ? `[${host}]`
        : host;
  return {
    mode,
    isEmbedded,
    host,
    port,
    metricsAddress: v.METRICS_ADDR === undefined ? null : addressOf(v.METRICS_ADDR),
    tracesEndpoint: v.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    publicUrl: (v.PUBLIC_URL ?? `http://${shownHost}:${port}`).replace(/\/+$/, ''),
    dataDir: v.DATA_DIR,
    logLevel: v.LOG_LEVEL,
    database: {
      url: pooled?.url ?? null,
      /** Past a pooler. */
      directUrl: direct?.url ?? null,
      /** Null: found out at the start. */
      pooler: v.DATABASE_POOLER ?? (pooled?.isPooled ? 'transaction' : null),
      /** Parameters of the URLs that are for other programs. */
      leftOut: [...(pooled?.leftOut ?? []), ...(direct?.leftOut ?? [])],
      maxConnections: v.DB_MAX_CONNECTIONS ?? CONNECTIONS[mode],
      connectTimeoutSeconds: v.DB_CONNECT_TIMEOUT_SECONDS,
      idleTimeoutSeconds: v.DB_IDLE_TIMEOUT_SECONDS,
      maxLifetimeSeconds: v.DB_MAX_LIFETIME_SECONDS,
      statementTimeoutSeconds: v.DB_STATEMENT_TIMEOUT_SECONDS,
    },
    redisUrl: v.REDIS_URL ?? null,
    s3: v.S3_BUCKET
      ? {
          bucket: v.S3_BUCKET,
          endpoint: v.S3_ENDPOINT,
          publicEndpoint: v.S3_PUBLIC_ENDPOINT,
          region: v.S3_REGION,
          forcePathStyle: v.S3_FORCE_PATH_STYLE
            ? v.S3_FORCE_PATH_STYLE === 'true'
            : v.S3_ENDPOINT !== undefined,
        }
      : null,
    queue: v.QUEUE_NAME
      ? {
          name: v.QUEUE_NAME,
          endpoint: v.QUEUE_ENDPOINT,
          region: v.QUEUE_REGION,
          credentials:
            v.SQS_ACCESS_KEY && v.SQS_SECRET_KEY
              ? { accessKeyId: v.SQS_ACCESS_KEY, secretAccessKey: v.SQS_SECRET_KEY }
              : undefined,
        }
      : null,
    accessKeys: v.PASETO_ACCESS_KEY?.map((key) => Buffer.from(key, 'base64')) ?? null,
    refreshKeys: v.PASETO_REFRESH_KEY?.map((key) => Buffer.from(key, 'base64')) ?? null,
    adminToken: v.ADMIN_TOKEN ?? null,
    workerToken: v.WORKER_TOKEN ?? null,
    drainMs: 1000 * (v.DRAIN_SECONDS ?? (isEmbedded ? 0.3 : 5)),
    outboxCapacity: v.NOTIFICATION_QUEUE_CAPACITY,
    trustedProxies: v.TRUSTED_PROXY_CIDRS,
    corsOrigins: v.CORS_ORIGINS,
    accessTtlMinutes: v.ACCESS_TTL_MINUTES,
    refreshTtlDays: v.REFRESH_TTL_DAYS,
    uploadUrlTtlSeconds: v.UPLOAD_URL_TTL_SECONDS,
    uploadMaxBytes: v.UPLOAD_MAX_BYTES,
    signupMode: v.SIGNUP_MODE,
    signupsPerAddressPerDay: v.IP_SIGNUP_RATE_LIMIT,
    rateLimitFactor: v.RATE_LIMIT_FACTOR,
  };
}
