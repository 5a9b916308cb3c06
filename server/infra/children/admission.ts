export interface Admission {
  /** Waits for a place; call what it returns to give the place back. */
  enter(bytes: number, options: EnterOptions): Promise<() => void>;
}

export interface EnterOptions {
  /** Nothing else runs meanwhile, whatever it takes. */
  alone: boolean;
  signal: AbortSignal;
  /** Waits behind everything that has none; called when that needs the place. */
  giveWay?: (() => void) | undefined;
}

interface Entrant extends Pick<EnterOptions, 'alone' | 'giveWay'> {
  bytes: number;
  admit(): void;
}

/**
 * Bounds what runs at once, by number and by the memory that it is expected to take. What takes more than all of the budget runs alone. In
 * order of arrival, so that nothing waits for ever behind smaller work, except what gives
 * way.
 */
export function createAdmission({ budget, atOnce }: { budget: number; atOnce: number }): Admission {
  const waiting: Entrant[] = [];
  const inside = new Set<Entrant>();

  function fits({ bytes, alone }: Entrant): boolean {
    if (inside.size === 0) return true;
    if (alone || inside.size >= atOnce) return false;
    let sum = bytes;
    for (const other of inside) {
      if (other.alone) return false;
      sum += other.bytes;
    }
    return sum <= budget;
  }

  function admit(): void {
    for (let next = waiting[0]; next && fits(next); next = waiting[0]) {
      waiting.shift();
      inside.add(next);
      next.admit();
    }
    if (waiting[0] && !waiting[0].giveWay) for (const { giveWay } of inside) giveWay?.();
  }

  /** In order of arrival, except that what gives way comes last. */
  function queue(entrant: Entrant): void {
    const at = entrant.giveWay ? -1 : waiting.findIndex(({ giveWay }) => giveWay);
    waiting.splice(at < 0 ? waiting.length : at, 0, entrant);
  }

  return {
    enter: (bytes, { alone, signal, giveWay }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          if (inside.delete(entrant)) admit();
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(entrant), 1);
          reject(signal.reason);
          admit();
        };
        const entrant: Entrant = {
          bytes,
          alone,
          giveWay,
          admit() {
            signal.removeEventListener('abort', giveUp);
            resolve(leave);
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        queue(entrant);
        admit();
      }),
  };
}
