import { type S3Double, startS3Double } from './doubles/s3.ts';
import { type SqsDouble, startSqsDouble } from './doubles/sqs.ts';
import { createTestDatabase } from './postgres.ts';
import { type RedisServer, startRedis } from './redis.ts';
import { GENEROUS, SECRETS } from './visit.ts';

/** What programs of several processes share: an own database, and services that speak the real protocols. */
export interface Services {
  s3: S3Double;
  sqs: SqsDouble;
  redis: RedisServer | null;
  databaseUrl: string;
  /** Variables, by what is to be used. */
  forDatabase: Record<string, string>;
  forApi: Record<string, string>;
  forS3: Record<string, string>;
  forSqs: Record<string, string>;
  forRedis: Record<string, string>;
  close(): Promise<void>;
}

export async function startServices(): Promise<Services> {
  const [database, s3, sqs, redis] = await Promise.all([
    createTestDatabase(),
    startS3Double(),
    startSqsDouble(),
    startRedis('Redis beside programs'),
  ]);
  const { accessKeyId, secretAccessKey, region } = s3.account;
  return {
    s3,
    sqs,
    redis,
    databaseUrl: database.url,
    forDatabase: { DATABASE_URL: database.url, LOG_LEVEL: 'warn' },
    forApi: { ...SECRETS, ...GENEROUS },
    forS3: {
      S3_ENDPOINT: s3.url,
      S3_BUCKET: 'photographs',
      S3_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    forSqs: {
      QUEUE_ENDPOINT: sqs.endpoint,
      QUEUE_NAME: 'media',
      SQS_ACCESS_KEY: 'double',
      SQS_SECRET_KEY: 'double',
    },
    forRedis: redis ? { REDIS_URL: redis.url } : {},
    async close() {
      await Promise.all([database.drop(), s3.close(), sqs.close(), redis?.stop()]);
    },
  };
}
