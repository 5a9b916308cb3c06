import { afterAll, describe, expect } from 'vitest';
import { endpointsOf } from '../../server/api/rest/endpoints.ts';
import { appRouter, createCaller } from '../../server/api/router.ts';
import { type Context, scriptContext } from '../../server/core/context.ts';
import { onceForKey } from '../../server/core/idempotency.ts';
import { expectConsistentData } from '../support/consistentData.ts';
import { testWith } from '../support/fixtures.ts';
import { codeOf } from '../support/refusal.ts';
import { createStage, type Stage, submits } from '../support/submits.ts';
import type { World } from '../support/world.ts';

const AT_ONCE = 50;
const writes = endpointsOf(appRouter(null as never)).filter(({ type }) => type === 'mutation');

/** What makes something new each time that it is asked to: without a key, fifty of them are fifty. */
const ANEW = ['auth.login', 'invites.adminCreate', 'invites.create', 'media.upload'];
/** There are no dead jobs, so nothing is replayed. */
const NOTHING_DONE = ['jobs.replay'];
/** Passwords are hashed a few at a time, and requests that would wait too long are shed. */
const HASHES = ['account.delete', 'auth.changePassword', 'auth.login', 'users.register'];

let world: World;
let peer: World;
const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(({ world: worldOfFile, peer: peerOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
});
afterAll(async () => {
  await world.drain();
  await expectConsistentData(world);
});

test('every write has a row', () => {
  expect(Object.keys(submits).sort()).toEqual(writes.map(({ name }) => name).sort());
});

describe.each(writes.map(({ name, meta }) => [name, meta.access] as const))('%s', (name, access) => {
  test('fifty times at once changes as many rows as once, without a failure', async () => {
    const single = await change(name, access, 1);
    expect(single.codes).toEqual(['ok']);
    if (access === 'admin')
      expect([name, single.rows.audit_entries]).toEqual([name, NOTHING_DONE.includes(name) ? undefined : 1]);
    const many = await change(name, access, AT_ONCE);
    expect(many.codes).toContain('ok');
    expectNoFault(name, many.codes);
    if (!ANEW.includes(name)) expect(many.rows).toEqual(single.rows);
  });

  test.runIf(access === 'user')(
    'with a key it is done once, and who does not hear that hears that it runs',
    async () => {
      // With a key, photographs are placed after the response.
      const single = await change(name, access, 1, `single key of ${name}`);
      const many = await change(name, access, AT_ONCE, `key of ${name}`);
      expectNoFault(name, many.codes);
      const differing = many.codes.filter(
        (code) => !['ok', 'idempotency_running', 'overloaded'].includes(code),
      );
      expect(differing).toEqual([]);
      expect(many.rows).toEqual(single.rows);
      expect(many.answers.size).toBe(1);
    },
  );
});

function expectNoFault(name: string, codes: string[]): void {
  const faults = ['internal', 'unavailable', ...(HASHES.includes(name) ? [] : ['overloaded'])];
  expect(codes.filter((code) => faults.includes(code))).toEqual([]);
}

async function change(name: string, access: string, times: number, key?: string) {
  const stage = await createStage(world);
  const submit = await submits[name]!(stage);
  const before = await countRows();
  const answers = new Set<string>();
  const codes = await Promise.all(
    Array.from({ length: times }, (_, n) => {
      const at = n % 2 ? peer : world;
      const answer = submit(createCaller(at.app)(contextOf(at, stage, access, key)));
      return codeOf(answer.then((value) => void answers.add(JSON.stringify(value) ?? '')));
    }),
  );
  const after = await countRows();
  const rows = Object.fromEntries(
    Object.entries(after).flatMap(([table, count]) =>
      count === before[table] ? [] : [[table, count - before[table]!]],
    ),
  );
  return { codes, answers, rows };
}

function contextOf({ app }: World, { one }: Stage, access: string, key: string | undefined): Context {
  const context = scriptContext(
    access === 'user' || access === 'viewer' ? one.viewer : null,
    'another operator',
  );
  if (key === undefined) return context;
  return {
    ...context,
    once: (viewer, procedure, input, run) =>
      onceForKey(app, { userId: viewer.id, key, procedure, input }, run),
  };
}

/** Rows of every table except those that only carry effects or remember keys. */
async function countRows(): Promise<Record<string, number>> {
  const { sql } = world.database;
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('jobs', 'idempotency_keys')`;
  const counts = await sql.unsafe<{ name: string; n: number }[]>(
    tables
      .map(({ name }) => `select '${name}' as name, count(*)::int as n from "${name}"`)
      .join(' union all '),
  );
  return Object.fromEntries(counts.map(({ name, n }) => [name, n]));
}
