import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type PartGrant, signGrant, type UploadGrant, verifyGrant } from './fileGrant.ts';
import { createFileParts } from './fileParts.ts';
import { keysIn, removeAbandoned, removeFile } from './fileTree.ts';
import { requireKey, requirePublicKey, requireUploadKey } from './keys.ts';
import { ObjectMissing, ObjectTooLarge, type Storage } from './storage.ts';
import { openStored, type Stored, type StoredFile, TEMPORARY_FOLDER, writeStored } from './storedFile.ts';
import { prepareTickets, removeEndedTickets } from './tickets.ts';
import { createUploadWriter, type UploadCheck } from './uploadWriter.ts';

export interface FileStorageOptions {
  root: string;
  /** The first signs upload and read URLs; all verify them. */
  secrets: Buffer[];
  /** Base of the URLs, without a trailing slash; the API serves `/files` under it. */
  publicUrl: string;
  /** Bytes of all uploads that this process receives at once; more are refused. */
  unfinishedBytes?: number;
}

/** What the routes need beyond Storage. */
export interface FileStorage extends Storage {
  /** What the token of an upload URL permits. Throws InvalidGrant. */
  uploadGrant(token: string): UploadGrant;
  /**
   * Stores an upload whole or not at all, one at a time for each grant. `check` is called with the bytes so far after each chunk,
   * and with the SHA-256 in hex at the end; what it throws ends the upload. Throws TicketUsed, TicketBusy, StorageBusy and StorageFull.
   */
  writeUpload(grant: UploadGrant, body: AsyncIterable<Uint8Array>, check: UploadCheck): Promise<Stored>;
  /** What the token of the URL of a part permits. Throws InvalidGrant. */
  partGrant(token: string): PartGrant;
  /** As `writeUpload`, for one part; throws PartsMissing when the upload has ended. */
  writePart(grant: PartGrant, body: AsyncIterable<Uint8Array>, check: UploadCheck): Promise<Stored>;
  /** The file, and how many seconds its URL stays valid. Throws InvalidGrant, or ObjectMissing. */
  openSigned(token: string): Promise<{ file: StoredFile; secondsLeft: number }>;
  /** Throws ObjectMissing. */
  openPublic(key: string): Promise<StoredFile>;
  /** For a reader whose right the caller has checked. Throws ObjectMissing. */
  open(key: string): Promise<StoredFile>;
}

/** Far more than slow lines fill at once, and little beside a disk of photographs. */
const UNFINISHED_BYTES = 1024 ** 3;

/** Stores objects as files in a folder of one machine. Clients upload and read through the API, at URLs signed with HMAC-SHA256. */
export function createFileStorage(options: FileStorageOptions): FileStorage {
  const { secrets, publicUrl } = options;
  const root = resolve(options.root);
  const writeUpload = createUploadWriter(root, options.unfinishedBytes ?? UNFINISHED_BYTES);
  const pathOf = (key: string) => join(root, requireKey(key));
  const expiry = (ttlSeconds: number) => Date.now() + ttlSeconds * 1000;

  async function open(key: string): Promise<StoredFile> {
    const stored = await openStored(pathOf(key));
    if (!stored) throw new ObjectMissing(key);
    return stored;
  }

  return {
    sendsStoredHeaders: false,

    async prepare() {
      await mkdir(join(root, TEMPORARY_FOLDER), { recursive: true, mode: 0o700 });
      await removeAbandoned(join(root, TEMPORARY_FOLDER));
      await prepareTickets(root);
      await removeEndedTickets(root);
    },

    async uploadTicket({ key, contentType, bytes, sha256, ttlSeconds }) {
      const expiresAt = expiry(ttlSeconds);
      requireUploadKey(key);
      const token = signGrant(secrets, { operation: 'put', key, contentType, bytes, sha256, expiresAt });
      return {
        method: 'PUT',
        url: `${publicUrl}/files/put/${token}`,
        headers: { 'content-type': contentType },
      };
    },

    uploadGrant: (token) => verifyGrant(secrets, token, 'put'),

    partGrant: (token) => verifyGrant(secrets, token, 'part'),

    ...createFileParts({ root, secrets, publicUrl, pathOf, writeUpload }),

    writeUpload: (grant, body, check) => writeUpload(grant, pathOf(grant.key), body, check),

    async openSigned(token) {
      const { key, expiresAt } = verifyGrant(secrets, token, 'get');
      return { file: await open(key), secondsLeft: Math.floor((expiresAt - Date.now()) / 1000) };
    },

    openPublic: async (key) => open(requirePublicKey(key)),

    open,

    async head(key) {
      const stored = await openStored(pathOf(key));
      await stored?.file.close();
      return stored && { bytes: stored.bytes, contentType: stored.contentType };
    },

    async read(key, maxBytes) {
      const { file, bytes } = await open(key);
      try {
        if (bytes > maxBytes) throw new ObjectTooLarge(key);
        return (await file.readFile()).subarray(0, bytes);
      } finally {
        await file.close();
      }
    },

    async readStart(key, bytes) {
      const { file, bytes: all } = await open(key);
      try {
        const length = Math.min(bytes, all);
        return (await file.read(Buffer.alloc(length), 0, length, 0)).buffer;
      } finally {
        await file.close();
      }
    },

    async write(key, body, options) {
      await writeStored({ root, path: pathOf(key), source: Readable.from([body]), ...options });
    },

    async copy(from, to, options) {
      const { file, bytes } = await open(from);
      try {
        const source = bytes === 0 ? Readable.from([]) : file.createReadStream({ end: bytes - 1 });
        await writeStored({ root, path: pathOf(to), source, ...options });
      } finally {
        await file.close();
      }
    },

    async remove(keys) {
      for (const key of keys) await removeFile(root, pathOf(key));
    },

    async signedUrl(key, ttlSeconds) {
      const grant = { operation: 'get', key: requireKey(key), expiresAt: expiry(ttlSeconds) } as const;
      return `${publicUrl}/files/get/${signGrant(secrets, grant)}`;
    },

    publicUrl: (key) => `${publicUrl}/files/${requirePublicKey(key)}`,

    async list(prefix, after, limit) {
      const keys: string[] = [];
      for await (const key of keysIn(root, '', prefix, after)) {
        if (keys.length === limit) break;
        keys.push(key);
      }
      return keys;
    },

    ping: () => access(root, constants.W_OK),

    async close() {},
  };
}
