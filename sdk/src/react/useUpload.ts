import { useEffect, useRef, useState } from 'react';
import type { Photograph } from '../bytes.ts';
import { type CielError, isCielError, toCielError } from '../errors.ts';
import { type Controller, platform, type WebStream } from '../platform.ts';
import type { UploadOptions } from '../upload.ts';
import { useCiel } from './context.ts';

/** Photographs that can be sent again; streams can't. */
type Resendable = Exclude<Photograph, WebStream | AsyncIterable<Uint8Array>>;

/** The state of an upload. */
export interface UploadState {
  /** `processing`, only with `wait`: everything is sent and the variants are being created. */
  status: 'idle' | 'sending' | 'processing' | 'done' | 'failed' | 'aborted';
  /** The fraction sent so far, 0 to 1. */
  progress: number;
  /** The photograph's id, for a post; null until the upload is done. */
  mediaId: string | null;
  /** Why it failed; null otherwise. */
  error: CielError | null;
}

/** What `useUpload` returns. */
export interface UploadHook extends UploadState {
  /** Uploads a photograph and aborts a running upload. Resolves with the media id, or null when it failed or was aborted. */
  upload(photo: Resendable, options?: Pick<UploadOptions, 'altText' | 'wait'>): Promise<string | null>;
  /** Aborts the running upload. */
  abort(): void;
  /** Uploads the same photograph again, after it failed or was aborted. */
  retry(): Promise<string | null>;
  /** Aborts and returns to `idle`, for the next photograph. */
  reset(): void;
}

const IDLE: UploadState = { status: 'idle', progress: 0, mediaId: null, error: null };

/**
 * One upload with its progress. It is aborted when the component unmounts. Use one hook per photograph to upload several at once.
 * @example
 * const { upload, status, progress, mediaId, error, abort, retry } = useUpload();
 * <input type="file" onChange={({ target }) => target.files?.[0] && upload(target.files[0])} />
 * {status === 'sending' && <progress value={progress} />}
 * {status === 'failed' && <button onClick={retry}>{error.message} Try again</button>}
 */
export function useUpload(): UploadHook {
  const ciel = useCiel();
  const [state, setState] = useState(IDLE);
  const running = useRef<Controller | null>(null);
  const latest = useRef<(() => Promise<string | null>) | null>(null);

  async function send(photo: Resendable, options: Pick<UploadOptions, 'altText' | 'wait'>, isRetry = false) {
    running.current?.abort();
    const controller = new platform.AbortController();
    running.current = controller;
    const show = (change: Partial<UploadState>) => {
      if (running.current === controller) setState((now) => ({ ...now, ...change }));
    };
    // The same photograph goes on where it was.
    setState(({ progress }) => ({ ...IDLE, status: 'sending', progress: isRetry ? progress : 0 }));
    try {
      const mediaId = await ciel.upload(photo, {
        ...options,
        signal: controller.signal,
        onProgress: ({ sent, total }) =>
          show({
            progress: total && sent / total,
            ...(options.wait && sent === total ? { status: 'processing' } : {}),
          }),
      });
      show({ status: 'done', progress: 1, mediaId });
      return mediaId;
    } catch (cause) {
      const error = toCielError(cause);
      show(isCielError(error, 'aborted') ? { status: 'aborted' } : { status: 'failed', error });
      return null;
    }
  }

  useEffect(
    () => () => {
      running.current?.abort();
      running.current = null;
    },
    [],
  );

  return {
    ...state,
    upload(photo, options = {}) {
      latest.current = () => send(photo, options, true);
      return send(photo, options);
    },
    abort: () => running.current?.abort(),
    retry: async () => latest.current?.() ?? null,
    reset() {
      running.current?.abort();
      running.current = null;
      latest.current = null;
      setState(IDLE);
    },
  };
}
