import type { FileGrant } from './fileGrant.ts';
import { FileRefusal } from './fileRefusal.ts';
import { codeOf } from './storedFile.ts';

export interface IncomingUpload {
  contentType: string | undefined;
  contentEncoding: string | undefined;
  /** The declared length; null for a chunked body. */
  bytes: number | null;
  body: AsyncIterable<Uint8Array>;
}

type UploadGrant = Extract<FileGrant, { operation: 'put' }>;

/** Refuses what the headers already rule out, before a byte is read. */
export function requireDeclared(grant: UploadGrant, { contentType, contentEncoding, bytes }: IncomingUpload) {
  if (contentType?.trim().toLowerCase() !== grant.contentType.toLowerCase())
    throw new FileRefusal(415, 'unsupported_media_type', `The content type must be ${grant.contentType}.`);
  if (contentEncoding && contentEncoding !== 'identity')
    throw new FileRefusal(415, 'unsupported_media_type', 'The body must not have a content encoding.');
  if (bytes === null) throw new FileRefusal(411, 'invalid_input', 'Content-Length is required.');
  requireLength(grant, bytes);
}

/** Refuses a body that differs from the one the ticket was made for. */
export function requireSame(grant: UploadGrant, bytes: number, sha256?: string) {
  if (bytes > grant.bytes || sha256 !== undefined) requireLength(grant, bytes);
  if (sha256 !== undefined && grant.sha256 !== undefined && sha256 !== grant.sha256.toLowerCase())
    throw new FileRefusal(400, 'invalid_input', 'The body does not match the declared SHA-256.');
}

function requireLength(grant: UploadGrant, bytes: number) {
  const detail = `The body must be ${grant.bytes} bytes long.`;
  if (bytes > grant.bytes) throw new FileRefusal(413, 'payload_too_large', detail);
  if (bytes < grant.bytes) throw new FileRefusal(400, 'invalid_input', detail);
}

/** The refusal that a failed write of an upload stands for; any other error is a bug and is returned unchanged. */
export function refusalOf(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'EEXIST':
      return new FileRefusal(409, 'conflict', 'The ticket has already been used.');
    case 'ENOSPC':
    case 'EDQUOT':
      return new FileRefusal(507, 'unavailable', 'The store is full.');
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new FileRefusal(400, 'invalid_input', 'The body was cut off.');
    default:
      return error;
  }
}
