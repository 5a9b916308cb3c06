import type { FileGrant } from './fileGrant.ts';
import { FileRefusal } from './fileRefusal.ts';
import { codeOf } from './storedFile.ts';

export interface IncomingUpload {
  contentType: string | undefined;
  contentEncoding: string | undefined;
  /** The declared length; null when the body comes in chunks of unknown number. */
  bytes: number | null;
  body: AsyncIterable<Uint8Array>;
}

type UploadGrant = Extract<FileGrant, { operation: 'put' }>;

/** Refuses before a byte is read what the headers already give away. */
export function requireDeclared(grant: UploadGrant, { contentType, contentEncoding, bytes }: IncomingUpload) {
  if (contentType?.trim().toLowerCase() !== grant.contentType.toLowerCase())
    throw new FileRefusal(415, 'unsupported_media_type', `The content type must be ${grant.contentType}.`);
  if (contentEncoding && contentEncoding !== 'identity')
    throw new FileRefusal(415, 'unsupported_media_type', 'The bytes must come without a content encoding.');
  if (bytes === null) throw new FileRefusal(411, 'invalid_input', 'The length must be declared.');
  requireLength(grant, bytes);
}

/** Refuses a body that turns out to be another than the one the ticket was made for. */
export function requireSame(grant: UploadGrant, bytes: number, sha256?: string) {
  if (bytes > grant.bytes || sha256 !== undefined) requireLength(grant, bytes);
  if (sha256 !== undefined && grant.sha256 !== undefined && sha256 !== grant.sha256.toLowerCase())
    throw new FileRefusal(400, 'invalid_input', 'The bytes do not have the declared SHA-256.');
}

function requireLength(grant: UploadGrant, bytes: number) {
  const detail = `The body must be ${grant.bytes} bytes long.`;
  if (bytes > grant.bytes) throw new FileRefusal(413, 'payload_too_large', detail);
  if (bytes < grant.bytes) throw new FileRefusal(400, 'invalid_input', detail);
}

/** What a client is told of a failure while its upload was written; the rest is a bug and stays as it is. */
export function refusalOf(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'EEXIST':
      return new FileRefusal(409, 'conflict', 'The ticket was used already.');
    case 'ENOSPC':
    case 'EDQUOT':
      return new FileRefusal(507, 'unavailable', 'There is no room left.');
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new FileRefusal(400, 'invalid_input', 'The body broke off.');
    default:
      return error;
  }
}
