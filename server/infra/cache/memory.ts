import { LRUCache } from 'lru-cache';
import type { Cache } from './cache.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const ENTRY_OVERHEAD_BYTES = 128;

/** For one process only. Evicts the least recently used entries beyond `maxBytes`. */
export function createMemoryCache({ maxBytes = MAX_BYTES }: { maxBytes?: number } = {}): Cache {
  const entries = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => 2 * (key.length + value.length) + ENTRY_OVERHEAD_BYTES,
  });
  return {
    async get(key) {
      return entries.get(key) ?? null;
    },
    async set(key, value, ttlMs) {
      if (ttlMs > 0) entries.set(key, value, { ttl: Math.ceil(ttlMs) });
      else entries.delete(key);
    },
    async remove(keys) {
      for (const key of keys) entries.delete(key);
    },
    async ping() {},
    async close() {
      entries.clear();
    },
  };
}
