import type { App } from '../../server/core/app.ts';
import type { Db } from '../../server/infra/db/db.ts';
import type { Storage } from '../../server/infra/storage/storage.ts';

export class Crash extends Error {
  override name = 'Crash';
}

/**
 * The app of a process that dies right after its nth side effect (a commit, an object written, copied or removed): nothing that
 * it does later has an effect.
 */
export function dyingApp(app: App, effects: number): { app: App; isDead(): boolean } {
  let left = effects;
  const underway = new Set<Promise<unknown>>();
  // What was begun beside the last effect ends before the death is known: afterwards nothing may still be written.
  const die = async () => {
    await Promise.allSettled(underway);
    throw new Crash();
  };
  const living = async <T>(effect: () => Promise<T>): Promise<T> => {
    if (left <= 0) await die();
    left -= 1;
    const effected = effect();
    underway.add(effected);
    const result = await effected.finally(() => underway.delete(effected));
    if (left <= 0) await die();
    return result;
  };
  const storage = intercepted<Storage>(app.storage, ['write', 'copy', 'remove'], living);
  const db = intercepted<Db>(app.db, ['transaction'], living);
  return { app: { ...app, storage, db }, isDead: () => left <= 0 };
}

function intercepted<T extends object>(
  target: T,
  names: string[],
  around: (effect: () => Promise<unknown>) => Promise<unknown>,
): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function') return member;
      const bound = member.bind(object) as (...args: unknown[]) => Promise<unknown>;
      return names.includes(String(name)) ? (...args: unknown[]) => around(() => bound(...args)) : bound;
    },
  });
}
