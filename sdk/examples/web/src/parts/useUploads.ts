import { useCiel } from '@ciel/sdk/react';
import { useEffect, useRef, useState } from 'react';
import { sayError } from '../words.ts';
import { toast } from './toasts.tsx';

export interface Upload {
  key: number;
  name: string;
  /** Identifies the photograph within this page. */
  preview: string;
  altText: string;
  /** 0 to 1. */
  progress: number;
  error: string | null;
}

interface Sending {
  file: File;
  mediaId: Promise<string>;
  abort: AbortController;
}

export type Uploads = ReturnType<typeof useUploads>;

/** Photographs that are uploaded as soon as they are chosen. */
export function useUploads(most: number) {
  const ciel = useCiel();
  const [photos, setPhotos] = useState<Upload[]>([]);
  const sending = useRef(new Map<number, Sending>());
  const last = useRef(0);

  const change = (key: number, changes: Partial<Upload>) =>
    setPhotos((now) => now.map((photo) => (photo.key === key ? { ...photo, ...changes } : photo)));

  function add(files: File[]): void {
    const room = most - photos.length;
    if (files.length > room) toast(most === 1 ? 'A story has one photograph.' : `A post has up to ${most}.`);
    for (const file of files.slice(0, room)) begin(file);
  }

  function begin(file: File): void {
    const key = ++last.current;
    const preview = URL.createObjectURL(file);
    setPhotos((now) => [...now, { key, name: file.name, preview, altText: '', progress: 0, error: null }]);
    send(key, file);
  }

  /** A large photograph goes on where it was. */
  function send(key: number, file: File): void {
    const abort = new AbortController();
    const mediaId = ciel.upload(file, {
      signal: abort.signal,
      onProgress: ({ sent, total }) => change(key, { progress: sent / total }),
    });
    sending.current.set(key, { file, mediaId, abort });
    mediaId.then(
      () => change(key, { progress: 1 }),
      (error: unknown) => change(key, { error: sayError(error) }),
    );
  }

  function retry(key: number): void {
    change(key, { error: null });
    send(key, sending.current.get(key)!.file);
  }

  function remove(key: number): void {
    sending.current.get(key)?.abort.abort();
    sending.current.delete(key);
    setPhotos((now) => now.filter((photo) => photo.key !== key));
  }

  /** The ids and descriptions of all uploads; a photograph that was chosen twice counts once. */
  async function finish(): Promise<string[]> {
    const ids = await Promise.all(
      photos
        .filter(({ error }) => !error)
        .map(async ({ key, altText }) => {
          const mediaId = await sending.current.get(key)!.mediaId;
          if (altText.trim()) await ciel.media.edit({ mediaId, altText });
          return mediaId;
        }),
    );
    return [...new Set(ids)];
  }

  // Aborts running uploads when the page is left.
  useEffect(() => {
    const { current } = sending;
    return () => {
      for (const { abort } of current.values()) abort.abort();
    };
  }, []);

  return {
    photos,
    add,
    retry,
    remove,
    describe: (key: number, altText: string) => change(key, { altText }),
    finish,
    isFull: photos.length >= most,
    isAllFailed: photos.every(({ error }) => error !== null),
    most,
  };
}
