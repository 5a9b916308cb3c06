export interface Contender {
  name: string;
  /** Does the thing once. */
  once(): Promise<unknown>;
}

interface RoundOptions {
  rounds: number;
  /** Length of one contender's turn, ms. */
  turnMs: number;
  connections: number;
}

/** Runs of each contender in turn, A B C A B C …; operations per second of each turn. */
export async function alternate(
  contenders: Contender[],
  { rounds, turnMs, connections }: RoundOptions,
): Promise<Map<string, number[]>> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const { once } of contenders) await turn(once, turnMs / 2, connections);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? [...contenders].reverse() : contenders;
    for (const { name, once } of order) rates.get(name)!.push(await turn(once, turnMs, connections));
  }
  return rates;
}

async function turn(once: () => Promise<unknown>, turnMs: number, connections: number): Promise<number> {
  const end = performance.now() + turnMs;
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        await once();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - start);
}

/** `0.61 (0.55 to 0.66)`: the median of the ratios of one round, and their spread. */
export function ratio(rates: Map<string, number[]>, name: string, base: string): string {
  const ratios = rates.get(name)!.map((rate, i) => rate / rates.get(base)![i]!);
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
