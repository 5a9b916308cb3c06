import type { App } from '../core/app.ts';
import { MAX_ORIGINAL_BYTES } from '../domains/media/keys.ts';
import {
  enqueueStep,
  finishStep,
  giveUpStep,
  putBackStep,
  type Step,
  startStep,
} from '../domains/media/variants/service.ts';
import { recognise, SNIFFED_BYTES } from '../imaging/imageType.ts';
import { UnusableImage } from '../imaging/unusableImage.ts';
import { GaveWay } from '../infra/children/children.ts';
import { makeAddedVariants } from './makePhotograph.ts';

/** One at a time for all that share these decoders, so that a place for uploads is always free. */
const busy = new WeakSet<App['decoders']>();

/**
 * Makes the variants that a photograph lacks: those that take long, and those that its release did not know. A photograph of which they
 * can't be made stays as it is, and a failure is no failed job: the next attempt has its time in the row.
 */
export async function addVariants(app: App, mediaId: string, signal: AbortSignal): Promise<void> {
  if (busy.has(app.decoders)) return;
  busy.add(app.decoders);
  try {
    const step = await startStep(app, mediaId);
    // After a failure the cleanup task enqueues the next one: without the store, all photographs would use up their attempts.
    if (!step || !(await makeAndAdd(app, step, signal))) return;
  } finally {
    busy.delete(app.decoders);
  }
  await enqueueStep(app);
}

async function makeAndAdd(app: App, step: Step, signal: AbortSignal): Promise<boolean> {
  const { mediaId, number, originalKey, missing } = step;
  try {
    const file = await app.storage.read(originalKey, MAX_ORIGINAL_BYTES);
    const { type, fault } = recognise(file.subarray(0, SNIFFED_BYTES), app.settings.acceptsHeic);
    if (type === null) throw new UnusableImage(fault);
    const made = await makeAddedVariants(app, file, type, missing, signal);
    signal.throwIfAborted();
    await finishStep(app, step, made);
    return true;
  } catch (err) {
    if (err instanceof GaveWay || signal.aborted) await putBackStep(app, step);
    signal.throwIfAborted();
    if (err instanceof GaveWay) return false;
    app.log.warn({ err, mediaId, attempt: number }, 'no variants could be added to a photograph');
    if (!(err instanceof UnusableImage)) return false;
    await giveUpStep(app, step);
    return true;
  }
}
