import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { corsHeaders, isPublic, type S3Bucket, type S3Response, serveBucket } from './s3Bucket.ts';
import { errorDocument, S3Error } from './s3Error.ts';
import { serveMultipart } from './s3Multipart.ts';
import { requireIntegrity, serveObject } from './s3Object.ts';
import { authenticate, type S3Account } from './s3Signature.ts';

/** What goes wrong with each of the next `times` requests. */
export interface S3Fault {
  times: number;
  /** Returned instead of the real response. */
  status?: number;
  /** Delay before any response. */
  delayMs?: number;
  /** Half of the body is sent; then the connection is closed, or nothing more comes. */
  cut?: 'close' | 'hang';
}

interface S3Store {
  account: S3Account;
  buckets: Map<string, S3Bucket>;
  /** Requests that the bucket does not support, as in stores without policies: returns 501. */
  unknown: Set<'policy' | 'cors'>;
}

export interface S3Double extends S3Store {
  url: string;
  /** Method and path of every request so far, without the query. */
  requests: string[];
  fail(fault: S3Fault): void;
  close(): Promise<void>;
}

/** The S3 protocol over HTTP, in memory, with every signature and checksum verified: what Ciel uses of it, no more. */
export async function startS3Double(): Promise<S3Double> {
  const store: S3Store = {
    account: { accessKeyId: 'double', secretAccessKey: 'secret of the double', region: 'us-east-1' },
    buckets: new Map(),
    unknown: new Set(),
  };
  const requests: string[] = [];
  const faults: S3Fault[] = [];

  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url!.split('?')[0]}`);
    const fault = takeFault(faults);
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    const body = await buffer(request).catch(() => null);
    if (body === null) return;
    const answer = fault?.status
      ? errorResponse(new S3Error(fault.status, 'SlowDown'))
      : answerOf(store, request, body);
    send(response, request.method!, answer, fault?.cut);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    ...store,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (fault) => faults.push({ ...fault }),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function takeFault(faults: S3Fault[]): S3Fault | undefined {
  const [fault] = faults;
  if (fault && --fault.times === 0) faults.shift();
  return fault;
}

function answerOf(store: S3Store, request: IncomingMessage, body: Buffer): S3Response {
  const url = new URL(request.url!, 'http://double');
  const [, name = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  const method = request.method!;
  const bucket = store.buckets.get(name);
  const cors = bucket ? corsHeaders(bucket, method, request.headers) : {};
  try {
    if (method === 'OPTIONS')
      return { status: 'access-control-allow-origin' in cors ? 200 : 403, headers: cors };
    requireAllowed(store.account, request, url, body, bucket !== undefined && isPublic(bucket, key));
    const answer = isCreation(method, key, url) ? createBucket(store, name) : handle();
    return { ...answer, headers: { ...cors, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return errorResponse(error, cors);
  }

  function handle() {
    if (!bucket) throw new S3Error(404, 'NoSuchBucket');
    const asked = { method, key, query: url.searchParams, headers: request.headers, body };
    if (key !== '') return serveMultipart(bucket, asked) ?? serveObject(bucket, asked);
    for (const what of store.unknown)
      if (url.searchParams.has(what)) throw new S3Error(501, 'NotImplemented', what);
    return serveBucket(bucket, method, url.searchParams, body);
  }
}

/** Throws S3Error unless the request is signed well, or reads a public object. */
function requireAllowed(
  account: S3Account,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  isOfPublicObject: boolean,
) {
  const payloadHash = authenticate(request, url, account);
  if (payloadHash !== null) requireIntegrity(body, request, url.searchParams, payloadHash);
  else if (!isOfPublicObject || !['GET', 'HEAD'].includes(request.method!))
    throw new S3Error(403, 'AccessDenied');
}

const isCreation = (method: string, key: string, url: URL) =>
  method === 'PUT' && key === '' && url.searchParams.size === 0;

function createBucket({ buckets }: S3Store, name: string): S3Response {
  if (buckets.has(name)) throw new S3Error(409, 'BucketAlreadyOwnedByYou');
  buckets.set(name, { name, objects: new Map(), uploads: new Map(), policy: null, cors: null });
  return { status: 200 };
}

const errorResponse = (error: S3Error, headers: Record<string, string> = {}): S3Response => ({
  status: error.status,
  headers: { ...headers, 'content-type': 'application/xml' },
  body: errorDocument(error),
});

function send(response: ServerResponse, method: string, answer: S3Response, cut: S3Fault['cut']): void {
  const body = Buffer.from(answer.body ?? '');
  const length = answer.status === 304 ? {} : { 'content-length': String(body.length) };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  if (method === 'HEAD' || answer.status === 304) response.end();
  else if (cut === undefined) response.end(body);
  else
    response.write(body.subarray(0, body.length / 2), () => {
      if (cut === 'close') response.destroy();
    });
}
