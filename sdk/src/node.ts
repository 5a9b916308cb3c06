import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Photograph } from './bytes.ts';
import { type Ciel, type CielOptions, createCiel as createPlainCiel } from './client.ts';
import { callbackStore, type SessionStore } from './stores.ts';
import type { UploadOptions } from './upload.ts';

export * from './index.ts';

/** A client that also uploads from paths. */
export interface NodeCiel extends Ciel {
  /**
   * Uploads one photograph: the path of a file, its bytes, or a Node or web stream.
   * @returns the media id, for a post
   * @throws as `Ciel.upload` does, and Node's error when the file can't be read
   * @example
   * const mediaId = await ciel.upload('photo.jpg', { wait: true });
   */
  upload(photo: Photograph | string, options?: UploadOptions): Promise<string>;
}

/**
 * Creates a client for Node, which also uploads from paths.
 * @example
 * import { createCiel, fileStore } from '@ciel/sdk/node';
 * const ciel = createCiel({ url, store: fileStore(`${homedir()}/.config/ciel.json`) });
 */
export function createCiel(options: CielOptions): NodeCiel {
  const ciel = createPlainCiel(options);
  return {
    ...ciel,
    upload: async (photo, options) =>
      ciel.upload(typeof photo === 'string' ? await readFile(photo) : photo, options),
  };
}

/**
 * Keeps the session in a file that only its owner can read (mode 0600).
 * @example
 * const ciel = createCiel({ url, store: fileStore('session.json') });
 */
export function fileStore(path: string): SessionStore {
  return callbackStore({
    load: () =>
      readFile(path, 'utf8').catch((error: { code?: string }) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    async save(text) {
      if (text === null) return rm(path, { force: true });
      await mkdir(dirname(path), { recursive: true });
      // Renamed into place, so that a crash never leaves half a file.
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await chmod(`${path}.new`, 0o600);
      await rename(`${path}.new`, path);
    },
  });
}
