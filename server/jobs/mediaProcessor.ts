import { createHash } from 'node:crypto';
import type { App } from '../core/app.ts';
import { Id } from '../core/fields.ts';
import type { Jobs } from '../core/outbox.ts';
import { isAdded } from '../domains/media/keys.ts';
import {
  type Attempt,
  failProcessing,
  findTakedown,
  finishProcessing,
  isCurrent,
  startProcessing,
  storeOriginal,
  storeVariant,
} from '../domains/media/processing/service.ts';
import { notifyOfFailure } from '../domains/notifications/reconciliation/service.ts';
import { publishReadyPosts } from '../domains/posts/service.ts';
import { publishReadyStories } from '../domains/stories/service.ts';
import { type AcceptedType, recognise, SNIFFED_BYTES } from '../imaging/imageType.ts';
import { UnusableImage, wrongLength } from '../imaging/unusableImage.ts';
import { PermanentFailure } from '../infra/queue/consumer.ts';
import { ObjectMissing, ObjectTooLarge } from '../infra/storage/storage.ts';
import { addVariants } from './addVariants.ts';
import { makePhotograph } from './makePhotograph.ts';

/**
 * Makes the original and the variants of an upload. A fault of the file is recorded for its owner and ends the job; any other
 * error is thrown, and the job is retried.
 */
export async function processMedia(
  app: App,
  { mediaId, step }: Jobs['media.process'],
  signal: AbortSignal,
): Promise<void> {
  if (!Id.safeParse(mediaId).success) throw new PermanentFailure('not a media id');
  if (step !== undefined) return step === 'variants' ? addVariants(app, mediaId, signal) : undefined;
  const attempt = await startProcessing(app, mediaId);
  if (!attempt) return;
  try {
    await makeAndStore(app, attempt, signal);
  } catch (error) {
    if (!(error instanceof UnusableImage)) throw error;
    app.log.info({ mediaId, reason: error.message }, 'a photograph could not be processed');
    await failProcessing(app, attempt, error.message, (app) =>
      notifyOfFailure(app, attempt.ownerId, mediaId),
    );
  }
}

async function makeAndStore(app: App, attempt: Attempt, signal: AbortSignal): Promise<void> {
  const { file, type } = await readVerified(app, attempt);
  const uploadSha256 = hashOf(file);
  await refuseTakenDown(app, attempt, uploadSha256);
  signal.throwIfAborted();
  const { original, ...image } = await makePhotograph(app, file, type, signal);
  const originalSha256 = hashOf(original);
  await refuseTakenDown(app, attempt, originalSha256);
  signal.throwIfAborted();
  if (!(await isCurrent(app, attempt))) return;
  await Promise.all([
    storeOriginal(app, { ...attempt, contentType: type }, original),
    ...image.variants.map((variant) => storeVariant(app, attempt, variant, variant.body)),
  ]);
  signal.throwIfAborted();
  const { width, height, thumbhash, dominantColor, camera, rights, isHdr, variants } = image;
  const stored = variants.map(({ body, ...variant }) => ({ ...variant, bytes: body.length }));
  const processed = {
    contentType: type,
    width,
    height,
    thumbhash,
    dominantColor,
    variants: stored.filter((variant) => !isAdded(variant)),
    addedVariants: stored.filter(isAdded),
    isHdr,
    camera,
    fileRights: rights,
    uploadSha256,
    originalSha256,
  };
  await finishProcessing(app, attempt, processed, (app) => publishWaiting(app, attempt.mediaId));
}

const hashOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** The owner may not have declared a hash, and the same photograph with other metadata has the same original. */
async function refuseTakenDown(app: App, attempt: Attempt, sha256: string): Promise<void> {
  const fault = await findTakedown(app, attempt, [sha256]);
  if (fault !== null) throw new UnusableImage(fault);
}

/** Publishes everything that waited for the photograph, in the transaction that completes it. */
export async function publishWaiting(app: App, mediaId: string): Promise<void> {
  await publishReadyPosts(app, mediaId);
  await publishReadyStories(app, mediaId);
}

/** Reads the declared bytes. Only these count from here on: a moment later the upload key may hold others. They decide the type. */
async function readVerified(
  { storage, settings }: App,
  attempt: Attempt,
): Promise<{ file: Buffer; type: AcceptedType }> {
  const file = await readUpload(storage, attempt);
  const { bytes, sha256 } = attempt;
  if (file.length !== bytes) throw new UnusableImage(wrongLength(file.length, bytes));
  if (sha256 !== null && hashOf(file) !== sha256)
    throw new UnusableImage('The file changed on its way; send it again');
  const { type, fault } = recognise(file.subarray(0, SNIFFED_BYTES), settings.acceptsHeic);
  if (type === null) throw new UnusableImage(fault);
  return { file, type };
}

async function readUpload(storage: App['storage'], { uploadKey, bytes }: Attempt): Promise<Buffer> {
  try {
    return await storage.read(uploadKey, bytes);
  } catch (error) {
    if (error instanceof ObjectTooLarge)
      throw new UnusableImage(`More than the announced ${bytes} bytes arrived; send the file again`);
    if (error instanceof ObjectMissing) throw new UnusableImage('The file is no longer there; send it again');
    throw error;
  }
}
