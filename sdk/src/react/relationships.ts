import type { Ciel } from '../client.ts';
import type { OutputOf } from '../procedureTypes.ts';

type Relationship = OutputOf<'social.relationships'>['items'][number]['relationship'];

/** As many as the server takes. */
const MOST = 100;

interface Waiting {
  id: string;
  resolve(relationship: Relationship | null): void;
  reject(error: unknown): void;
}

const waitingOf = new WeakMap<Ciel, Waiting[]>();

/** How the viewer and a person stand to each other, null when they do not exist for the viewer. All rows that ask in one turn are one call. */
export function relationshipWith(ciel: Ciel, id: string): Promise<Relationship | null> {
  return new Promise((resolve, reject) => {
    const waiting = waitingOf.get(ciel) ?? [];
    if (!waiting.length) void Promise.resolve().then(() => askFor(ciel));
    waitingOf.set(ciel, [...waiting, { id, resolve, reject }]);
  });
}

async function askFor(ciel: Ciel): Promise<void> {
  const all = waitingOf.get(ciel) ?? [];
  waitingOf.delete(ciel);
  for (let at = 0; at < all.length; at += MOST) {
    const some = all.slice(at, at + MOST);
    try {
      const { items } = await ciel.social.relationships({ userIds: some.map(({ id }) => id) });
      const known = new Map(items.map(({ userId, relationship }) => [userId, relationship]));
      for (const { id, resolve } of some) resolve(known.get(id) ?? null);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
