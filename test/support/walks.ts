import { expect } from 'vitest';
import { crowd, type Extra } from './crowd.ts';
import type { Caller, World } from './world.ts';

const THERE = 24;
const COMING = 8;

interface Paged {
  items: object[];
  nextCursor: string | null;
}

/** Creates one entry of a list. */
export interface Walk {
  /** Whose times are made equal; null where they can not be, or are no part of the order. */
  table: string | null;
  /** Column of the times; `created_at` by default. */
  time?: string;
  prepare?(one: Extra, others: Extra[]): Promise<unknown>;
  /** Returns what identifies the entry. */
  add(one: Extra, other: Extra): Promise<string>;
  remove?(one: Extra, other: Extra, key: string): Promise<unknown>;
  page(caller: Caller, input: { limit: number; cursor?: string }): Promise<Paged>;
}

/** Walks a list while what is in it comes and goes: each lasting entry is met once, and none twice. */
export async function walkWhileItMoves(world: World, name: string, walk: Walk): Promise<void> {
  const count = 1 + THERE + COMING;
  const [one, ...others] = (await crowd(world, count, name.replaceAll(' ', '_').slice(0, 16))) as [
    Extra,
    ...Extra[],
  ];
  await walk.prepare?.(one, others);
  const keys = new Map<Extra, string>();
  for (const other of others.slice(0, THERE)) keys.set(other, await walk.add(one, other));
  if (walk.table !== null)
    await world.database.sql.unsafe(`update ${walk.table} set ${walk.time ?? 'created_at'} = '2026-11-01'`);
  const coming = others.slice(THERE);
  const leaving = [...keys].filter((_, n) => n % 3 === 0);
  const lasting = walk.remove ? [...keys.values()].filter((_, n) => n % 3 !== 0) : [...keys.values()];
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await walk.page(world.as(one), { limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((item) => JSON.stringify(item)));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
    // The entry at the cursor, if it is one of those that are removed.
    const last = leaving.find(([, key]) => seen.at(-1)!.includes(key)) ?? leaving[0];
    if (last && walk.remove) {
      leaving.splice(leaving.indexOf(last), 1);
      await walk.remove(one, ...last);
    }
    const next = coming.pop();
    if (next) await walk.add(one, next);
  }
  expect(new Set(seen).size).toBe(seen.length);
  for (const key of lasting)
    expect([key, seen.filter((item) => item.includes(key)).length]).toEqual([key, 1]);
}
