import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the holder of a signed URL may do. `expiresAt` is in milliseconds since 1970. */
export type FileGrant = ReadGrant | UploadGrant | PartGrant;

export interface ReadGrant {
  operation: 'get';
  key: string;
  expiresAt: number;
}

export interface UploadGrant {
  operation: 'put';
  key: string;
  expiresAt: number;
  contentType: string;
  bytes: number;
  /** Hex, in upper or lower case. */
  sha256?: string | undefined;
}

/** Permission to upload one part; its content type is that of the whole file. */
export interface PartGrant {
  operation: 'part';
  key: string;
  partsId: string;
  number: number;
  bytes: number;
  expiresAt: number;
}

/** The token of a URL does not permit the operation; the message is for the client. */
export class InvalidGrant extends Error {
  override name = 'InvalidGrant';
}

/** Signs with the first secret. */
export function signGrant([secret]: Buffer[], grant: FileGrant): string {
  const payload = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `${payload}.${signature(secret!, payload)}`;
}

/** Throws InvalidGrant when the token was not signed here, has expired or is for the other operation. */
export function verifyGrant<Operation extends FileGrant['operation']>(
  secrets: Buffer[],
  token: string,
  operation: Operation,
): Extract<FileGrant, { operation: Operation }> {
  const [payload = '', given = '', ...rest] = token.split('.');
  // Compare the texts, not the decoded bytes: base64url has several spellings of the same bytes.
  const bytes = Buffer.from(given);
  const isSignedBy = (secret: Buffer) => {
    const expected = Buffer.from(signature(secret, payload));
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  };
  const isOurs = rest.length === 0 && secrets.some(isSignedBy);
  if (!isOurs) throw new InvalidGrant('The signature of the URL is not valid');
  const grant = JSON.parse(Buffer.from(payload, 'base64url').toString()) as FileGrant;
  if (grant.operation !== operation) throw new InvalidGrant('The URL was signed for another operation');
  if (grant.expiresAt <= Date.now()) throw new InvalidGrant('The URL has expired');
  return grant as Extract<FileGrant, { operation: Operation }>;
}

const signature = (secret: Buffer, payload: string) =>
  createHmac('sha256', secret).update(payload).digest('base64url');
