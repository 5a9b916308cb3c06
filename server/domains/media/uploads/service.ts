import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError } from '../../../core/errors.ts';
import { enqueue } from '../../../core/outbox.ts';
import {
  type AcceptedType,
  acceptedTypes,
  findContentFault,
  SNIFFED_BYTES,
} from '../../../imaging/imageType.ts';
import { MAX_PIXELS, variantSizes } from '../../../imaging/limits.ts';
import { ObjectMissing } from '../../../infra/storage/storage.ts';
import { refuseContent } from '../../takedowns/public.ts';
import type { NewUpload, UploadRef, UploadStatus, UploadTicket } from '../contract.ts';
import { UPLOADS, unguessable } from '../keys.ts';
import { requireOwnMedia } from '../library/service.ts';
import { hasStatus, type MediaRow, updateMedia } from '../queries.ts';
import type { MediaPolicy } from './contract.ts';
import { holdSameFile, insertMedia, renewUpload } from './queries.ts';

export const mediaPolicy = ({ settings }: App): MediaPolicy => ({
  acceptedTypes: [...acceptedTypes],
  maxBytes: settings.uploadMaxBytes,
  maxPixels: MAX_PIXELS,
  variants: variantSizes.map(({ name, longestSide, types }) => ({ name, longestSide, types: [...types] })),
  uploadTtlSeconds: settings.uploadUrlTtlSeconds,
  metadata:
    'Orientation is applied. Location, serial numbers and names are never kept. Make, model, lens and exposure are kept separately and shown to others only if the owner chooses to; everything else is removed, from the original too.',
  notAccepted:
    "HEIC can't be decoded here: send JPEG. GIF, TIFF, SVG and video are refused; of an animation only the first frame is shown, and what is transparent is shown on white.",
});

export const startUpload = (
  app: App,
  viewer: Viewer,
  { contentType, bytes, sha256, altText }: NewUpload,
): Promise<UploadTicket> =>
  inTransaction(app, async (app) => {
    requireAcceptedType(contentType);
    requireSize(app, bytes);
    const { uploadUrlTtlSeconds: ttlSeconds } = app.settings;
    const file = { ownerId: viewer.id, contentType, bytes, sha256: sha256 ?? null };
    if (sha256 !== undefined) await refuseContent(app, viewer.id, sha256);
    const known = sha256 === undefined ? undefined : await holdSameFile(app.db, { ...file, sha256 });
    const { id, uploadKey, uploadExpiresAt, status } = known
      ? await renewUpload(app.db, known.id, altText, ttlSeconds)
      : await insertMedia(
          app.db,
          { ...file, altText: altText ?? '', uploadKey: `${UPLOADS}${unguessable()}` },
          ttlSeconds,
        );
    const { method, url, headers } = await app.storage.uploadTicket({
      key: uploadKey,
      contentType,
      bytes,
      sha256,
      ttlSeconds,
    });
    return { uploadId: id, uploadUrl: url, method, headers, expiresAt: uploadExpiresAt, status };
  });

function requireAcceptedType(contentType: string): asserts contentType is AcceptedType {
  if ((acceptedTypes as readonly string[]).includes(contentType)) return;
  const message = `must be one of ${acceptedTypes.join(', ')}`;
  throw new CielError('unsupported_media_type', {
    detail: `contentType: ${message}`,
    errors: [{ field: 'contentType', message }],
  });
}

function requireSize({ settings }: App, bytes: number): void {
  if (bytes <= settings.uploadMaxBytes) return;
  const message = `must be at most ${settings.uploadMaxBytes}`;
  throw new CielError('payload_too_large', {
    detail: `bytes: ${message}`,
    errors: [{ field: 'bytes', message }],
  });
}

/**
 * Checks the uploaded file outside of a transaction, which would wait for the store. Throws `upload_missing`, and `media_unusable` for
 * a file that is not as declared, after recording the fault.
 */
export async function requireIntactUpload(app: App, viewer: Viewer, ref: UploadRef): Promise<void> {
  const row = await requireOwnMedia(app, viewer, ref.uploadId);
  const fault = row.status === 'pending' ? await findFault(app, row) : null;
  if (fault === null) return;
  await failUpload(app, row, fault);
  throw new CielError('media_unusable', { detail: fault });
}

type Declared = Pick<MediaRow, 'uploadKey' | 'contentType' | 'bytes'>;

/** Why the uploaded file is not as declared, in words for people; null when it is. Throws `upload_missing`. */
async function findFault({ storage }: App, declared: Declared): Promise<string | null> {
  const { uploadKey, bytes, contentType } = declared;
  const info = await storage.head(uploadKey);
  if (!info) throw new CielError('upload_missing');
  if (info.bytes !== bytes) return `The file has ${info.bytes} bytes, but ${bytes} were declared`;
  if (info.contentType !== contentType)
    return `The file was uploaded as ${info.contentType}, but ${contentType} was declared`;
  const start = await readStart(storage, uploadKey);
  return findContentFault(start, contentType);
}

async function readStart(storage: App['storage'], key: string): Promise<Buffer> {
  try {
    return await storage.readStart(key, SNIFFED_BYTES);
  } catch (error) {
    if (error instanceof ObjectMissing) throw new CielError('upload_missing');
    throw error;
  }
}

/** To be called after `requireSoundUpload`. Only the first call changes the state and enqueues the job. */
export const completeUpload = (app: App, viewer: Viewer, ref: UploadRef): Promise<UploadStatus> =>
  inTransaction(app, async (app) => {
    const { id, failure } = await requireOwnMedia(app, viewer, ref.uploadId);
    if (failure !== null) throw new CielError('media_unusable', { detail: failure });
    const isFirst = await updateMedia(app.db, id, hasStatus('pending'), { status: 'uploaded' });
    if (isFirst) await enqueue(app, 'media.process', { mediaId: id }, { dedupKey: `media.process ${id}` });
    return uploadStatus(app, viewer, ref);
  });

const failUpload = (app: App, { id, uploadKey }: MediaRow, failure: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const isFirst = await updateMedia(app.db, id, hasStatus('pending'), { status: 'failed', failure });
    if (isFirst) await enqueue(app, 'media.removeObjects', { keys: [uploadKey] });
  });

export async function uploadStatus(app: App, viewer: Viewer, { uploadId }: UploadRef): Promise<UploadStatus> {
  const { id, status, failure } = await requireOwnMedia(app, viewer, uploadId);
  return { status, mediaId: id, ...(failure === null ? {} : { reason: failure }) };
}
