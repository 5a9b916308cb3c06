import type { Media } from '@ciel/sdk';
import { hooks, useCiel, useUpload } from '@ciel/sdk/react';
import { useRef } from 'react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { ACCEPTED } from './pickPhotos.tsx';
import { toast } from './toasts.tsx';

interface FailedPhotoProps {
  photo: Media;
  onChange: (photo: Media) => void;
  /** Undefined for the only photograph of a post. */
  onLeaveOut: (() => void) | undefined;
}

/** Why a photograph of the viewer's own post failed, and the ways out: once more, another one, or none. */
export function FailedPhoto({ photo, onChange, onLeaveOut }: FailedPhotoProps) {
  const ciel = useCiel();
  const input = useRef<HTMLInputElement>(null);
  const { upload, status, progress, error } = useUpload();
  async function replace(file: File | undefined): Promise<void> {
    const mediaId = file && (await upload(file));
    if (!mediaId) return;
    try {
      onChange({ ...(await ciel.media.get({ mediaId })), altText: photo.altText });
    } catch (problem) {
      toast(sayError(problem));
    }
  }
  return (
    <div className="field">
      <p className="note error" role="alert">
        {error ? sayError(error) : (photo.reason ?? 'This photograph cannot be used.')}
      </p>
      <p className="buttons">
        <Retry photo={photo} onRetried={() => onChange({ ...photo, status: 'processing' })} />
        <Button isBusy={status === 'sending'} onClick={() => input.current?.click()}>
          {status === 'sending' ? `Sending, ${Math.round(progress * 100)} %` : 'Choose another'}
        </Button>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          hidden
          onChange={({ target }) => void replace(target.files?.[0])}
        />
        {onLeaveOut && <Button onClick={onLeaveOut}>Leave out</Button>}
      </p>
    </div>
  );
}

interface RetryProps {
  photo: Media;
  onRetried?: () => void;
}

/** Processes a photograph once more whose file was not at fault; nothing for others. */
export function Retry({ photo, onRetried }: RetryProps) {
  const retry = hooks.media.complete.useMutation({
    onSuccess: () => onRetried?.(),
    onError: (error) => toast(sayError(error)),
  });
  if (photo.status !== 'failed' || !photo.retryUntil) return null;
  return (
    <Button isBusy={retry.isPending} onClick={() => retry.mutate({ uploadId: photo.id })}>
      Try again
    </Button>
  );
}
