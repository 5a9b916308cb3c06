import type { Ciel } from '../client.ts';
import type { OutputOf } from '../procedureTypes.ts';

type Relationship = OutputOf<'social.relationships'>['items'][number]['relationship'];

/** The most that the server accepts per call. */
const MAX_IDS = 100;

interface Waiting {
  id: string;
  resolve(relationship: Relationship | null): void;
  reject(error: unknown): void;
}

const waitingOf = new WeakMap<Ciel, Waiting[]>();

/**
 * The relationship between the viewer and a user; null when the viewer can't see the user. Requests made in one tick become one
 * call.
 */
export function relationshipWith(ciel: Ciel, id: string): Promise<Relationship | null> {
  return new Promise((resolve, reject) => {
    const waiting = waitingOf.get(ciel) ?? [];
    if (!waiting.length) void Promise.resolve().then(() => fetchWaiting(ciel));
    waitingOf.set(ciel, [...waiting, { id, resolve, reject }]);
  });
}

async function fetchWaiting(ciel: Ciel): Promise<void> {
  const all = waitingOf.get(ciel) ?? [];
  waitingOf.delete(ciel);
  for (let at = 0; at < all.length; at += MAX_IDS) {
    const batch = all.slice(at, at + MAX_IDS);
    try {
      const { items } = await ciel.social.relationships({ userIds: batch.map(({ id }) => id) });
      const known = new Map(items.map(({ userId, relationship }) => [userId, relationship]));
      for (const { id, resolve } of batch) resolve(known.get(id) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
