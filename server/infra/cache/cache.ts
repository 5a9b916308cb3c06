/** Holds what can be made again at any time: nothing in it is the only copy. Values are strings. */
export interface Cache {
  /** Null when absent, and also when the cache can't be reached. */
  get(key: string): Promise<string | null>;
  /** Never throws: a cache that can't be reached forgets. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Never throws. */
  remove(keys: string[]): Promise<void>;
  /** Throws when the cache can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
