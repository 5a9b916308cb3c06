import type { App } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import {
  type Part,
  type PartedUpload,
  PartsMissing,
  type StoredPart,
} from '../../../infra/storage/storage.ts';
import { StorageFull } from '../../../infra/storage/uploadWriter.ts';
import { UPLOADS, unguessable } from '../keys.ts';
import { findAwaited } from '../orphans/queries.ts';
import type { MediaRow } from '../queries.ts';
import type { UploadPart } from './contract.ts';
import { missingFrom, partsOf } from './partition.ts';

type Parted = Pick<MediaRow, 'uploadKey' | 'partsId' | 'bytes'>;

const newKey = () => `${UPLOADS}${unguessable()}`;

/** Begins an upload in parts under a new key; undefined when the store refuses, so that the file is sent whole. */
export async function startParts(app: App, contentType: string): Promise<PartedUpload | undefined> {
  const key = newKey();
  try {
    return { key, partsId: await app.storage.startParts(key, contentType) };
  } catch (error) {
    app.log.warn({ err: error }, 'the object store did not begin an upload in parts');
    return undefined;
  }
}

/** Where a new file is to be uploaded, in parts if they were begun. */
export const newKeys = (begun: PartedUpload | undefined) => ({
  uploadKey: begun?.key ?? newKey(),
  partsId: begun?.partsId ?? null,
});

export const allParts = (app: App, row: Parted) => ticketsFor(app, row, partsOf(row.bytes));

/** Null for an upload that can't be sent in parts, or no longer. */
export async function missingParts(app: App, row: Parted): Promise<UploadPart[] | null> {
  const stored = await storedParts(app, row);
  return stored && ticketsFor(app, row, missingFrom(partsOf(row.bytes), stored));
}

async function ticketsFor(app: App, row: Parted, parts: Part[]): Promise<UploadPart[] | null> {
  const upload = uploadOf(row);
  if (!upload) return null;
  const tickets = await app.storage.partTickets(upload, parts, app.settings.uploadUrlTtlSeconds);
  return tickets.map(({ number, from, to, url, headers }) => ({ number, from, to, url, headers }));
}

/**
 * Ends the upload in parts when its file is complete: makes the object of the parts, or removes them when the file came whole.
 * Throws `upload_missing`, with the numbers of the parts, when some have arrived and some have not.
 */
export async function endParts(app: App, row: Parted & Pick<MediaRow, 'contentType'>): Promise<void> {
  const upload = uploadOf(row);
  if (!upload) return;
  if (await app.storage.head(row.uploadKey)) return app.storage.abortParts(upload);
  const stored = await storedParts(app, row);
  if (!stored?.length) return;
  requireAll(partsOf(row.bytes), stored);
  await app.storage.joinParts(upload, row.contentType, stored).catch((error: unknown) => {
    if (error instanceof StorageFull)
      throw new CielError('unavailable', { detail: 'There is no room for the file; try again later' });
    return ignoreMissing(error);
  });
}

function requireAll(parts: Part[], stored: StoredPart[]): void {
  const missing = missingFrom(parts, stored).map(({ number }) => number);
  if (missing.length === 0) return;
  const named = missing.length === 1 ? `Part ${missing[0]} is` : `Parts ${missing.join(', ')} are`;
  throw new CielError('upload_missing', {
    detail: `${named} missing, of ${parts.length}; the status of the upload has their URLs`,
  });
}

async function storedParts(app: App, row: Parted): Promise<StoredPart[] | null> {
  const upload = uploadOf(row);
  return upload && (await app.storage.listParts(upload).catch(ignoreMissing));
}

const uploadOf = ({ uploadKey, partsId }: Parted): PartedUpload | null =>
  partsId === null ? null : { key: uploadKey, partsId };

/** Another request has ended the upload in between. */
function ignoreMissing(error: unknown): null {
  if (error instanceof PartsMissing) return null;
  throw error;
}

const SWEPT_AT_ONCE = 1000;
/** The row of an upload appears within seconds after its parts were begun. */
const BEGUN_MS = 3_600_000;

/**
 * Aborts uploads in parts that no row waits for, and those whose file came whole, so that nobody keeps twice what a ticket is for. Returns
 * how many.
 */
export async function abortUnusedParts(app: App): Promise<number> {
  let aborted = 0;
  for (let after: string | null = null; ; ) {
    const uploads = await app.storage.listUnjoined(UPLOADS, after, SWEPT_AT_ONCE);
    const keys = uploads.map(({ key }) => key);
    const awaited = new Set(await findAwaited(app.db, keys));
    for (const upload of uploads) {
      const isOld = upload.startedAt.getTime() < Date.now() - BEGUN_MS;
      const isUnused = isOld && !awaited.has(upload.key);
      if (!isUnused && !(await app.storage.head(upload.key))) continue;
      await app.storage.abortParts(upload);
      aborted += 1;
    }
    if (uploads.length < SWEPT_AT_ONCE) return aborted;
    after = keys.at(-1)!;
  }
}

/** Aborts the uploads in parts of rows that are gone. Some stores list no unfinished uploads, so each is named. */
export async function abortPartsOf(app: App, rows: Parted[]): Promise<void> {
  for (const row of rows) {
    const upload = uploadOf(row);
    if (upload) await app.storage.abortParts(upload);
  }
}
