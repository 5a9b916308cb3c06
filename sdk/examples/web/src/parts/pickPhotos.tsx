import { type ChangeEvent, type DragEvent, useId, useState } from 'react';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import type { Upload, Uploads } from './useUploads.ts';

interface PickPhotosProps {
  uploads: Uploads;
  error: string | undefined;
}

export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif';

/** Some systems know no type for HEIC. */
const isPhotograph = ({ type, name }: File) => type.startsWith('image/') || /\.hei[cf]$/i.test(name);

/** Chooses photographs, also by drag and drop, and shows their upload progress. */
export function PickPhotos({ uploads, error }: PickPhotosProps) {
  const { photos, add, isFull, most } = uploads;
  const [isOver, setOver] = useState(false);
  function choose({ target }: ChangeEvent<HTMLInputElement>) {
    add([...(target.files ?? [])]);
    // Reset, so that a removed file can be chosen again.
    target.value = '';
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files].filter(isPhotograph));
  }
  return (
    <section
      className="pick"
      aria-label="Photographs"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {photos.length > 0 && (
        <ul>
          {photos.map((photo) => (
            <Chosen key={photo.key} photo={photo} uploads={uploads} />
          ))}
        </ul>
      )}
      {!isFull && (
        <label className={isOver ? 'drop over' : 'drop'}>
          <Icon name="photos" />
          <strong>{photos.length ? 'Add another' : 'Choose photographs'}</strong>
          <span className="quiet">
            {most === 1 ? 'One, or drop it here' : `Up to ${most}, or drop them here`}
          </span>
          <input type="file" accept={ACCEPTED} multiple={most > 1} className="unseen" onChange={choose} />
        </label>
      )}
      {error && (
        <p className="note error" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}

function Chosen({ photo, uploads }: { photo: Upload; uploads: Uploads }) {
  const { key, name, preview, altText, progress, error } = photo;
  const id = useId();
  // Most browsers can't show HEIC; once it is posted everybody sees it.
  const [isShown, setShown] = useState(true);
  const percent = Math.round(progress * 100);
  return (
    <li className="chosen">
      <div className="preview">
        {isShown ? (
          <img src={preview} alt={altText || name} onError={() => setShown(false)} />
        ) : (
          <span className="unshown">
            <Icon name="photos" />
            <span>{name}</span>
          </span>
        )}
        <IconButton icon="close" label={`Remove ${name}`} onClick={() => uploads.remove(key)} />
        {!error && progress < 1 && (
          <progress aria-label={`Sending ${name}`} value={percent} max={100}>
            {percent} %
          </progress>
        )}
      </div>
      {error ? (
        <div className="field">
          <p className="note error" role="alert">
            {error}
          </p>
          <button type="button" onClick={() => uploads.retry(key)}>
            Try again
          </button>
        </div>
      ) : (
        <div className="field">
          <label htmlFor={id}>Description</label>
          <input
            id={id}
            value={altText}
            maxLength={1500}
            placeholder="For people who can’t see it"
            onChange={({ target }) => uploads.describe(key, target.value)}
          />
          <p className="note" role="status">
            {progress < 1 ? `Sending, ${percent} %` : 'Sent'}
          </p>
        </div>
      )}
    </li>
  );
}
