import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Log } from '../log/log.ts';
import { requireKey, requirePublicKey, requireUploadKey } from './keys.ts';
import { prepareBucket } from './s3Bucket.ts';
import {
  bucketUrl,
  createS3Client,
  DEFAULT_TIMEOUTS,
  isNamed,
  isStatus,
  type S3Options,
} from './s3Client.ts';
import { createS3Parts } from './s3Parts.ts';
import { readBody } from './s3Read.ts';
import { ObjectMissing, type Storage, type UploadRequest } from './storage.ts';

/** The protocol's limit for one call that lists or deletes. */
const BATCH = 1_000;

/** Stores objects in a bucket of AWS S3 or of any store that speaks its protocol. */
export function createS3Storage(options: S3Options & { log: Log }): Storage {
  const { bucket: Bucket, log } = options;
  const client = createS3Client(options, options.endpoint);
  const signer = createS3Client(options, options.publicEndpoint ?? options.endpoint);
  const timeoutMs = (options.timeouts ?? DEFAULT_TIMEOUTS).requestMs;
  const base = bucketUrl(options);

  return {
    sendsStoredHeaders: true,

    prepare: () => prepareBucket(client, options, log),

    async uploadTicket(request) {
      requireUploadKey(request.key);
      const headers = uploadHeaders(request);
      const command = new PutObjectCommand({
        Bucket,
        Key: request.key,
        ContentType: request.contentType,
        ContentLength: request.bytes,
        ChecksumSHA256: headers['x-amz-checksum-sha256'],
        IfNoneMatch: '*',
      });
      const url = await getSignedUrl(signer, command, {
        expiresIn: request.ttlSeconds,
        // The content type is signed only when named here; a checksum in the query would not be enforced.
        signableHeaders: new Set(['content-type']),
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
      });
      return { method: 'PUT', url, headers };
    },

    ...createS3Parts(client, signer, Bucket, log),

    async head(key) {
      try {
        const found = await client.send(new HeadObjectCommand({ Bucket, Key: requireKey(key) }));
        return { bytes: found.ContentLength ?? 0, contentType: found.ContentType ?? '' };
      } catch (error) {
        if (isStatus(error, 404)) return null;
        throw error;
      }
    },

    async read(key, maxBytes) {
      const command = new GetObjectCommand({ Bucket, Key: requireKey(key) });
      const found = await client.send(command).catch(missingAs(key));
      return readBody(key, found, maxBytes, timeoutMs);
    },

    async readStart(key, bytes) {
      const command = new GetObjectCommand({ Bucket, Key: requireKey(key), Range: `bytes=0-${bytes - 1}` });
      try {
        const found = await client.send(command).catch(missingAs(key));
        return await readBody(key, found, bytes, timeoutMs);
      } catch (error) {
        // An empty object satisfies no range.
        if (isStatus(error, 416)) return Buffer.alloc(0);
        throw error;
      }
    },

    async write(key, body, { contentType, cacheControl }) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: requireKey(key),
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },

    async copy(from, to, { contentType, cacheControl }) {
      const command = new CopyObjectCommand({
        Bucket,
        Key: requireKey(to),
        CopySource: `${Bucket}/${requireKey(from)}`,
        MetadataDirective: 'REPLACE',
        ContentType: contentType,
        CacheControl: cacheControl,
      });
      await client.send(command).catch(missingAs(from));
    },

    async remove(keys) {
      for (let start = 0; start < keys.length; start += BATCH) {
        const Objects = keys.slice(start, start + BATCH).map((key) => ({ Key: requireKey(key) }));
        const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await client.send(command);
        const failed = Errors.filter(({ Code }) => Code !== 'NoSuchKey');
        if (failed.length) throw new Error(`${failed.length} objects were not removed: ${failed[0]!.Code}`);
      }
    },

    signedUrl(key, ttlSeconds, method = 'GET') {
      const Command = method === 'GET' ? GetObjectCommand : HeadObjectCommand;
      // The URL is signed anew each time, so what a browser kept of it would not be found again.
      const ResponseCacheControl = `private, max-age=${ttlSeconds}`;
      const command = new Command({ Bucket, Key: requireKey(key), ResponseCacheControl });
      return getSignedUrl(signer, command as GetObjectCommand, { expiresIn: ttlSeconds });
    },

    publicUrl: (key) => `${base}/${requirePublicKey(key)}`,

    async list(prefix, after, limit) {
      const keys: string[] = [];
      while (keys.length < limit) {
        const command = new ListObjectsV2Command({
          Bucket,
          Prefix: prefix,
          StartAfter: keys.at(-1) ?? after ?? undefined,
          MaxKeys: Math.min(limit - keys.length, BATCH),
        });
        const { Contents = [], IsTruncated } = await client.send(command);
        keys.push(...Contents.map(({ Key }) => Key!));
        if (!IsTruncated) break;
      }
      return keys;
    },

    async ping() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },

    async close() {
      client.destroy();
      signer.destroy();
    },
  };
}

/** Headers that the client must send; `if-none-match` makes the ticket good for one upload only. */
function uploadHeaders({ contentType, sha256 }: UploadRequest): Record<string, string> {
  return {
    'content-type': contentType,
    'if-none-match': '*',
    ...(sha256 && { 'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64') }),
  };
}

const missingAs = (key: string) => (error: unknown) => {
  throw isNamed(error, 'NoSuchKey', 'NotFound') ? new ObjectMissing(key) : error;
};
