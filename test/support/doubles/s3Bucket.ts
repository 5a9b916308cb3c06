import type { IncomingHttpHeaders } from 'node:http';
import { elements, escapeXml, S3Error } from './s3Error.ts';
import { listUploads, type S3Multipart } from './s3Multipart.ts';
import type { S3Object } from './s3Object.ts';

export interface S3Bucket {
  name: string;
  objects: Map<string, S3Object>;
  /** Unfinished uploads in parts, by id. */
  uploads: Map<string, S3Multipart>;
  /** Documents as they were put. */
  policy: string | null;
  cors: string | null;
}

export interface S3Response {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/** Handles a request about the bucket itself. */
export function serveBucket(
  bucket: S3Bucket,
  method: string,
  query: URLSearchParams,
  body: Buffer,
): S3Response {
  const operation =
    `${method} ${['policy', 'cors', 'delete', 'uploads'].find((name) => query.has(name)) ?? ''}`.trim();
  switch (operation) {
    case 'HEAD':
      return { status: 200 };
    case 'GET':
      return listObjects(bucket, query);
    case 'GET uploads':
      return listUploads(bucket, query);
    case 'POST delete':
      return deleteObjects(bucket, body.toString());
    case 'PUT policy':
      bucket.policy = body.toString();
      return { status: 204 };
    case 'PUT cors':
      bucket.cors = body.toString();
      return { status: 200 };
    case 'GET policy':
      if (bucket.policy === null) throw new S3Error(404, 'NoSuchBucketPolicy');
      return { status: 200, headers: { 'content-type': 'application/json' }, body: bucket.policy };
    case 'GET cors':
      if (bucket.cors === null) throw new S3Error(404, 'NoSuchCORSConfiguration');
      return { status: 200, headers: { 'content-type': 'application/xml' }, body: bucket.cors };
    default:
      throw new S3Error(501, 'NotImplemented', operation);
  }
}

function listObjects({ name, objects }: S3Bucket, query: URLSearchParams): S3Response {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('start-after') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const contents = keys.slice(0, limit).map((key) => {
    const { etag, body, modifiedAt } = objects.get(key)!;
    return [
      `<Contents><Key>${escapeXml(key)}</Key><Size>${body.length}</Size>`,
      `<ETag>${escapeXml(etag)}</ETag><LastModified>${modifiedAt.toISOString()}</LastModified></Contents>`,
    ].join('');
  });
  const summary = `<Name>${name}</Name><KeyCount>${contents.length}</KeyCount><IsTruncated>${keys.length > limit}</IsTruncated>`;
  return xmlResponse(`<ListBucketResult>${summary}${contents.join('')}</ListBucketResult>`);
}

function deleteObjects({ objects }: S3Bucket, document: string): S3Response {
  const keys = elements(document, 'Key');
  if (keys.length > 1000) throw new S3Error(400, 'MalformedXML');
  for (const key of keys) objects.delete(key);
  return xmlResponse('<DeleteResult></DeleteResult>');
}

export const xmlResponse = (document: string): S3Response => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: document,
});

/** Whether the policy lets anybody read the object. */
export function isPublic({ name, policy }: S3Bucket, key: string): boolean {
  const statements: PolicyStatement[] = policy === null ? [] : JSON.parse(policy).Statement;
  return statements.some(
    ({ Effect, Principal, Action, Resource }) =>
      Effect === 'Allow' &&
      Principal === '*' &&
      Action === 's3:GetObject' &&
      Resource.endsWith('*') &&
      `arn:aws:s3:::${name}/${key}`.startsWith(Resource.slice(0, -1)),
  );
}

interface PolicyStatement {
  Effect: string;
  Principal: string;
  Action: string;
  Resource: string;
}

/** The CORS headers of a response; none when no rule allows the origin. */
export function corsHeaders(
  bucket: S3Bucket,
  method: string,
  headers: IncomingHttpHeaders,
): Record<string, string> {
  const { origin } = headers;
  const asked = headers['access-control-request-method'] ?? method;
  const wanted = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim());
  const rule = elements(bucket.cors ?? '', 'CORSRule').find((text) => {
    const origins = elements(text, 'AllowedOrigin');
    const allowed = elements(text, 'AllowedHeader').map((name) => name.toLowerCase());
    return (
      (origins.includes('*') || origins.includes(origin ?? '')) &&
      elements(text, 'AllowedMethod').includes(asked) &&
      wanted.every((name) => name === '' || allowed.includes('*') || allowed.includes(name.toLowerCase()))
    );
  });
  if (origin === undefined || rule === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': elements(rule, 'AllowedMethod').join(', '),
    'access-control-allow-headers': elements(rule, 'AllowedHeader').join(', '),
    'access-control-expose-headers': elements(rule, 'ExposeHeader').join(', '),
  };
}
