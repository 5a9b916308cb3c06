import type { StoreCallbacks } from './stores.ts';

/** What is remembered of an upload that has not been completed. */
export interface Unfinished {
  uploadId: string;
  /** Bytes that were shown as sent. */
  sent: number;
}

/** The server keeps them for a day after their tickets have ended. */
const KEPT_MS = 2 * 86_400_000;
const MOST = 20;

type Entries = Record<string, Unfinished & { at: number }>;

let turn: Promise<unknown> = Promise.resolve();

/** One after another, because each change reads and writes the entries of all uploads. */
function inTurn<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  // A store that fails costs the memory, not the upload.
  const result = turn.then(work).catch(() => otherwise);
  turn = result;
  return result;
}

async function read(store: StoreCallbacks): Promise<Entries> {
  try {
    return (JSON.parse((await store.load()) || '{}') ?? {}) as Entries;
  } catch {
    return {};
  }
}

/** The unfinished upload of the file; null when there is none. */
export const recall = (store: StoreCallbacks, file: string): Promise<Unfinished | null> =>
  inTurn(async () => {
    const entry = (await read(store))[file];
    return entry && entry.at > Date.now() - KEPT_MS ? entry : null;
  }, null);

/** Null forgets it. */
export const remember = (store: StoreCallbacks, file: string, unfinished: Unfinished | null): Promise<void> =>
  inTurn(async () => {
    const { [file]: _replaced, ...others } = await read(store);
    const kept = Object.entries(others)
      .filter(([, { at }]) => at > Date.now() - KEPT_MS)
      .sort(([, a], [, b]) => b.at - a.at)
      .slice(0, MOST - 1);
    const entries = unfinished ? [...kept, [file, { ...unfinished, at: Date.now() }] as const] : kept;
    await store.save(entries.length ? JSON.stringify(Object.fromEntries(entries)) : null);
  }, undefined);
