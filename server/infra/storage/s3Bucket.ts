import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Log } from '../log/log.ts';
import { isNamed, isStatus, type S3Options } from './s3Client.ts';
import { PUBLIC_PREFIX } from './storage.ts';

/** Creates the bucket when it is missing. An existing policy or CORS rule is the operator's, and stays. */
export async function prepareBucket(client: S3Client, options: S3Options, log: Log): Promise<void> {
  const { bucket: Bucket } = options;
  await createWhenMissing(client, options);
  await setWhenMissing(log, 'policy', 'NoSuchBucketPolicy', {
    find: () => client.send(new GetBucketPolicyCommand({ Bucket })),
    set: () => client.send(new PutBucketPolicyCommand({ Bucket, Policy: publicReadPolicy(Bucket) })),
  });
  await setWhenMissing(log, 'CORS rule', 'NoSuchCORSConfiguration', {
    find: () => client.send(new GetBucketCorsCommand({ Bucket })),
    set: () =>
      client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [BROWSER_RULE] } })),
  });
}

async function createWhenMissing(client: S3Client, { bucket, region, endpoint }: S3Options) {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return;
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
  }
  // Only AWS takes a region here, and it refuses us-east-1.
  const isNamedRegion = endpoint === undefined && region !== 'us-east-1';
  await client
    .send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(isNamedRegion && { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
      }),
    )
    .catch((error) => {
      // Another process was faster.
      if (!isNamed(error, 'BucketAlreadyOwnedByYou')) throw error;
    });
}

async function setWhenMissing(
  log: Log,
  what: string,
  missing: string,
  { find, set }: { find(): Promise<unknown>; set(): Promise<unknown> },
) {
  try {
    await find().catch((error) => {
      if (!isNamed(error, missing)) throw error;
      return set();
    });
  } catch (error) {
    log.warn({ err: error }, `the object store did not accept the ${what}: set it by hand`);
  }
}

const publicReadPolicy = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CielPublicRead',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/${PUBLIC_PREFIX}*`,
      },
    ],
  });

const BROWSER_RULE = {
  AllowedOrigins: ['*'],
  AllowedMethods: ['GET', 'HEAD', 'PUT'],
  AllowedHeaders: ['content-type', 'x-amz-checksum-sha256', 'if-none-match', 'range'],
  ExposeHeaders: ['etag', 'content-length', 'content-range'],
  MaxAgeSeconds: 86_400,
};
