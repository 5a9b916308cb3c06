export interface Contender {
  name: string;
  /** Runs the operation once. */
  once(): Promise<unknown>;
}

interface RoundOptions {
  rounds: number;
  /** Length of one contender's turn, ms. */
  turnMs: number;
  connections: number;
}

/** Runs of each contender in turn, A B B A A B …; operations per second of each turn. */
export async function alternate(
  contenders: Contender[],
  options: RoundOptions,
): Promise<Map<string, number[]>> {
  return inTurns(contenders, options, ({ perSecond }) => perSecond);
}

/** The same, but the time of each operation, ms, by turn. */
export async function times(
  contenders: Contender[],
  options: RoundOptions,
): Promise<Map<string, number[][]>> {
  return inTurns(contenders, options, ({ durations }) => durations);
}

/** The same, but once each in turn, several times a round: other load on the machine affects all of them alike. */
export async function timesInTurn(
  contenders: Contender[],
  { rounds, each }: { rounds: number; each: number },
): Promise<Map<string, number[][]>> {
  const figures = new Map<string, number[][]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const { name } of contenders) figures.get(name)!.push([]);
    for (let i = 0; i < each; i += 1) {
      for (const { name, once } of i % 2 ? [...contenders].reverse() : contenders) {
        const began = performance.now();
        await once();
        figures
          .get(name)!
          .at(-1)!
          .push(performance.now() - began);
      }
    }
    // The first is for warming up.
    if (round < 0) for (const { name } of contenders) figures.get(name)!.pop();
  }
  return figures;
}

async function inTurns<Figure>(
  contenders: Contender[],
  { rounds, turnMs, connections }: RoundOptions,
  figureOf: (turn: Turn) => Figure,
): Promise<Map<string, Figure[]>> {
  const figures = new Map<string, Figure[]>(contenders.map(({ name }) => [name, []]));
  for (const { once } of contenders) await turn(once, turnMs / 2, connections);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? [...contenders].reverse() : contenders;
    for (const { name, once } of order)
      figures.get(name)!.push(figureOf(await turn(once, turnMs, connections)));
  }
  return figures;
}

interface Turn {
  perSecond: number;
  durations: number[];
}

async function turn(once: () => Promise<unknown>, turnMs: number, connections: number): Promise<Turn> {
  const start = performance.now();
  const durations: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < start + turnMs) {
        const began = performance.now();
        await once();
        durations.push(performance.now() - began);
      }
    }),
  );
  return { perSecond: (durations.length * 1000) / (performance.now() - start), durations };
}

/** `0.61 (0.55 to 0.66)`: the median of the ratios of one round, and their spread. */
export function ratio(rates: Map<string, number[]>, name: string, base: string): string {
  return describe(rates.get(name)!.map((rate, i) => rate / rates.get(base)![i]!));
}

/** The same of a quantile of the times. */
export function spread(all: Map<string, number[][]>, name: string, base: string, quantile: number): string {
  const of = (durations: number[]) => quantileOf(durations, quantile);
  return describe(all.get(name)!.map((durations, i) => of(durations) / of(all.get(base)![i]!)));
}

function describe(ratios: number[]): string {
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

export const median = (values: number[]): number => quantileOf(values, 0.5);

function quantileOf(values: number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * quantile)]!;
}
