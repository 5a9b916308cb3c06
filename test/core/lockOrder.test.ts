import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { type App, inTransaction } from '../../server/core/app.ts';
import * as all from '../../server/core/locks.ts';
import { test } from '../support/fixtures.ts';
import { locks, takeMisordered } from '../support/lockOrder.ts';
import type { World } from '../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const [SMALL, GREAT] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];

/** What is found wrong with the locks that the work takes in one transaction. */
async function faultsOf(work: (app: App) => Promise<unknown>): Promise<string[]> {
  await inTransaction(world.app, work);
  return takeMisordered().map((fault) => fault.replace(/:.*/s, ''));
}

test('docs/locks.md has every lock of core/locks.ts, in its order', () => {
  const unordered = ['freeRows', 'holdCount'];
  const source = readFileSync('server/core/locks.ts', 'utf8');
  const declared = [...source.matchAll(/^export (?:async function|const) (\w+)/gm)].map(([, name]) => name);
  expect(declared.toSorted()).toEqual(Object.keys(all).toSorted());
  expect(declared).toEqual([...locks.flatMap(({ functions }) => functions), ...unordered]);
  expect(locks.map(({ rank }) => rank)).toEqual(locks.map((_, index) => index + 1));
});

test('locks in order are right', async () => {
  expect(
    await faultsOf(async ({ db }) => {
      await all.holdPair(db, SMALL, GREAT);
      await all.shareAuthor(db, SMALL);
      await all.shareAuthor(db, GREAT);
      await all.holdPost(db, SMALL);
      await all.holdComment(db, GREAT);
      await all.holdComment(db, SMALL);
      await all.holdPost(db, GREAT);
      await all.holdMedia(db, [GREAT, SMALL]);
      await all.holdUser(db, GREAT);
    }),
  ).toEqual([]);
});

test('a lock that is held may be taken again', async () => {
  expect(
    await faultsOf(async ({ db }) => {
      await all.holdPost(db, SMALL);
      await all.holdUser(db, SMALL);
      await all.holdPost(db, SMALL, GREAT);
    }),
  ).toEqual([]);
});

test('a rollback to a savepoint lets go', async () => {
  expect(
    await faultsOf(async ({ db }) => {
      await db
        .transaction(async (db) => {
          await all.holdMedia(db, [SMALL]);
          throw new Error('back');
        })
        .catch(() => {});
      await all.holdPost(db, SMALL);
    }),
  ).toEqual([]);
});

describe('a transaction out of order is seen', () => {
  test('by the kind of lock', async () => {
    expect(
      await faultsOf(async ({ db }) => {
        await all.holdMedia(db, [SMALL]);
        await all.holdPost(db, SMALL);
      }),
    ).toEqual(['Post after Media']);
  });

  test('by advisory locks', async () => {
    expect(
      await faultsOf(async ({ db }) => {
        await all.holdNotificationsOf(db, SMALL);
        await all.holdInvitesOf(db, SMALL);
        await all.holdFile(db, SMALL, 'ab');
        await all.holdAuthor(db, SMALL);
        await all.holdPair(db, SMALL, GREAT);
        await all.holdIdempotencyKey(db, SMALL, 'a key');
      }),
    ).toEqual([
      'Invites of a user after Notifications of a user',
      'File after Notifications of a user',
      'Author after Notifications of a user',
      'Pair after Notifications of a user',
    ]);
  });

  test('by the id', async () => {
    expect(
      await faultsOf(async ({ db }) => {
        await all.holdUser(db, GREAT);
        await all.holdUser(db, SMALL);
      }),
    ).toEqual(['User after one with a greater id']);
  });

  test('by a write', async () => {
    const person = await world.person('writer');
    expect(
      await faultsOf(async (app) => {
        await all.holdSession(app.db, SMALL, {});
        await world.app.db.execute('select 1');
        await app.db.execute(`update "users" set bio = 'out of order' where "users"."id" = '${person.id}'`);
      }),
    ).toEqual(['User after Session']);
  });
});
