/** The request that uploads one object; the same shape from every adapter. */
export interface UploadTicket {
  method: 'PUT';
  url: string;
  headers: Record<string, string>;
}

export interface UploadRequest {
  key: string;
  contentType: string;
  /** Exact length of the body in bytes; the store refuses any other. */
  bytes: number;
  /** Hex SHA-256 of the body; when given, the store or the worker refuses any other body. */
  sha256?: string | undefined;
  ttlSeconds: number;
}

/** An upload that is sent in parts: an unfinished one of a key, with an id that the store has chosen. */
export interface PartedUpload {
  key: string;
  partsId: string;
}

/** The request that uploads one part, the bytes from `from` up to but not including `to`. */
export interface PartTicket extends UploadTicket {
  /** Counts from 1. */
  number: number;
  from: number;
  to: number;
}

export interface ObjectInfo {
  bytes: number;
  contentType: string;
}

export interface WriteOptions {
  contentType: string;
  /** Sent as Cache-Control when the object is read. */
  cacheControl: string;
}

/** Where a part lies in the file; `number` counts from 1. */
export type Part = Pick<PartTicket, 'number' | 'from' | 'to'>;

export interface StoredPart {
  number: number;
  bytes: number;
  /** Names the content of the part to the store. */
  etag: string;
}

/** Objects whose key starts with `pub/` can be read by anybody at `publicUrl`; all others only through a signed URL. */
export const PUBLIC_PREFIX = 'pub/';

/** How public objects are cached: by browsers for good, by shared caches for half a minute, because objects are removed. */
export const PUBLIC_CACHE_CONTROL = 'public, max-age=31536000, s-maxage=30';

export interface Storage {
  /** Clients get the headers that an object was written with; otherwise the API chooses them. */
  sendsStoredHeaders: boolean;
  /** Prepares the bucket or folder; called once at startup, safe to repeat. */
  prepare(): Promise<void>;
  /** Permission to upload one object, once; made without a round trip. */
  uploadTicket(request: UploadRequest): Promise<UploadTicket>;
  /** Begins an upload in parts, beside which the object can still be uploaded whole; returns its `partsId`. */
  startParts(key: string, contentType: string): Promise<string>;
  /** Permission to upload parts of exactly these lengths; made without a round trip. */
  partTickets(upload: PartedUpload, parts: Part[], ttlSeconds: number): Promise<PartTicket[]>;
  /** Numbers and lengths of the parts that are there; throws PartsMissing when the upload has been joined or aborted. */
  listParts(upload: PartedUpload): Promise<StoredPart[]>;
  /** Makes the object of these parts, unless it exists, and ends the upload; throws PartsMissing, also when the parts have changed. */
  joinParts(upload: PartedUpload, contentType: string, parts: StoredPart[]): Promise<void>;
  /** Removes the parts; an upload that has ended is not an error. */
  abortParts(upload: PartedUpload): Promise<void>;
  /** Up to `limit` unfinished uploads of keys under the prefix, by key, with keys after the given one. */
  listUnjoined(
    prefix: string,
    after: string | null,
    limit: number,
  ): Promise<(PartedUpload & { startedAt: Date })[]>;
  /** Null when the object does not exist. */
  head(key: string): Promise<ObjectInfo | null>;
  /** Reads the whole object; throws ObjectMissing, or ObjectTooLarge before reading more than `maxBytes`. */
  read(key: string, maxBytes: number): Promise<Buffer>;
  /** Reads the first `bytes` bytes, or all if there are fewer; throws ObjectMissing. */
  readStart(key: string, bytes: number): Promise<Buffer>;
  /** Replaces an object that has this key. */
  write(key: string, body: Buffer, options: WriteOptions): Promise<void>;
  /** Replaces an object at `to`; throws ObjectMissing when there is none at `from`. */
  copy(from: string, to: string, options: WriteOptions): Promise<void>;
  /** Missing objects are not an error. */
  remove(keys: string[]): Promise<void>;
  /** A URL that reads the object by the method until the URL expires; made without a round trip. */
  signedUrl(key: string, ttlSeconds: number, method?: 'GET' | 'HEAD'): Promise<string>;
  /** The permanent URL of an object under PUBLIC_PREFIX. */
  publicUrl(key: string): string;
  /** Up to `limit` keys under the prefix, in byte order, after the given key. */
  list(prefix: string, after: string | null, limit: number): Promise<string[]>;
  /** Throws when the store can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class ObjectMissing extends Error {
  override name = 'ObjectMissing';
}

export class ObjectTooLarge extends Error {
  override name = 'ObjectTooLarge';
}

/** There is no such unfinished upload: it was joined, aborted, or lived too long. */
export class PartsMissing extends Error {
  override name = 'PartsMissing';
}
