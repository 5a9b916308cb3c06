import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';

export interface S3Options {
  bucket: string;
  region: string;
  /** The store's address for the server; unset for AWS itself. */
  endpoint?: string | undefined;
  /** The store's address for clients, if it differs: the host is part of the signature. */
  publicEndpoint?: string | undefined;
  forcePathStyle: boolean;
  /** Unset: the default credential chain of the AWS SDK. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  timeouts?: S3Timeouts | undefined;
}

export interface S3Timeouts {
  connectMs: number;
  /** For one attempt until the response headers arrive, and again for reading the body. */
  requestMs: number;
}

export const DEFAULT_TIMEOUTS: S3Timeouts = { connectMs: 1_000, requestMs: 10_000 };

const ATTEMPTS = 3;

export function createS3Client(options: S3Options, endpoint: string | undefined): S3Client {
  const { connectMs, requestMs } = options.timeouts ?? DEFAULT_TIMEOUTS;
  return new S3Client({
    region: options.region,
    forcePathStyle: options.forcePathStyle,
    ...(endpoint && { endpoint }),
    ...(options.credentials && { credentials: options.credentials }),
    // By default a presigned upload carries the checksum of an empty body, and stores refuse any other body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    retryMode: 'standard',
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
    },
  });
}

/** The public URL of the bucket, without a trailing slash. */
export function bucketUrl({ bucket, region, endpoint, publicEndpoint, forcePathStyle }: S3Options): string {
  const url = new URL(publicEndpoint ?? endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (forcePathStyle) url.pathname = `${url.pathname.replace(/\/$/, '')}/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url.href.replace(/\/$/, '');
}

export const isStatus = (error: unknown, status: number) =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;

export const isNamed = (error: unknown, ...names: string[]) =>
  error instanceof S3ServiceException && names.includes(error.name);
