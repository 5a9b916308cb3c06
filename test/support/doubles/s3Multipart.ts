import { createHash, randomUUID } from 'node:crypto';
import { type S3Bucket, type S3Response, xmlResponse } from './s3Bucket.ts';
import { elements, escapeXml, S3Error } from './s3Error.ts';
import { keptHeaders, type S3Request, storeObject } from './s3Object.ts';

export interface S3Multipart {
  key: string;
  startedAt: Date;
  headers: Record<string, string>;
  parts: Map<number, { body: Buffer; etag: string }>;
}

const MIN_PART = 5 * 1024 ** 2;

/** Responds to a request about an upload in parts; null when it is about something else. */
export function serveMultipart(bucket: S3Bucket, request: S3Request): S3Response | null {
  const { method, query } = request;
  if (method === 'POST' && query.has('uploads')) return startUpload(bucket, request);
  const id = query.get('uploadId');
  if (id === null) return null;
  const upload = bucket.uploads.get(id);
  if (!upload || upload.key !== request.key) throw new S3Error(404, 'NoSuchUpload');
  switch (method) {
    case 'PUT':
      return putPart(upload, request);
    case 'GET':
      return listParts(upload);
    case 'POST':
      return complete(bucket, id, upload, request);
    case 'DELETE':
      bucket.uploads.delete(id);
      return { status: 204 };
    default:
      throw new S3Error(405, 'MethodNotAllowed');
  }
}

function startUpload(bucket: S3Bucket, { key, headers }: S3Request): S3Response {
  const id = randomUUID();
  bucket.uploads.set(id, { key, startedAt: new Date(), headers: keptHeaders(headers), parts: new Map() });
  const named = `<Bucket>${bucket.name}</Bucket><Key>${escapeXml(key)}</Key><UploadId>${id}</UploadId>`;
  return xmlResponse(`<InitiateMultipartUploadResult>${named}</InitiateMultipartUploadResult>`);
}

function putPart({ parts }: S3Multipart, { query, body }: S3Request): S3Response {
  const number = Number(query.get('partNumber'));
  if (!(number >= 1 && number <= 10_000)) throw new S3Error(400, 'InvalidArgument');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  parts.set(number, { body, etag });
  return { status: 200, headers: { etag } };
}

function listParts({ parts }: S3Multipart): S3Response {
  const listed = [...parts].sort(([a], [b]) => a - b);
  const texts = listed.map(
    ([number, { body, etag }]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size></Part>`,
  );
  return xmlResponse(`<ListPartsResult>${texts.join('')}<IsTruncated>false</IsTruncated></ListPartsResult>`);
}

function complete(bucket: S3Bucket, id: string, upload: S3Multipart, request: S3Request): S3Response {
  const { key, headers, body } = request;
  const etags = elements(body.toString(), 'ETag');
  const numbers = elements(body.toString(), 'PartNumber').map(Number);
  const found = numbers.map((number, at) => {
    const part = upload.parts.get(number);
    if (!part || part.etag !== etags[at]) throw new S3Error(400, 'InvalidPart');
    return part.body;
  });
  if (numbers.some((number, at) => at > 0 && number <= numbers[at - 1]!))
    throw new S3Error(400, 'InvalidPartOrder');
  if (found.length === 0) throw new S3Error(400, 'MalformedXML');
  if (found.slice(0, -1).some(({ length }) => length < MIN_PART)) throw new S3Error(400, 'EntityTooSmall');
  if (headers['if-none-match'] === '*' && bucket.objects.has(key))
    throw new S3Error(412, 'PreconditionFailed');
  bucket.uploads.delete(id);
  const { etag } = storeObject(bucket, key, Buffer.concat(found), upload.headers);
  const named = `<Bucket>${bucket.name}</Bucket><Key>${escapeXml(key)}</Key><ETag>${escapeXml(etag)}</ETag>`;
  return xmlResponse(`<CompleteMultipartUploadResult>${named}</CompleteMultipartUploadResult>`);
}

export function listUploads({ uploads }: S3Bucket, query: URLSearchParams): S3Response {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('key-marker') ?? '';
  const texts = [...uploads]
    .filter(([, { key }]) => key.startsWith(prefix) && key > after)
    .sort(([, a], [, b]) => (a.key < b.key ? -1 : 1))
    .slice(0, Number(query.get('max-uploads') ?? 1000))
    .map(([id, { key, startedAt }]) => {
      const named = `<Key>${escapeXml(key)}</Key><UploadId>${id}</UploadId>`;
      return `<Upload>${named}<Initiated>${startedAt.toISOString()}</Initiated></Upload>`;
    });
  return xmlResponse(`<ListMultipartUploadsResult>${texts.join('')}</ListMultipartUploadsResult>`);
}
