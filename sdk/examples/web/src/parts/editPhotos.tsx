import type { Media } from '@ciel/sdk';
import { useLayoutEffect, useRef } from 'react';
import { IconButton } from './button.tsx';
import { FailedPhoto } from './failedPhoto.tsx';
import { TextField } from './field.tsx';
import { Icon } from './icon.tsx';
import { Photo } from './photo.tsx';

interface EditPhotosProps {
  photos: Media[];
  onChange: (photos: Media[]) => void;
  error: string | undefined;
}

/** Edits the descriptions and the order of a post's photographs; those that failed can be replaced or left out. */
export function EditPhotos({ photos, onChange, error }: EditPhotosProps) {
  const pressed = useRef<HTMLButtonElement>(null);
  const swap = (button: HTMLButtonElement, at: number, other: number) => {
    pressed.current = button;
    onChange(photos.with(at, photos[other]!).with(other, photos[at]!));
  };
  // A moved element loses the focus; at either end only one button is left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each new order
  useLayoutEffect(() => {
    const { current: button } = pressed;
    const next = button?.disabled
      ? button.parentElement?.querySelector<HTMLElement>('button:enabled')
      : button;
    next?.focus();
    pressed.current = null;
  }, [photos]);
  return (
    <section className="pick" aria-label="Photographs">
      <ul>
        {photos.map((photo, at) => (
          <li key={photo.id} className="chosen">
            <div className="preview">
              {photo.status === 'failed' ? (
                <span className="unshown">
                  <Icon name="photos" />
                </span>
              ) : (
                <Photo media={photo} sizes="180px" />
              )}
            </div>
            <div>
              {photo.status === 'failed' && (
                <FailedPhoto
                  photo={photo}
                  onChange={(changed) => onChange(photos.with(at, changed))}
                  onLeaveOut={photos.length > 1 ? () => onChange(photos.toSpliced(at, 1)) : undefined}
                />
              )}
              <TextField
                name={`alt ${photo.id}`}
                label="Description"
                defaultValue={photo.altText}
                placeholder="For people who can’t see it"
                rows={2}
                maxLength={1500}
              />
              {photos.length > 1 && (
                <p className="order">
                  <span className="quiet">
                    {at + 1} of {photos.length}
                  </span>
                  <IconButton
                    icon="up"
                    label={`Move photograph ${at + 1} up`}
                    disabled={at === 0}
                    onClick={({ currentTarget }) => swap(currentTarget, at, at - 1)}
                  />
                  <IconButton
                    icon="down"
                    label={`Move photograph ${at + 1} down`}
                    disabled={at === photos.length - 1}
                    onClick={({ currentTarget }) => swap(currentTarget, at, at + 1)}
                  />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {error && (
        <p className="note error" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
