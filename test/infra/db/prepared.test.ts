import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { inTransaction } from '../../../server/core/app.ts';
import { test } from '../../support/fixtures.ts';
import type { World } from '../../support/world.ts';

let world: World;

test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

test('a statement of the query builder is planned once a connection, in a transaction too', async () => {
  const ours = await inTransaction(world.app, async ({ db }) => {
    for (let i = 0; i < 3; i += 1) await db.execute(sql`select ${i}::int as canary`);
    return db.execute<{ uses: number }>(
      sql`select (generic_plans + custom_plans)::int as uses from pg_prepared_statements where statement like ${'select $1::int as canary%'}`,
    );
  });
  expect([...ours]).toEqual([{ uses: 3 }]);
  for (let i = 0; i < 3; i += 1) await world.app.db.execute(sql`select ${i}::int as other`);
  const left = await world.app.db.execute(
    sql`select 1 from pg_prepared_statements where statement like ${'select $1::int as other%'}`,
  );
  expect(left.length).toBeLessThanOrEqual(1);
});
