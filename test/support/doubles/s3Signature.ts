import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3Error.ts';

export interface S3Account {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

interface SignatureParts {
  credential: string;
  signedHeaders: string[];
  signature: string;
  /** As in `20261101T120000Z`. */
  date: string;
  secondsValid: number;
  /** Hex SHA-256 of the body, or the word for an unsigned one. */
  payloadHash: string;
  isPresigned: boolean;
}

const SKEW_SECONDS = 900;
const WEEK_SECONDS = 604_800;

/** The payload hash that was signed; null when the request carries no signature. Throws S3Error for any other than a good one. */
export function authenticate(request: IncomingMessage, url: URL, account: S3Account): string | null {
  const parts = presignedParts(request, url) ?? headerParts(request);
  if (!parts) return null;
  requireFresh(parts);
  requireEveryAmzHeaderSigned(request, parts);
  const expected = Buffer.from(signatureOf(request, url, parts, account));
  const given = Buffer.from(parts.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new S3Error(403, 'SignatureDoesNotMatch');
  return parts.payloadHash;
}

function presignedParts(request: IncomingMessage, url: URL): SignatureParts | null {
  const query = (name: string) => url.searchParams.get(name) ?? '';
  if (!url.searchParams.has('X-Amz-Signature')) return null;
  return {
    credential: query('X-Amz-Credential'),
    signedHeaders: query('X-Amz-SignedHeaders').split(';'),
    signature: query('X-Amz-Signature'),
    date: query('X-Amz-Date'),
    secondsValid: Number(query('X-Amz-Expires')),
    payloadHash:
      query('X-Amz-Content-Sha256') || header(request, 'x-amz-content-sha256') || 'UNSIGNED-PAYLOAD',
    isPresigned: true,
  };
}

function headerParts(request: IncomingMessage): SignatureParts | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!match) throw new S3Error(400, 'AuthorizationHeaderMalformed');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: header(request, 'x-amz-date'),
    secondsValid: SKEW_SECONDS,
    payloadHash: header(request, 'x-amz-content-sha256'),
    isPresigned: false,
  };
}

function requireFresh({ date, secondsValid, isPresigned }: SignatureParts) {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!match) throw new S3Error(400, 'AuthorizationHeaderMalformed', 'bad date');
  const [, year, month, day, hour, minute, second] = match.map(Number);
  const signedAt = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) / 1000;
  const now = Date.now() / 1000;
  if (isPresigned && !(secondsValid >= 1 && secondsValid <= WEEK_SECONDS))
    throw new S3Error(400, 'AuthorizationQueryParametersError');
  if (now > signedAt + secondsValid || signedAt > now + SKEW_SECONDS)
    throw isPresigned
      ? new S3Error(403, 'AccessDenied', 'Request has expired')
      : new S3Error(403, 'RequestTimeTooSkewed');
}

/** A header of the protocol that was slipped in beside the signature would change what the request does. */
function requireEveryAmzHeaderSigned(request: IncomingMessage, { signedHeaders }: SignatureParts) {
  const unsigned = Object.keys(request.headers).find(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name),
  );
  if (unsigned) throw new S3Error(403, 'AccessDenied', `${unsigned} is not signed`);
  if (!signedHeaders.includes('host')) throw new S3Error(403, 'AccessDenied', 'host is not signed');
}

function signatureOf(request: IncomingMessage, url: URL, parts: SignatureParts, account: S3Account): string {
  const [accessKeyId, day = '', region, service, terminator] = parts.credential.split('/');
  if (accessKeyId !== account.accessKeyId) throw new S3Error(403, 'InvalidAccessKeyId');
  if (region !== account.region || service !== 's3' || terminator !== 'aws4_request')
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'bad scope');
  const scope = [day, region, service, terminator];
  const canonical = createHash('sha256')
    .update(canonicalRequest(request, url, parts))
    .digest('hex');
  const key = scope.reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${account.secretAccessKey}`,
  );
  return hmac(key, ['AWS4-HMAC-SHA256', parts.date, scope.join('/'), canonical].join('\n')).toString('hex');
}

function canonicalRequest(
  request: IncomingMessage,
  url: URL,
  { signedHeaders, payloadHash }: SignatureParts,
) {
  const path = url.pathname.split('/').map((part) => encode(decodeURIComponent(part)));
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const headers = signedHeaders.map((name) => `${name}:${header(request, name).trim().replace(/ +/g, ' ')}`);
  return [
    request.method,
    path.join('/'),
    query.join('&'),
    ...headers,
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const header = (request: IncomingMessage, name: string) => String(request.headers[name] ?? '');
