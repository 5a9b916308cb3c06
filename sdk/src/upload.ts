import { bytesOf, contentTypeOf, digestOf, type Photograph } from './bytes.ts';
import type { CallOptions, Calls } from './calls.ts';
import { CielError, isCielError } from './errors.ts';
import { createParted, fingerprint } from './parts.ts';
import type { Signal } from './platform.ts';
import {
  isPatient,
  isTaken,
  type Progress,
  pause,
  pauseAfter,
  type SendOptions,
  sendBytes,
  type Ticket,
  type Transfer,
} from './sending.ts';
import type { StoreCallbacks } from './stores.ts';

/** Options of an upload. */
export interface UploadOptions {
  /** Describes the photograph for people who can't see it. */
  altText?: string;
  /** Called as bytes are sent; at the end `sent` equals `total`. */
  onProgress?: (progress: Progress) => void;
  /** Aborts the upload, which then rejects with `aborted`. */
  signal?: Signal;
  /** Waits until every variant is ready. A post can be created before that; others see it once they are. */
  wait?: boolean;
}

/** Uploads one photograph and returns its media id. */
export type Upload = (photo: Photograph, options?: UploadOptions) => Promise<string>;

/** Files that are not larger have no parts. */
const PART_BYTES = 8 * 1024 ** 2;

export function createUpload(calls: Calls, transfer: Transfer, store?: StoreCallbacks): Upload {
  let memory: string | null | undefined = null;
  const inMemory: StoreCallbacks = {
    load: () => memory,
    save: (text) => {
      memory = text;
    },
  };

  return async (photo, { altText, onProgress, signal, wait = false } = {}) => {
    const call: CallOptions = signal ? { signal } : {};
    const given = await bytesOf(photo);
    const isHeic = contentTypeOf(given) === 'image/heic';
    const bytes = isHeic ? await (await import('./heic.ts')).acceptedForm(calls, given, call) : given;
    const sha256 = await digestOf(bytes);
    const type = contentTypeOf(bytes) ?? ('type' in photo && photo.type ? photo.type : null);
    const declared = {
      contentType: type ?? 'application/octet-stream',
      bytes: bytes.length,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(altText === undefined ? {} : { altText }),
    };
    let shown = 0;
    const show = (progress: Progress) => {
      if (progress.sent < shown) return;
      shown = progress.sent;
      onProgress?.(progress);
    };
    const options = { ...transfer, onProgress: show, signal };
    const file = sha256 ?? fingerprint(photo, bytes, altText);
    const isLarge = bytes.length > PART_BYTES;
    const large = isLarge ? createParted({ calls, bytes, file, store: store ?? inMemory, options }) : null;

    async function send(isAgain: boolean): Promise<string> {
      const known = sha256 === undefined ? await large?.findUnfinished() : undefined;
      const ticket = known ? null : await calls.media.upload(declared, call);
      const { uploadId, status, parts } = (known ?? ticket)!;
      if (status !== 'pending') {
        show({ sent: bytes.length, total: bytes.length });
        return uploadId;
      }
      try {
        const isSent = parts !== undefined && (await large?.send(uploadId, isAgain));
        if (!isSent && !ticket) throw new CielError('upload_missing');
        if (isSent) await calls.media.complete({ uploadId }, call);
        else await sendWhole({ ticket: ticket!, uploadId, calls, bytes, options });
        await large?.forget();
        return uploadId;
      } catch (error) {
        // The ticket expired or the bytes did not arrive. With the digest a new ticket is for the same photograph.
        const isGone = isCielError(error, 'upload_missing') || (isCielError(error) && error.status === 403);
        if (!isGone || isAgain || (sha256 === undefined && !known)) throw error;
        if (known) await large?.forget();
        return send(true);
      }
    }

    const uploadId = await send(false);
    if (wait) await untilProcessed(calls, uploadId, call);
    return uploadId;
  };
}

interface WholeFile {
  ticket: Ticket;
  uploadId: string;
  calls: Calls;
  bytes: Uint8Array;
  options: SendOptions;
}

/** Sends the file in one request and completes it; while another request is sending it, waits for what becomes of that. */
async function sendWhole({ ticket, uploadId, calls, bytes, options }: WholeFile): Promise<void> {
  const { signal } = options;
  const begunAt = Date.now();
  for (let pauses = 0; ; pauses += 1) {
    const hasSent = await sendBytes(ticket, bytes, options).then(
      () => true,
      (error) => {
        if (isTaken(error)) return false;
        throw error;
      },
    );
    try {
      await calls.media.complete({ uploadId }, signal ? { signal } : {});
      return options.onProgress?.({ sent: bytes.length, total: bytes.length });
    } catch (error) {
      if (hasSent || !isCielError(error, 'upload_missing') || !isPatient(options, begunAt)) throw error;
    }
    await pauseAfter(pauses, signal);
  }
}

async function untilProcessed(calls: Calls, uploadId: string, call: CallOptions): Promise<void> {
  for (let delay = 150; ; delay = Math.min(2000, delay * 1.5)) {
    const { status, reason } = await calls.media.status({ uploadId }, call);
    if (status === 'completed') return;
    if (status === 'failed')
      throw new CielError('media_unusable', reason ?? 'The photograph cannot be used', { status: 400 });
    await pause(delay, call.signal);
  }
}
