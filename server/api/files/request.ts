import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { InvalidGrant } from '../../infra/storage/fileGrant.ts';
import type { FileStorage } from '../../infra/storage/files.ts';
import { isKey } from '../../infra/storage/keys.ts';
import {
  ObjectMissing,
  PartsMissing,
  PUBLIC_CACHE_CONTROL,
  PUBLIC_PREFIX,
} from '../../infra/storage/storage.ts';
import type { StoredFile } from '../../infra/storage/storedFile.ts';
import { FileError } from './fileError.ts';
import { type ByteRange, parseRange } from './range.ts';
import { receivePart, receiveUpload } from './upload.ts';

export interface FileRequest {
  method: string;
  /** The path after `/files/`, decoded. */
  path: string;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Uint8Array>;
}

export interface FileResponse {
  status: number;
  headers: Record<string, string>;
  body: Readable | null;
}

/** Sent with every response of the file routes. Any origin may use them: they take no cookies, the URL is the permission. */
export const FILE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, content-length, content-range',
};

/** The owner's wish, as crawlers read it. */
export const NO_AI_HEADERS = { 'x-robots-tag': 'noai, noimageai' };

const AREAS = ['put', 'part', 'get', 'pub'];

export const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, HEAD, PUT',
  'access-control-allow-headers': 'content-type, x-amz-checksum-sha256, if-none-match, range',
  'access-control-max-age': '86400',
};

/**
 * Handles `put/<token>`, `part/<token>`, `get/<token>` and `pub/<rest of the key>`. Throws FileError. The caller consumes or destroys the body
 * of the response.
 */
export async function handleFileRequest(storage: FileStorage, request: FileRequest): Promise<FileResponse> {
  const slash = request.path.indexOf('/');
  const area = request.path.slice(0, slash);
  const rest = request.path.slice(slash + 1);
  if (!AREAS.includes(area)) throw missing();
  const isUpload = area === 'put' || area === 'part';
  const methods = isUpload ? ['PUT', 'OPTIONS'] : ['GET', 'HEAD', 'OPTIONS'];
  if (!methods.includes(request.method)) throw wrongMethod(methods.join(', '));
  if (request.method === 'OPTIONS') return { status: 204, headers: PREFLIGHT_HEADERS, body: null };
  try {
    if (isUpload) return await receive(storage, area, rest, request);
    if (area === 'get') {
      const { file, secondsLeft } = await storage.openSigned(rest);
      return await send(file, `private, max-age=${secondsLeft}`, request);
    }
    const key = PUBLIC_PREFIX + rest;
    if (!isKey(key)) throw missing();
    const file = await storage.openPublic(key);
    return await send(file, PUBLIC_CACHE_CONTROL, request);
  } catch (error) {
    if (error instanceof ObjectMissing || error instanceof PartsMissing) throw missing();
    if (error instanceof InvalidGrant) throw new FileError('forbidden', error.message);
    throw error;
  }
}

async function receive(storage: FileStorage, area: string, token: string, request: FileRequest) {
  const receiveBody = area === 'put' ? receiveUpload : receivePart;
  const stored = await receiveBody(storage, token, request);
  return { status: 200, headers: { etag: `"${stored.sha256}"` }, body: null };
}

/** Sends the file, a range of it, or that the client has it already. */
export async function send(
  file: StoredFile,
  cacheControl: string,
  { method, headers }: Pick<FileRequest, 'method' | 'headers'>,
): Promise<FileResponse> {
  const etag = `"${file.sha256}"`;
  const cached = { etag, 'cache-control': cacheControl };
  const response = (status: number, more: Record<string, string>, range?: ByteRange) => ({
    status,
    headers: { ...cached, ...more },
    body: range ? file.file.createReadStream(range) : null,
  });
  const withoutBody = async (status: number, more: Record<string, string>) => {
    await file.file.close();
    return response(status, more);
  };

  if (isNamed(headers['if-none-match'], etag)) return withoutBody(304, {});
  const described = {
    'content-type': file.contentType,
    'content-disposition': 'inline',
    'accept-ranges': 'bytes',
  };
  const whole = { ...described, 'content-length': String(file.bytes) };
  if (method === 'HEAD' || file.bytes === 0) return withoutBody(200, whole);
  // A range of a different version would not fit the part that the client has.
  const isSameVersion = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = isSameVersion ? parseRange(headers.range, file.bytes) : null;
  if (range === 'unsatisfiable') {
    await file.file.close();
    const headers = { 'content-range': `bytes */${file.bytes}` };
    throw new FileError('invalid_input', 'The range is outside the object', { status: 416, headers });
  }
  if (!range) return response(200, whole, { start: 0, end: file.bytes - 1 });
  return response(
    206,
    {
      ...described,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${file.bytes}`,
    },
    range,
  );
}

const isNamed = (header: string | undefined, etag: string) =>
  header?.split(',').some((named) => ['*', etag].includes(named.trim().replace(/^W\//, '')));

const missing = () => new FileError('not_found', 'The object does not exist');

export const wrongMethod = (allowed: string) =>
  new FileError('method_not_allowed', `Allowed methods: ${allowed}`, { headers: { allow: allowed } });
