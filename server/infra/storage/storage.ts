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

export interface ObjectInfo {
  bytes: number;
  contentType: string;
}

export interface WriteOptions {
  contentType: string;
  /** Sent as Cache-Control when the object is read. */
  cacheControl: string;
}

/** Objects whose key starts with `pub/` can be read by anybody at `publicUrl`; all others only through a signed URL. */
export const PUBLIC_PREFIX = 'pub/';

export interface Storage {
  /** Prepares the bucket or folder; called once at startup, safe to repeat. */
  prepare(): Promise<void>;
  /** Permission to upload one object, once; made without a round trip. */
  uploadTicket(request: UploadRequest): Promise<UploadTicket>;
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
