import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { cachedStatements } from '../../../server/infra/db/cachedStatements.ts';
import { users } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import type { World } from '../../support/world.ts';

let world: World;

test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

test('a statement is built once for each kind of it, takes other values each time, and sees what its transaction wrote', async () => {
  const { db } = world.app;
  const [alice, bob] = [await world.person('alice'), await world.person('bob')];
  let built = 0;
  const statement = cachedStatements((on, name: 'handle' | 'displayName') => {
    built += 1;
    return on
      .select({ value: users[name] })
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .prepare('name');
  });

  const valuesOf = async (name: 'handle' | 'displayName', on = db) => {
    const found = [];
    for (const { id } of [alice, bob]) found.push(...(await statement(on, name).execute({ id })));
    return found.map(({ value }) => value);
  };
  expect(await valuesOf('handle')).toEqual(['alice', 'bob']);
  expect(await valuesOf('handle')).toEqual(['alice', 'bob']);
  expect(built).toBe(1);
  await valuesOf('displayName');
  expect(built).toBe(2);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ handle: 'carol' }).where(eq(users.id, alice.id));
    expect(await valuesOf('handle', tx)).toEqual(['carol', 'bob']);
    expect(await valuesOf('handle')).toEqual(['alice', 'bob']);
  });
  expect(built).toBe(3);
});
