import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Half-written files live here, in the same file system as the objects. */
export const TEMPORARY_FOLDER = '.tmp';

export interface Description {
  contentType: string;
  /** Null for uploads, which only the server reads. */
  cacheControl: string | null;
}

export interface Stored extends Description {
  bytes: number;
  /** Hex. */
  sha256: string;
}

export interface StoredFile extends Stored {
  /** The first `bytes` bytes are the object; the caller closes the file. */
  file: FileHandle;
}

export interface WriteRequest extends Description {
  root: string;
  path: string;
  /** Name of the file in TEMPORARY_FOLDER until the object is complete. */
  temporary?: string;
  source: AsyncIterable<Uint8Array>;
  /** Fails with EEXIST instead of replacing an existing object. */
  exclusive?: boolean;
  /** Fails with ENOENT when the folder of the object is missing, instead of making it. */
  inExistingFolder?: boolean;
  /** Called after each chunk, and after the last one with the hash; throws to refuse the object. */
  check?: (bytes: number, sha256?: string) => void;
  /** Called when all is written, before the object appears; throws to refuse it. */
  confirm?: () => Promise<void>;
}

/** A new name in TEMPORARY_FOLDER; it begins with the process id, by which a later start knows what nobody writes any more. */
export const temporaryName = () => `${process.pid}.${randomUUID()}`;

/** The description follows the bytes in the same file: one rename makes both appear, and the file still opens as a picture. */
const TRAILER_BYTES = 512;

/** Null when the file does not exist. */
export async function openStored(path: string): Promise<StoredFile | null> {
  const file = await open(path, 'r').catch(ignoreMissing);
  if (!file) return null;
  try {
    const bytes = (await file.stat()).size - TRAILER_BYTES;
    if (bytes < 0) throw new Error(`damaged object ${path}`);
    const { buffer } = await file.read(Buffer.alloc(TRAILER_BYTES), 0, TRAILER_BYTES, bytes);
    const stored = JSON.parse(buffer.toString()) as Stored;
    if (stored.bytes !== bytes) throw new Error(`damaged object ${path}`);
    return { file, ...stored };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The object appears complete and synced to disk, or not at all. */
export async function writeStored(request: WriteRequest): Promise<Stored> {
  const temporary = join(request.root, TEMPORARY_FOLDER, request.temporary ?? temporaryName());
  const file = await open(temporary, 'wx', 0o600);
  try {
    const stored = await fill(file, request).finally(() => file.close());
    await request.confirm?.();
    await moveIntoPlace(temporary, request);
    return stored;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function fill(file: FileHandle, { source, contentType, cacheControl, check }: WriteRequest) {
  const hash = createHash('sha256');
  let bytes = 0;
  await file.writeFile(
    (async function* () {
      for await (const chunk of source) {
        bytes += chunk.length;
        check?.(bytes);
        hash.update(chunk);
        yield chunk;
      }
    })(),
  );
  const stored: Stored = { contentType, cacheControl, bytes, sha256: hash.digest('hex') };
  check?.(bytes, stored.sha256);
  const trailer = `${JSON.stringify(stored).padEnd(TRAILER_BYTES - 1)}\n`;
  if (trailer.length !== TRAILER_BYTES) throw new Error('the description of an object is too long');
  await file.writeFile(trailer);
  await file.sync();
  return stored;
}

async function moveIntoPlace(temporary: string, request: WriteRequest): Promise<void> {
  const { path, exclusive, inExistingFolder } = request;
  const folder = dirname(path);
  for (let attempt = 1; ; attempt++) {
    try {
      if (!inExistingFolder) await mkdir(folder, { recursive: true, mode: 0o700 });
      await (exclusive ? link(temporary, path) : rename(temporary, path));
      break;
    } catch (error) {
      // A concurrent removal may delete the empty folder between the two calls, or during the first, which then fails with ENOTDIR.
      if (!isMissing(error) || inExistingFolder || attempt === 100) throw error;
      // Back off from a process that keeps removing the folder.
      await sleep(Math.random() * attempt);
    }
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders, and makes renames durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(ignoreMissing);
  await handle?.sync().finally(() => handle.close());
}

export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

const isMissing = (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

export function ignoreMissing(error: unknown): null {
  if (!isMissing(error)) throw error;
  return null;
}
