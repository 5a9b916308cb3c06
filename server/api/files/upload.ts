import type { IncomingHttpHeaders } from 'node:http';
import { wrongLength } from '../../imaging/unusableImage.ts';
import type { UploadGrant } from '../../infra/storage/fileGrant.ts';
import type { FileStorage } from '../../infra/storage/files.ts';
import type { Stored } from '../../infra/storage/storedFile.ts';
import { TicketBusy, TicketUsed } from '../../infra/storage/tickets.ts';
import { StorageBusy, StorageFull } from '../../infra/storage/uploadWriter.ts';
import { FileError } from './fileError.ts';

interface IncomingUpload {
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Uint8Array>;
}

/** Stores the body of an upload as its ticket permits it. Throws FileError and InvalidGrant. */
export async function receiveUpload(
  storage: FileStorage,
  token: string,
  { headers, body }: IncomingUpload,
): Promise<Stored> {
  const grant = storage.uploadGrant(token);
  requireDeclared(grant, headers);
  try {
    return await storage.writeUpload(grant, body, (bytes, sha256) => requireSame(grant, bytes, sha256));
  } catch (error) {
    throw uploadError(error);
  }
}

/** Stores the body of one part, of any content type. Throws FileError, InvalidGrant and PartsMissing. */
export async function receivePart(
  storage: FileStorage,
  token: string,
  { headers, body }: IncomingUpload,
): Promise<Stored> {
  const grant = storage.partGrant(token);
  requireDeclaredLength(grant, headers);
  try {
    return await storage.writePart(grant, body, (bytes, sha256) => requireSame(grant, bytes, sha256));
  } catch (error) {
    throw uploadError(error);
  }
}

/** Refuses what the headers already rule out, before a byte is read. */
function requireDeclared(grant: UploadGrant, headers: IncomingHttpHeaders) {
  if (headers['content-type']?.trim().toLowerCase() !== grant.contentType.toLowerCase())
    throw new FileError('unsupported_media_type', `The content type must be ${grant.contentType}`);
  requireDeclaredLength(grant, headers);
}

type Expected = Pick<UploadGrant, 'bytes' | 'sha256'>;

function requireDeclaredLength(grant: Expected, headers: IncomingHttpHeaders) {
  const { 'content-encoding': encoding, 'content-length': length } = headers;
  if (encoding && encoding !== 'identity')
    throw new FileError('unsupported_media_type', 'The body must not have a content encoding');
  if (length === undefined)
    throw new FileError('invalid_input', 'Content-Length is required', { status: 411 });
  requireLength(grant, Number(length));
}

/** Refuses a body that differs from the one the ticket was made for. `sha256` is there once the body is complete. */
function requireSame(grant: Expected, bytes: number, sha256?: string) {
  if (bytes > grant.bytes || sha256 !== undefined) requireLength(grant, bytes);
  if (sha256 !== undefined && grant.sha256 !== undefined && sha256 !== grant.sha256.toLowerCase())
    throw new FileError('invalid_input', 'The file changed on its way; send it again');
}

function requireLength(grant: Expected, bytes: number) {
  const detail = wrongLength(bytes, grant.bytes);
  if (bytes > grant.bytes) throw new FileError('payload_too_large', detail);
  if (bytes < grant.bytes) throw new FileError('invalid_input', detail);
}

/** What the client is told of a failed write; any other error is a bug and is returned unchanged. */
function uploadError(error: unknown): unknown {
  if (error instanceof TicketUsed) return new FileError('conflict', 'The file has already arrived');
  if (error instanceof TicketBusy)
    return new FileError('conflict', 'The file is being sent by another request; try again', {
      retryAfterSeconds: 1,
    });
  if (error instanceof StorageBusy)
    return new FileError('unavailable', 'Too many uploads at once; try again', { retryAfterSeconds: 5 });
  if (error instanceof StorageFull)
    return new FileError('unavailable', 'There is no room for the file; try again later', { status: 507 });
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
    ? new FileError('invalid_input', 'The connection broke before the whole file had arrived; send it again')
    : error;
}
