/** Holds only values that can be computed again at any time. Values are strings. */
export interface Cache {
  /** Null when absent, and also when the cache can't be reached. */
  get(key: string): Promise<string | null>;
  /** Never throws: when the cache can't be reached, nothing is stored. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Never throws. */
  remove(keys: string[]): Promise<void>;
  /** Throws when the cache can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
