import { useEffect, useRef, useState } from 'react';
import type { Photograph } from '../bytes.ts';
import { type CielError, isCielError, toCielError } from '../errors.ts';
import { type Controller, platform, type WebStream } from '../platform.ts';
import type { UploadOptions } from '../upload.ts';
import { useCiel } from './context.ts';

/** What can be sent again: a stream can not. */
type Kept = Exclude<Photograph, WebStream | AsyncIterable<Uint8Array>>;

/** How an upload stands. */
export interface UploadState {
  /** `processing`: all is sent, and with `wait` its sizes are made now. */
  status: 'idle' | 'sending' | 'processing' | 'done' | 'failed' | 'aborted';
  /** How much of it is sent, 0 to 1. */
  progress: number;
  /** Of the photograph, for a post; null until it is done. */
  mediaId: string | null;
  /** Why it failed; null otherwise. */
  error: CielError | null;
}

export interface UploadHook extends UploadState {
  /** Sends a photograph, in place of one that is under way; answers its id, or null when it failed or was aborted. */
  upload(photo: Kept, options?: Pick<UploadOptions, 'altText' | 'wait'>): Promise<string | null>;
  /** Ends what is under way. */
  abort(): void;
  /** Sends the same photograph again, after it failed or was aborted. */
  retry(): Promise<string | null>;
  /** Forgets it, for the next one. */
  reset(): void;
}

const IDLE: UploadState = { status: 'idle', progress: 0, mediaId: null, error: null };

/**
 * One upload with its progress. It ends when the component goes; a hook for each photograph sends several at once.
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

  async function send(photo: Kept, options: Pick<UploadOptions, 'altText' | 'wait'>) {
    running.current?.abort();
    const controller = new platform.AbortController();
    running.current = controller;
    const show = (change: Partial<UploadState>) => {
      if (running.current === controller) setState((now) => ({ ...now, ...change }));
    };
    setState({ ...IDLE, status: 'sending' });
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
      latest.current = () => send(photo, options);
      return latest.current();
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
