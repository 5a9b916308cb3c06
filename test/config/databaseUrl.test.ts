import { expect, test } from 'vitest';
import { readDatabaseUrl } from '../../server/config/databaseUrl.ts';

const URL_OF = 'postgres://ciel:s%40cret@db.example.org:6543/ciel';

test.each([
  ['Neon', '?sslmode=require&channel_binding=require', '?sslmode=require', false],
  ['Prisma', '?schema=public&pgbouncer=true&connection_limit=1', '', true],
  ['Prisma, without a pooler', '?pgbouncer=false', '', false],
  ['Supabase for Prisma', '?supa=base-pooler.x&sslmode=require', '?sslmode=require', false],
  ['libpq, with the certificates of the machine', '?sslrootcert=system', '?sslmode=verify-full', false],
])('the parameters in a URL for %s are understood or left out', (_program, given, left, isPooled) => {
  const { leftOut, ...read } = readDatabaseUrl(URL_OF + given);
  expect(read).toEqual({ url: URL_OF + left, isPooled });
  expect(leftOut.length).toBeGreaterThan(0);
});

test('what PostgreSQL or the driver understands stays as it is', () => {
  const url = `${URL_OF}?sslmode=require&search_path=public&target_session_attrs=read-write`;
  expect(readDatabaseUrl(url)).toEqual({ url, isPooled: false, leftOut: [] });
});
