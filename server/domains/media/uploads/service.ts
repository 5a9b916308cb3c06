import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError } from '../../../core/errors.ts';
import { enqueue } from '../../../core/outbox.ts';
import {
  type AcceptedType,
  acceptedTypesOf,
  type Recognised,
  recognise,
  recogniseDeclared,
  SNIFFED_BYTES,
} from '../../../imaging/imageType.ts';
import { MAX_PIXELS, pixelLimits, SHORT_SIDE, variantSizes } from '../../../imaging/limits.ts';
import { wrongLength } from '../../../imaging/unusableImage.ts';
import { ObjectMissing, type PartedUpload } from '../../../infra/storage/storage.ts';
import { refuseContent } from '../../takedowns/public.ts';
import type { NewUpload, UploadRef, UploadStatus, UploadTicket } from '../contract.ts';
import { requireOwnMedia } from '../library/service.ts';
import { isInParts } from '../parts/partition.ts';
import { allParts, endParts, missingParts, newKeys, startParts } from '../parts/service.ts';
import { failureOf } from '../public.ts';
import { hasStatus, isStartable, type MediaRow, updateMedia } from '../queries.ts';
import type { MediaPolicy } from './contract.ts';
import { holdSameFile, insertMedia, isKnownFile, renewUpload } from './queries.ts';

export const mediaPolicy = ({ settings }: App): MediaPolicy => ({
  acceptedTypes: acceptedTypesOf(settings.acceptsHeic),
  maxBytes: settings.uploadMaxBytes,
  maxPixels: MAX_PIXELS,
  pixelLimits,
  variants: variantSizes.map((size) => ({ ...size, shortSide: SHORT_SIDE, types: [...size.types] })),
  uploadTtlSeconds: settings.uploadUrlTtlSeconds,
  metadata:
    'Orientation is applied. Location and serial numbers are never kept. Make, model, lens and exposure, and copyright, creator, licence and the wish not to be mined are kept separately and shown to others only if the owner chooses to; everything else is removed, from the original too.',
  notAccepted: `${settings.acceptsHeic ? '' : "HEIC can't be decoded here: send JPEG. "}GIF, TIFF, raw files, SVG and video are refused; of an animation only the first frame is shown, and what is transparent is shown on white.`,
});

/**
 * Begins an upload in parts for a large new file, outside of a transaction, which would wait for the store. What the ticket then
 * does not use is aborted by the cleanup.
 */
export async function prepareUpload(
  app: App,
  viewer: Viewer,
  { contentType: declared, bytes, sha256 }: NewUpload,
): Promise<PartedUpload | undefined> {
  const { type } = recogniseDeclared(declared, app.settings.acceptsHeic);
  if (type === null || !isInParts(bytes) || bytes > app.settings.uploadMaxBytes) return undefined;
  if (sha256 !== undefined && (await isKnownFile(app.db, { ownerId: viewer.id, bytes, sha256 })))
    return undefined;
  return startParts(app, type);
}

export const startUpload = (
  app: App,
  viewer: Viewer,
  { contentType: declared, bytes, sha256, altText }: NewUpload,
  prepared?: PartedUpload,
): Promise<UploadTicket> =>
  inTransaction(app, async (app) => {
    const acceptedType = requireAcceptedType(app, declared);
    requireSize(app, bytes);
    const { uploadUrlTtlSeconds: ttlSeconds } = app.settings;
    const file = { ownerId: viewer.id, contentType: acceptedType, bytes, sha256: sha256 ?? null };
    if (sha256 !== undefined) await refuseContent(app, viewer.id, sha256);
    const known = sha256 === undefined ? undefined : await holdSameFile(app.db, { ...file, sha256 });
    const { id, uploadKey, partsId, uploadExpiresAt, status, contentType } = known
      ? await renewUpload(app.db, known.id, altText, ttlSeconds)
      : await insertMedia(app.db, { ...file, altText: altText ?? '', ...newKeys(prepared) }, ttlSeconds);
    const { method, url, headers } = await app.storage.uploadTicket({
      key: uploadKey,
      contentType,
      bytes,
      sha256,
      ttlSeconds,
    });
    const parts = status === 'pending' ? await allParts(app, { uploadKey, partsId, bytes }) : null;
    const isRestarted = status === 'failed' && (await enqueueProcessing(app, id));
    return {
      uploadId: id,
      uploadUrl: url,
      method,
      headers,
      expiresAt: uploadExpiresAt,
      status: isRestarted ? 'uploaded' : status,
      ...(parts && { parts }),
    };
  });

/** What the file is declared as only has to be possible: its bytes decide when the upload is completed. */
function requireAcceptedType({ settings }: App, declared: string): AcceptedType {
  const { type, fault } = recogniseDeclared(declared, settings.acceptsHeic);
  if (type !== null) return type;
  throw new CielError('unsupported_media_type', {
    detail: fault,
    errors: [{ field: 'contentType', message: fault }],
  });
}

function requireSize({ settings }: App, bytes: number): void {
  if (bytes <= settings.uploadMaxBytes) return;
  const message = `Photographs may have up to ${sizeOf(settings.uploadMaxBytes)}`;
  throw new CielError('payload_too_large', { detail: message, errors: [{ field: 'bytes', message }] });
}

function sizeOf(bytes: number): string {
  if (bytes < 1024 ** 2) return bytes < 1024 ? `${bytes} bytes` : `${Math.floor(bytes / 1024)} kB`;
  return `${Math.floor((bytes / 1024 ** 2) * 10) / 10} MB`;
}

/**
 * Checks the uploaded file outside of a transaction, which would wait for the store. Throws `upload_missing`, and `media_unusable` for
 * a file that is not accepted, after recording the fault. The type of the row becomes the one that the bytes show.
 */
export async function requireIntactUpload(app: App, viewer: Viewer, ref: UploadRef): Promise<void> {
  const row = await requireOwnMedia(app, viewer, ref.uploadId);
  if (row.keptUntil !== null && !(await app.storage.head(row.uploadKey)))
    throw new CielError('upload_missing');
  if (row.status !== 'pending') return;
  await endParts(app, row);
  const { type, fault } = await recogniseUpload(app, row);
  if (type === null) {
    await failUpload(app, row, fault);
    throw new CielError('media_unusable', { detail: fault });
  }
  if (type !== row.contentType)
    await updateMedia(app.db, row.id, hasStatus('pending'), { contentType: type });
}

/** What the uploaded file is, whatever it was declared as. Throws `upload_missing`. */
async function recogniseUpload(
  { storage, settings }: App,
  { uploadKey, bytes }: MediaRow,
): Promise<Recognised> {
  const info = await storage.head(uploadKey);
  if (!info) throw new CielError('upload_missing');
  if (info.bytes !== bytes) return { type: null, fault: wrongLength(info.bytes, bytes) };
  return recognise(await readStart(storage, uploadKey), settings.acceptsHeic);
}

async function readStart(storage: App['storage'], key: string): Promise<Buffer> {
  try {
    return await storage.readStart(key, SNIFFED_BYTES);
  } catch (error) {
    if (error instanceof ObjectMissing) throw new CielError('upload_missing');
    throw error;
  }
}

/**
 * To be called after `requireIntactUpload`. Only the first call changes the state and enqueues the job; so does the first after a failure
 * that was not the file's fault.
 */
export const completeUpload = (app: App, viewer: Viewer, ref: UploadRef): Promise<UploadStatus> =>
  inTransaction(app, async (app) => {
    const { id } = await requireOwnMedia(app, viewer, ref.uploadId);
    await enqueueProcessing(app, id);
    const { failure } = await requireOwnMedia(app, viewer, ref.uploadId);
    if (failure !== null) throw new CielError('media_unusable', { detail: failure });
    return uploadStatus(app, viewer, ref);
  });

/** False when the photo is being processed, has been, or failed by a fault of its file. */
async function enqueueProcessing(app: App, id: string): Promise<boolean> {
  const set = { status: 'uploaded', failure: null, keptUntil: null } as const;
  const isFirst = await updateMedia(app.db, id, isStartable(), set);
  if (isFirst) await enqueue(app, 'media.process', { mediaId: id }, { dedupKey: `media.process ${id}` });
  return isFirst;
}

const failUpload = (app: App, { id, uploadKey }: MediaRow, failure: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const isFirst = await updateMedia(app.db, id, hasStatus('pending'), { status: 'failed', failure });
    if (isFirst) await enqueue(app, 'media.removeObjects', { keys: [uploadKey] });
  });

export async function uploadStatus(app: App, viewer: Viewer, { uploadId }: UploadRef): Promise<UploadStatus> {
  const row = await requireOwnMedia(app, viewer, uploadId);
  const { id, status } = row;
  const parts = status === 'pending' ? await missingParts(app, row) : null;
  return { status, mediaId: id, ...failureOf(row), ...(parts && { parts }) };
}
