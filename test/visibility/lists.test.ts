import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointsOf } from '../../server/api/rest/endpoints.ts';
import { fieldsOf } from '../../server/api/rest/inputFields.ts';
import { appRouter } from '../../server/api/router.ts';
import { sealCursor } from '../../server/core/cursors.ts';
import { call, headersOf, surfaces } from './call.ts';
import { type Cast, createCast, type ViewerKind } from './cast.ts';
import { MISSING, rows, subjectsOf } from './rows.ts';

/** Every list of the router, for a user who sees much of it: the cursors it accepts, and its pages. */
const lists = endpointsOf(appRouter(null as never)).filter(({ input }) => 'cursor' in fieldsOf(input));

let cast: Cast;
/** Hash of an existing device. */
let hash: string;
beforeAll(async () => {
  cast = await createCast();
  const { as, admin } = cast.world;
  await as(cast.authors.open).fingerprint.register({ fingerprint: 'a phone of the test' });
  hash = (await admin.fingerprint.ofPerson({ userId: cast.authors.open.id })).items[0]!.hash;
}, 120_000);
afterAll(() => cast.close());

interface Listed {
  items: object[];
  nextCursor: string | null;
}

describe.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (name, endpoint) => {
  const fields = fieldsOf(endpoint.input);
  const self = endpoint.meta.access === 'admin' ? 'admin' : 'owner';
  const ask = async (more: Record<string, unknown>, surface = surfaces[0]!, viewer: ViewerKind = self) => {
    const row = rows[name]!;
    const subject = subjectsOf(row, cast.subjects)[0]!;
    const input = { ...row.input({ subject, viewer, cast }), ...more, ...('hash' in fields ? { hash } : {}) };
    return call(cast, surface, endpoint, input, headersOf(cast, viewer, subject));
  };
  const page = async (limit: number, cursor?: string) => {
    const { body } = await ask({ limit, ...(cursor === undefined ? {} : { cursor }) });
    return listedIn(body as object);
  };

  test('takes no cursor that it did not give', async () => {
    const position = { at: new Date(0).toISOString(), id: MISSING };
    const own = (await page(1)).nextCursor;
    const forged = [
      'x',
      'A'.repeat(200),
      "' or 1=1 --",
      sealCursor([createSecretKey(Buffer.alloc(32, 99))], name, position),
      sealCursor(cast.world.app.secrets.cursorKeys, 'another list', position),
      ...(own === null ? [] : [`${own}A`, `${own}=`, flipped(own, 0), flipped(own, own.length >> 1)]),
    ];
    for (const cursor of forged) {
      for (const surface of surfaces) {
        const { code } = await ask({ cursor }, surface);
        expect([surface, cursor, code]).toEqual([surface, cursor, 'invalid_cursor']);
      }
    }
  });

  test('takes no cursor that it gave to somebody else', async () => {
    const cursor = (await page(1)).nextCursor;
    if (cursor === null) return;
    for (const viewer of ['anonymous', 'stranger', 'follower', 'mutual', 'blocked'] as const) {
      for (const surface of surfaces) {
        const { code } = await ask({ cursor }, surface, viewer);
        // Some are refused before the cursor is checked.
        expect(['invalid_cursor', 'unauthenticated', 'not_found', 'forbidden'], viewer).toContain(code);
      }
    }
  });

  test('gives the same one by one as all at once', async () => {
    const [whole, walked]: object[][] = [(await page(200)).items, []];
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await page(1, cursor);
      walked!.push(...items);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(walked).toEqual(whole);
  });
});

/** Some responses are a list, and some contain one. */
const listedIn = (body: object) =>
  [body, ...Object.values(body)].find((part): part is Listed => Array.isArray(part?.items))!;

const flipped = (cursor: string, at: number): string =>
  cursor.slice(0, at) + (cursor[at] === 'B' ? 'C' : 'B') + cursor.slice(at + 1);
