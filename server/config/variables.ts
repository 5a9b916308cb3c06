import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isSampleKey } from './sampleKeys.ts';

const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => protocols.includes(protocolOf(text)),
      `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    );

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const keys = list.pipe(
  z
    .array(
      z
        .string()
        .refine((text) => decodedKey(text) !== null, 'must be the base64 of exactly 32 bytes')
        .refine((text) => !decodedKey(text)?.every((byte) => byte === 0), 'must not be all zeros')
        .refine((text) => !isSampleKey(text), 'is the sample value from the documentation: make your own'),
    )
    .min(1),
);

const address = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:[\]]*):\d{1,5}$/, 'must be host:port')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65535, 'has a port above 65535');

/** Every environment variable by name: how it is parsed, and its default. */
export const variables = {
  APP_MODE: z.enum(['combined', 'api', 'worker', 'serverless-worker']).optional(),
  HTTP_ADDR: address.optional(),
  METRICS_ADDR: address.optional(),
  DRAIN_SECONDS: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number')
    .transform(Number)
    // The process ends within 25 s, and needs time for what it has accepted.
    .refine((n) => n <= 15, 'must be at most 15')
    .optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_DIRECT_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_POOLER: z.enum(['none', 'session', 'transaction']).optional(),
  DB_MAX_CONNECTIONS: number(1, 1000).optional(),
  DB_CONNECT_TIMEOUT_SECONDS: number(1, 300).default(5),
  DB_IDLE_TIMEOUT_SECONDS: number(1, 86400).default(300),
  DB_MAX_LIFETIME_SECONDS: number(1, 86400).default(1800),
  DB_STATEMENT_TIMEOUT_SECONDS: number(1, 3600).default(30),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  S3_ENDPOINT: url('http:', 'https:').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not a bucket name')
    .optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_FORCE_PATH_STYLE: z.enum(['true', 'false']).optional(),
  S3_PUBLIC_ENDPOINT: url('http:', 'https:').optional(),
  QUEUE_ENDPOINT: url('http:', 'https:').optional(),
  QUEUE_NAME: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,75}$/, 'may contain only letters, digits, - and _')
    .optional(),
  QUEUE_REGION: z.string().default('us-east-1'),
  SQS_ACCESS_KEY: z.string().optional(),
  SQS_SECRET_KEY: z.string().optional(),
  PASETO_ACCESS_KEY: keys.optional(),
  PASETO_REFRESH_KEY: keys.optional(),
  ACCESS_TTL_MINUTES: number(1, 1440).default(15),
  REFRESH_TTL_DAYS: number(1, 365).default(30),
  ADMIN_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  WORKER_TOKEN: z
    .string()
    .min(32, 'must have at least 32 characters')
    .max(256, 'must have at most 256 characters')
    // It may be a part of a path.
    .regex(/^[A-Za-z0-9_.~-]*$/, 'may contain only letters, digits, -, _, . and ~')
    .optional(),
  NOTIFICATION_QUEUE_CAPACITY: number(1, 100_000).default(2048),
  UPLOAD_URL_TTL_SECONDS: number(10, 86400).default(900),
  UPLOAD_MAX_BYTES: number(1024, 104_857_600).default(52_428_800),
  TRUSTED_PROXY_CIDRS: list
    .pipe(z.array(z.string().refine(isCidr, 'is not an IP address or CIDR range')))
    .default([]),
  SIGNUP_MODE: z.enum(['invite', 'open']).default('invite'),
  IP_SIGNUP_RATE_LIMIT: number(1, 1_000_000).default(3),
  RATE_LIMIT_FACTOR: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number')
    .transform(Number)
    .refine((n) => n > 0 && n <= 1_000_000, 'must be above 0 and at most 1000000')
    .default(1),
  PUBLIC_URL: url('http:', 'https:').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:').optional(),
  CORS_ORIGINS: list
    .pipe(z.array(z.string().refine(isOrigin, 'is not an exact origin (scheme and host, no path)')))
    .default([]),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATA_DIR: z.string().default('./data'),
};

export const examples: Record<keyof typeof variables, string> = {
  APP_MODE: 'combined',
  HTTP_ADDR: '0.0.0.0:8080',
  METRICS_ADDR: '127.0.0.1:9090',
  DRAIN_SECONDS: '5',
  DATABASE_URL: 'postgres://ciel:secret@localhost:5432/ciel',
  DATABASE_DIRECT_URL: 'postgres://ciel:secret@localhost:5432/ciel',
  DATABASE_POOLER: 'transaction',
  DB_MAX_CONNECTIONS: '16',
  DB_CONNECT_TIMEOUT_SECONDS: '5',
  DB_IDLE_TIMEOUT_SECONDS: '300',
  DB_MAX_LIFETIME_SECONDS: '1800',
  DB_STATEMENT_TIMEOUT_SECONDS: '30',
  REDIS_URL: 'redis://localhost:6379',
  S3_ENDPOINT: 'http://localhost:8333',
  S3_BUCKET: 'ciel-media',
  S3_REGION: 'us-east-1',
  S3_FORCE_PATH_STYLE: 'true',
  S3_PUBLIC_ENDPOINT: 'https://media.example.org',
  QUEUE_ENDPOINT: 'http://localhost:9324',
  QUEUE_NAME: 'ciel-media',
  QUEUE_REGION: 'us-east-1',
  SQS_ACCESS_KEY: 'AKIA...',
  SQS_SECRET_KEY: '...',
  PASETO_ACCESS_KEY: '"$(openssl rand -base64 32)"',
  PASETO_REFRESH_KEY: '"$(openssl rand -base64 32)"',
  ACCESS_TTL_MINUTES: '15',
  REFRESH_TTL_DAYS: '30',
  ADMIN_TOKEN: '"$(openssl rand -hex 32)"',
  WORKER_TOKEN: '"$(openssl rand -hex 32)"',
  NOTIFICATION_QUEUE_CAPACITY: '2048',
  UPLOAD_URL_TTL_SECONDS: '900',
  UPLOAD_MAX_BYTES: '52428800',
  TRUSTED_PROXY_CIDRS: '10.0.0.0/8,fd00::/8',
  SIGNUP_MODE: 'invite',
  IP_SIGNUP_RATE_LIMIT: '3',
  RATE_LIMIT_FACTOR: '1',
  PUBLIC_URL: 'https://ciel.example.org',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
  CORS_ORIGINS: 'https://app.example.org',
  LOG_LEVEL: 'info',
  DATA_DIR: './data',
};

const protocolOf = (text: string) => (URL.canParse(text) ? new URL(text).protocol : '');

const decodedKey = (text: string) => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : null;
};

function isCidr(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
