import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PartGrant, signGrant } from './fileGrant.ts';
import { requireKey, requireUploadKey } from './keys.ts';
import { type PartedUpload, PartsMissing, type Storage, type StoredPart } from './storage.ts';
import { codeOf, ignoreMissing, openStored, type Stored, temporaryName, writeStored } from './storedFile.ts';
import { endTicket, TicketUsed } from './tickets.ts';
import { type createUploadWriter, fullAs, type UploadCheck } from './uploadWriter.ts';

/** One folder for each unfinished upload in parts, with one file for each part. Listings leave it out. */
const PARTS_FOLDER = '.parts';

/** No upload URL works for longer. */
const LONGEST_TICKET_MS = 86_400_000;

type Parts = Pick<
  Storage,
  'startParts' | 'partTickets' | 'listParts' | 'joinParts' | 'abortParts' | 'listUnjoined'
> & {
  writePart(grant: PartGrant, body: AsyncIterable<Uint8Array>, check: UploadCheck): Promise<Stored>;
};

interface PartsOptions {
  root: string;
  secrets: Buffer[];
  publicUrl: string;
  pathOf(key: string): string;
  writeUpload: ReturnType<typeof createUploadWriter>;
}

/** Uploads in parts, as S3 has them, over files. */
export function createFileParts({ root, secrets, publicUrl, pathOf, writeUpload }: PartsOptions): Parts {
  const folderOf = ({ key, partsId }: PartedUpload) =>
    join(root, PARTS_FOLDER, `${encodeURIComponent(requireKey(key))}~${partsId}`);

  async function requireUnfinished(upload: PartedUpload): Promise<string> {
    const folder = folderOf(upload);
    if (!(await stat(folder).catch(ignoreMissing))) throw new PartsMissing(upload.key);
    return folder;
  }

  async function exists(key: string): Promise<boolean> {
    return (await stat(pathOf(key)).catch(ignoreMissing)) !== null;
  }

  // Parts may still be arriving while the folder is being removed.
  const abortParts = (upload: PartedUpload) =>
    rm(folderOf(upload), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });

  return {
    async startParts(key) {
      const partsId = randomUUID();
      await mkdir(folderOf({ key: requireUploadKey(key), partsId }), { recursive: true, mode: 0o700 });
      return partsId;
    },

    async partTickets({ key, partsId }, parts, ttlSeconds) {
      const expiresAt = Date.now() + ttlSeconds * 1000;
      return parts.map((part) => {
        const bytes = part.to - part.from;
        const grant = { operation: 'part', key, partsId, number: part.number, bytes, expiresAt } as const;
        return {
          ...part,
          method: 'PUT',
          url: `${publicUrl}/files/part/${signGrant(secrets, grant)}`,
          headers: {},
        };
      });
    },

    async writePart(grant, body, check) {
      const { key, partsId, number, bytes, expiresAt } = grant;
      const folder = await requireUnfinished(grant);
      if (await exists(key)) throw new TicketUsed(key);
      const ticket = {
        operation: 'put',
        key: `${key}.${partsId}.${number}`,
        bytes,
        expiresAt,
        contentType: 'application/octet-stream',
      } as const;
      try {
        const place = { inExistingFolder: true };
        return await writeUpload(ticket, join(folder, String(number)), body, check, place);
      } catch (error) {
        // The upload ended while the part was arriving.
        if (codeOf(error) === 'ENOENT') await requireUnfinished(grant);
        throw error;
      }
    },

    async listParts(upload) {
      const folder = await requireUnfinished(upload);
      const parts: StoredPart[] = [];
      for (const name of (await readdir(folder).catch(ignoreMissing)) ?? []) {
        const stored = await openStored(join(folder, name));
        await stored?.file.close();
        if (stored) parts.push({ number: Number(name), bytes: stored.bytes, etag: stored.sha256 });
      }
      return parts.sort((a, b) => a.number - b.number);
    },

    async joinParts(upload, contentType, parts) {
      const { key } = upload;
      const folder = await requireUnfinished(upload);
      const source = contentOf(parts.map(({ number }) => join(folder, String(number))));
      const description = { contentType, cacheControl: null };
      try {
        await writeStored({ root, path: pathOf(key), source, ...description, exclusive: true });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw fullAs(key, error);
      }
      // Whoever is still sending the file whole is refused, and so is whoever does so later.
      await endTicket(root, { key, expiresAt: Date.now() + LONGEST_TICKET_MS, file: temporaryName() });
      await abortParts(upload);
    },

    abortParts,

    async listUnjoined(prefix, after, limit) {
      const names = (await readdir(join(root, PARTS_FOLDER)).catch(ignoreMissing)) ?? [];
      const uploads = names
        .map((name) => {
          const [key = '', partsId = ''] = name.split('~');
          return { key: decodeURIComponent(key), partsId };
        })
        .filter(({ key }) => key.startsWith(prefix) && (after === null || key > after))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const found: Awaited<ReturnType<Storage['listUnjoined']>> = [];
      for (const upload of uploads.slice(0, limit)) {
        const folder = await stat(folderOf(upload)).catch(ignoreMissing);
        if (folder) found.push({ ...upload, startedAt: folder.mtime });
      }
      return found;
    },
  };
}

async function* contentOf(paths: string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) {
    const stored = await openStored(path);
    if (!stored) throw new PartsMissing(path);
    // The stream closes the file.
    if (stored.bytes > 0) yield* stored.file.createReadStream({ end: stored.bytes - 1 });
    else await stored.file.close();
  }
}
