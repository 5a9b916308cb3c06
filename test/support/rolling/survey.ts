import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, type Caller, describe, type Json, type Parameters, type Reply } from './calls.ts';
import { differenceOf } from './difference.ts';
import type { Operation } from './document.ts';
import type { Pair } from './pair.ts';

/** Values tried for each parameter. */
const VALUES = 4;
const PAGE = 2;
const TRIES = 5;

export interface Survey {
  reads: number;
  pages: number;
  /** URLs of photographs in what was read. */
  photographs: Set<string>;
  faults: string[];
}

/**
 * Reads everything that can be read, as everyone, through both at rest. Lists are walked in small pages, each through the other
 * version than the one that handed out its cursor, from both ends.
 */
export async function survey(pair: Pair, viewers: Caller[]): Promise<Survey> {
  const result: Survey = { reads: 0, pages: 0, photographs: new Set(), faults: [] };
  for (const operation of pair.operations.values()) {
    if (!operation.isRead || operation.isStream) continue;
    for (const caller of viewers.filter((viewer) => mayCall(viewer, operation)))
      for (const parameters of valuesFor(pair, operation))
        await compare(pair, { name: operation.name, caller, parameters }, operation.isList, result);
  }
  return result;
}

function mayCall(viewer: Caller, { access }: Operation): boolean {
  if (viewer === null) return access.length === 0 || !access.includes('adminToken');
  return access.includes(typeof viewer === 'string' ? 'adminToken' : 'accessToken');
}

/** The newest values that were used before; a call for each of the longest list of them. */
function valuesFor({ stock }: Pair, { parameters }: Operation): Parameters[] {
  const choices = parameters.map((name) => [...(stock.get(name) ?? [])].slice(-VALUES));
  const count = Math.max(1, ...choices.map(({ length }) => length));
  if (choices.some(({ length }) => length === 0)) return [];
  return Array.from({ length: parameters.length ? count : 1 }, (_, n) =>
    Object.fromEntries(parameters.map((name, at) => [name, choices[at]![n % choices[at]!.length]!])),
  );
}

async function compare(pair: Pair, it: Call, isList: boolean, result: Survey): Promise<void> {
  for (let tries = 1; ; tries++) {
    const [previous, current] = isList ? await walkBoth(pair, it, result) : await pair.readBoth(it);
    result.reads += 1;
    const difference = differenceOf(previous, current);
    if (!difference) {
      collect(current, result.photographs);
      return;
    }
    // What was decided half a second ago may not hold everywhere yet.
    if (tries === TRIES) {
      result.faults.push(`${it.name} ${JSON.stringify(it.parameters)}: the current version: ${difference}`);
      return;
    }
    await sleep(500);
  }
}

/** What each version returns for the whole list, whose pages are read alternately in two walks. */
async function walkBoth(pair: Pair, it: Call, result: Survey): Promise<[Reply, Reply]> {
  const walks = [await walk(pair, it, 0, result), await walk(pair, it, 1, result)];
  const refused = walks.map(({ refused }) => refused);
  if (refused[0] && refused[1]) return [refused[0], refused[1]];
  const pages = Math.max(...walks.map(({ pages }) => pages.length));
  const readThrough = (side: number): Reply => {
    const items = Array.from({ length: pages }, (_, page) => walks[(side + page) % 2]!.pages[page] ?? []);
    return { status: 200, body: { items: items.flat() } };
  };
  return [readThrough(0), readThrough(1)];
}

async function walk(pair: Pair, it: Call, start: number, result: Survey) {
  const pages: Json[][] = [];
  for (let cursor: string | null = null; ; ) {
    const side = pair.sides[(start + pages.length) % 2]!;
    const parameters = { ...it.parameters, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const reply = await pair.call(side, { ...it, parameters });
    if (reply.status >= 300) {
      if (pages.length > 0) throw new Error(`a cursor was refused: ${describe(side, it.name, reply)}`);
      return { pages, refused: reply };
    }
    pages.push(reply.body.items as Json[]);
    result.pages += 1;
    cursor = reply.body.nextCursor as string | null;
    if (!cursor) return { pages, refused: null };
  }
}

function collect(value: unknown, photographs: Set<string>): void {
  if (typeof value === 'string') {
    if (/^https?:.*\/(photographs|media)\//.test(value)) photographs.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collect(inner, photographs);
  }
}
