import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Log } from '../log/log.ts';
import { requireKey, requireUploadKey } from './keys.ts';
import { isNamed, isStatus } from './s3Client.ts';
import { type PartedUpload, PartsMissing, type Storage } from './storage.ts';

type Parts = Pick<
  Storage,
  'startParts' | 'partTickets' | 'listParts' | 'joinParts' | 'abortParts' | 'listUnjoined'
>;

/** The multipart uploads of the protocol. The signer makes URLs for clients. */
export function createS3Parts(client: S3Client, signer: S3Client, Bucket: string, log: Log): Parts {
  const named = ({ key, partsId }: PartedUpload) => ({ Bucket, Key: requireKey(key), UploadId: partsId });

  const abortParts = async (upload: PartedUpload) => {
    const command = new AbortMultipartUploadCommand(named(upload));
    await client.send(command).catch((error) => {
      if (!isNamed(error, 'NoSuchUpload')) throw error;
    });
  };

  return {
    async startParts(key, contentType) {
      const command = new CreateMultipartUploadCommand({
        Bucket,
        Key: requireUploadKey(key),
        ContentType: contentType,
      });
      return (await client.send(command)).UploadId!;
    },

    partTickets: (upload, parts, expiresIn) =>
      Promise.all(
        parts.map(async (part) => {
          const length = { PartNumber: part.number, ContentLength: part.to - part.from };
          const command = new UploadPartCommand({ ...named(upload), ...length });
          return {
            ...part,
            method: 'PUT' as const,
            url: await getSignedUrl(signer, command, { expiresIn }),
            headers: {},
          };
        }),
      ),

    // One response lists 1,000 parts, more than the largest file has.
    async listParts(upload) {
      const { Parts = [] } = await client.send(new ListPartsCommand(named(upload))).catch(missing(upload));
      return Parts.map(({ PartNumber, Size, ETag }) => ({ number: PartNumber!, bytes: Size!, etag: ETag! }));
    },

    async joinParts(upload, _contentType, parts) {
      const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
      const command = new CompleteMultipartUploadCommand({
        ...named(upload),
        MultipartUpload: { Parts },
        IfNoneMatch: '*',
      });
      try {
        await client.send(command);
      } catch (error) {
        // A part was sent again or the object is being written just now: what is there must be looked at again.
        if (isNamed(error, 'InvalidPart') || isStatus(error, 409)) throw new PartsMissing(upload.key);
        if (!isStatus(error, 412)) return missing(upload)(error);
        await abortParts(upload);
      }
    },

    abortParts,

    async listUnjoined(prefix, after, limit) {
      const command = new ListMultipartUploadsCommand({
        Bucket,
        Prefix: prefix,
        KeyMarker: after ?? undefined,
        MaxUploads: limit,
      });
      const { Uploads = [] } = await client.send(command).catch(unlisted(log));
      return Uploads.map(({ Key, UploadId, Initiated }) => ({
        key: Key!,
        partsId: UploadId!,
        startedAt: Initiated!,
      }));
    },
  };
}

/** Some stores and some permissions keep unfinished uploads from being listed; their own rules end them. */
const unlisted =
  (log: Log) =>
  (error: unknown): { Uploads?: [] } => {
    if (!isNamed(error, 'AccessDenied', 'NotImplemented')) throw error;
    log.warn(
      { err: error },
      'the object store does not list unfinished uploads: end them by a rule of the bucket',
    );
    return {};
  };

const missing =
  ({ key }: PartedUpload) =>
  (error: unknown): never => {
    throw isNamed(error, 'NoSuchUpload') ? new PartsMissing(key) : error;
  };
