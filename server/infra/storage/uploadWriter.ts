import type { UploadGrant } from './fileGrant.ts';
import {
  codeOf,
  openStored,
  type Stored,
  temporaryName,
  type WriteRequest,
  writeStored,
} from './storedFile.ts';
import { claimTicket, removeEndedTickets, TicketUsed } from './tickets.ts';

/** All uploads at once would take too much of the disk. */
export class StorageBusy extends Error {
  override name = 'StorageBusy';
}

export class StorageFull extends Error {
  override name = 'StorageFull';
}

/** What a failed write of the key means: StorageFull when there is no room. */
export const fullAs = (key: string, error: unknown): unknown =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '') ? new StorageFull(key) : error;

type Place = Pick<WriteRequest, 'inExistingFolder'>;

export type UploadCheck = (bytes: number, sha256?: string) => void;

/** Another request may take a stalled ticket over: looked for after this many bytes, and at the end. */
const LOOK_EVERY_BYTES = 1024 ** 2;
const SWEEP_EVERY_MS = 600_000;

/** Returns a function that stores an upload as FileStorage.writeUpload promises. */
export function createUploadWriter(root: string, mostBytes: number) {
  let unfinishedBytes = 0;
  let sweptAt = Date.now();

  return async function writeUpload(
    grant: UploadGrant,
    path: string,
    body: AsyncIterable<Uint8Array>,
    check: UploadCheck,
    place: Place = {},
  ): Promise<Stored> {
    if (Date.now() - sweptAt > SWEEP_EVERY_MS) {
      sweptAt = Date.now();
      await removeEndedTickets(root);
    }
    try {
      return await writeClaimed(grant, body, check, { ...place, path });
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw new TicketUsed(grant.key);
      throw fullAs(grant.key, error);
    }
  };

  async function writeClaimed(
    { key, contentType, bytes, expiresAt }: UploadGrant,
    body: AsyncIterable<Uint8Array>,
    check: UploadCheck,
    place: Place & { path: string },
  ): Promise<Stored> {
    const temporary = temporaryName();
    const claim = await claimTicket(root, { key, expiresAt, file: temporary });
    const confirm = async () => {
      if (await claim.isLost()) throw new TicketUsed(key);
    };
    try {
      await requireUnused(place.path, key);
      const source = watched(body, confirm);
      const request = { ...place, root, temporary, source, contentType, cacheControl: null, check, confirm };
      const stored = await withReserved(bytes, () => writeStored({ ...request, exclusive: true }));
      await claim.use();
      return stored;
    } catch (error) {
      await claim.release();
      throw error;
    }
  }

  async function withReserved<T>(bytes: number, write: () => Promise<T>): Promise<T> {
    // One upload alone is always accepted.
    if (unfinishedBytes > 0 && unfinishedBytes + bytes > mostBytes) throw new StorageBusy();
    unfinishedBytes += bytes;
    try {
      return await write();
    } finally {
      unfinishedBytes -= bytes;
    }
  }
}

async function requireUnused(path: string, key: string): Promise<void> {
  const existing = await openStored(path);
  await existing?.file.close();
  if (existing) throw new TicketUsed(key);
}

async function* watched(body: AsyncIterable<Uint8Array>, confirm: () => Promise<void>) {
  let unwatched = 0;
  for await (const chunk of body) {
    unwatched += chunk.length;
    if (unwatched >= LOOK_EVERY_BYTES) {
      unwatched = 0;
      await confirm();
    }
    yield chunk;
  }
}
