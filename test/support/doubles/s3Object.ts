import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { type S3Bucket, type S3Response, xmlResponse } from './s3Bucket.ts';
import { escapeXml, S3Error } from './s3Error.ts';

export interface S3Object {
  body: Buffer;
  etag: string;
  modifiedAt: Date;
  /** Headers that are sent when it is read. */
  headers: Record<string, string>;
}

export interface S3Request {
  method: string;
  key: string;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  body: Buffer;
}

/** Handles a request about one object. */
export function serveObject(bucket: S3Bucket, request: S3Request): S3Response {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return getObject(bucket, request);
    case 'PUT':
      return request.headers['x-amz-copy-source'] === undefined
        ? putObject(bucket, request)
        : copyObject(bucket, request);
    case 'DELETE':
      bucket.objects.delete(request.key);
      return { status: 204 };
    default:
      throw new S3Error(405, 'MethodNotAllowed');
  }
}

/** Throws S3Error when the body is not the one that the headers or the signature speak of. */
export function requireIntegrity(
  body: Buffer,
  { headers }: IncomingMessage,
  query: URLSearchParams,
  payloadHash: string,
): void {
  if (payloadHash.startsWith('STREAMING-')) throw new S3Error(501, 'NotImplemented', 'aws-chunked bodies');
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== digest('sha256', body, 'hex'))
    throw new S3Error(400, 'XAmzContentSHA256Mismatch');
  for (const [name, sum] of Object.entries(CHECKSUMS)) {
    const declared = headers[name] ?? query.get(name) ?? undefined;
    if (declared !== undefined && declared !== sum(body))
      throw new S3Error(400, 'BadDigest', `${name} does not match`);
  }
}

const CHECKSUMS: Record<string, (body: Buffer) => string> = {
  'content-md5': (body) => digest('md5', body, 'base64'),
  'x-amz-checksum-sha256': (body) => digest('sha256', body, 'base64'),
  'x-amz-checksum-crc32': (body) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return sum.toString('base64');
  },
};

const digest = (algorithm: string, body: Buffer, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(body).digest(encoding);

function putObject(bucket: S3Bucket, { key, headers, body }: S3Request): S3Response {
  if (headers['if-none-match'] === '*' && bucket.objects.has(key))
    throw new S3Error(412, 'PreconditionFailed');
  const { etag } = storeObject(bucket, key, body, keptHeaders(headers));
  return { status: 200, headers: { etag } };
}

function copyObject(bucket: S3Bucket, { key, headers }: S3Request): S3Response {
  const source = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '');
  const slash = source.indexOf('/');
  if (source.slice(0, slash) !== bucket.name)
    throw new S3Error(501, 'NotImplemented', 'copies between buckets');
  const found = bucket.objects.get(source.slice(slash + 1));
  if (!found) throw new S3Error(404, 'NoSuchKey');
  const isReplaced = headers['x-amz-metadata-directive'] === 'REPLACE';
  const copied = storeObject(bucket, key, found.body, isReplaced ? keptHeaders(headers) : found.headers);
  const times = `<LastModified>${copied.modifiedAt.toISOString()}</LastModified>`;
  return xmlResponse(`<CopyObjectResult><ETag>${escapeXml(copied.etag)}</ETag>${times}</CopyObjectResult>`);
}

export function storeObject(
  bucket: S3Bucket,
  key: string,
  body: Buffer,
  headers: Record<string, string>,
): S3Object {
  const object = { body, headers, etag: `"${digest('md5', body, 'hex')}"`, modifiedAt: new Date() };
  bucket.objects.set(key, object);
  return object;
}

export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const names = ['content-type', 'cache-control'].filter((name) => headers[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}

function getObject(bucket: S3Bucket, { key, headers, query }: S3Request): S3Response {
  const object = bucket.objects.get(key);
  if (!object) throw new S3Error(404, 'NoSuchKey');
  const { body, etag } = object;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  const described = {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    ...(query.has('response-cache-control') ? { 'cache-control': query.get('response-cache-control')! } : {}),
    etag,
    'last-modified': object.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
  };
  const match = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!match) return { status: 200, headers: described, body };
  const start = Number(match[1]);
  const end = Math.min(match[2] === '' ? Number.POSITIVE_INFINITY : Number(match[2]), body.length - 1);
  if (start > end) throw new S3Error(416, 'InvalidRange');
  const range = { 'content-range': `bytes ${start}-${end}/${body.length}` };
  return { status: 206, headers: { ...described, ...range }, body: body.subarray(start, end + 1) };
}
