import { describe, expect } from 'vitest';
import { users } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let viewer: Extra;
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  [viewer] = (await crowd(world, 1, 'viewer')) as [Extra];
});

async function named(
  handle: string,
  displayName = 'Somebody',
  more: Partial<typeof users.$inferInsert> = {},
) {
  const [row] = await world.app.db
    .insert(users)
    .values({ handle, email: `${handle}@example.org`, displayName, ...more })
    .returning({ id: users.id });
  const asViewer = { id: row!.id, handle, trustLevel: 0, isPrivate: false, sessionId: null };
  return { id: row!.id, handle, viewer: asViewer };
}

const found = async (q: string, by: Extra = viewer) =>
  (await world.as(by).search.users({ q })).items.map(({ handle }) => handle);

describe('people are found', () => {
  test('by how the handle or a word of the name begins, the exact handle first', async () => {
    await named('ansel_fan', 'Other');
    await named('lens', 'Ansel Adams');
    await named('ansel', 'Somebody');
    await named('camera', 'Robert Ansel');
    await named('beansel', 'No word begins so');
    const handles = await found('ANSEL');
    expect(handles.slice(0, 4)).toEqual(['ansel', 'ansel_fan', 'lens', 'camera']);
    expect(await found('@ansel')).toEqual(handles);
    expect((await found('an')).slice(0, 2).sort()).toEqual(['ansel', 'ansel_fan']);
    expect(await found('adams')).toEqual(['lens']);
  });

  test('with letters wrong, missing or too many', async () => {
    await named('dorothea', 'Dorothea Lange');
    for (const q of ['dorotea', 'dorothae', 'dorotheaa', 'dorothy lange', 'langa'])
      expect(await found(q)).toContain('dorothea');
    await named('petrov', 'Пётр Петров');
    expect(await found('петр')).toContain('petrov');
    expect(await found('петоров')).toContain('petrov');
    await named('mori', '森山大道');
    expect(await found('森山')).toContain('mori');
  });

  test('those whom the viewer follows before others that match as well', async () => {
    const followed = await named('vivian_maier_fan');
    await named('vivian_m');
    await named('vivian');
    expect((await found('vivian'))[2]).toBe(followed.handle);
    await world.as(viewer).social.follow({ userId: followed.id });
    expect((await found('vivian')).slice(0, 2)).toEqual(['vivian', followed.handle]);
    expect((await found('vivi')).slice(0, 1)).toEqual([followed.handle]);
  });

  test('by the exact handle alone when they do not want to be found', async () => {
    await named('hidden_hannah', 'Hannah Hides', { discoverable: false });
    for (const q of ['hidden', 'hannah', 'hidden_hanna', 'hidden_hannah_'])
      expect(await found(q)).toEqual([]);
    expect(await found('Hidden_Hannah')).toEqual(['hidden_hannah']);
  });
});

test('those who do not exist for the viewer are not found', async () => {
  const [one, other] = [await named('quentin_a'), await named('quentin_b')];
  const [banned, deleted] = [await named('quentin_c'), await named('quentin_d')];
  await world.as(one).social.block({ userId: viewer.id });
  await world.as(viewer).social.block({ userId: other.id });
  await world.database.sql`update users set banned_until = 'infinity' where id = ${banned.id}`;
  await world.database.sql`update users set deleted_at = now() where id = ${deleted.id}`;
  for (const q of ['quentin', 'quentin_a', 'quentin_b', 'quentin_c', 'quentin_d'])
    expect(await found(q)).toEqual([]);
  expect((await found('quentin', one)).sort()).toEqual(['quentin_a', 'quentin_b']);
});

test('the pages of a search are one list without duplicates', async () => {
  for (let n = 0; n < 25; n++) await named(`walker_${n}`, `Walker ${n % 3}`);
  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world
      .as(viewer)
      .search.users({ q: 'walker', limit: 4, ...(cursor ? { cursor } : {}) });
    walked.push(...page.items.map(({ handle }) => handle));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(walked).toHaveLength(25);
  expect(new Set(walked).size).toBe(25);
  const { nextCursor } = await world.as(viewer).search.users({ q: 'walker', limit: 1 });
  expect(await codeOf(world.as(viewer).search.users({ q: 'walk', cursor: nextCursor! }))).toBe(
    'invalid_cursor',
  );
});

test('of hundreds with the same last name the first are ranked, and each appears once', async () => {
  await world.database.sql`
    insert into users (handle, email, display_name)
    select 'l' || n, 'l' || n || '@example.org', 'Person ' || n || ' Lindqvist' from generate_series(1, 300) n`;
  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world
      .as(viewer)
      .search.users({ q: 'lindq', limit: 80, ...(cursor ? { cursor } : {}) });
    walked.push(...page.items.map(({ handle }) => handle));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(walked).toHaveLength(200);
  expect(new Set(walked).size).toBe(200);
  await named('l_other', 'Eva Lindqvist Berg');
  await named('l_exact', 'Lindqvist');
  expect((await found('lindqvist'))[0]).toBe('l_exact');
});

test('when a hundred match the prefix, similar names are not searched', async () => {
  const insert = (from: number, to: number) => world.database.sql`
    insert into users (handle, email, display_name)
    select 'brunhilde' || n, 'b' || n || '@example.org', 'Somebody' from generate_series(${from}::int, ${to}::int) n`;
  const all = async () => (await world.as(viewer).search.users({ q: 'brunhilde', limit: 200 })).items;
  await named('xbrunhilde');
  await insert(1, 99);
  expect((await all()).at(-1)!.handle).toBe('xbrunhilde');
  await insert(100, 100);
  expect(await all()).toHaveLength(100);
});

describe('the query', () => {
  test('has no signs with a meaning', async () => {
    await named('under_score', '100% wool \\ silk');
    await named('underXscore', 'Plain');
    expect(await found('under_s')).toContain('under_score');
    expect((await found('under_score'))[0]).toBe('under_score');
    for (const q of ['%%', '__', '\\\\', '%_', '\\%', "' or 1=1 --", '&|!():*<>'])
      expect(await found(q)).toEqual([]);
    expect((await found('100%'))[0]).toBe('under_score');
  });

  test('is 2 to 100 characters after trimming, by somebody', async () => {
    for (const q of ['', ' a ', '@a', 'x'.repeat(101), 'x'.repeat(5000), 'a\u0000b', '\ud800\ud800'])
      expect((await refusal(world.as(viewer).search.users({ q }))).errors[0]?.field).toBe('q');
    expect(await codeOf(world.as(viewer).search.users({ q: `  ${'x'.repeat(100)}  ` }))).toBe('ok');
    expect(await codeOf(world.as(viewer).search.users({} as never))).toBe('invalid_input');
    expect(await codeOf(world.anonymous.search.users({ q: 'ansel' }))).toBe('unauthenticated');
  });
});
