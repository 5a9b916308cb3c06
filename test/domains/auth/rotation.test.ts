import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { parseConfig } from '../../../server/config/config.ts';
import { loadSecrets } from '../../../server/config/secrets.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { createFileStorage } from '../../../server/infra/storage/files.ts';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

const [access, first, second] = [0, 1, 2].map(() => randomBytes(32).toString('base64')) as [
  string,
  string,
  string,
];

let world: World;
let alice: Person;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
});

/** A process that was started with these refresh keys. */
function startedWith(...refreshKeys: string[]) {
  const config = parseConfig({
    DATABASE_URL: 'postgres://localhost/none',
    PASETO_ACCESS_KEY: access,
    PASETO_REFRESH_KEY: refreshKeys.join(','),
  });
  return createCaller({ ...world.app, secrets: loadSecrets(config) });
}

test('a cursor keeps working after a new key was added, until the old one is dropped', async () => {
  const people = Object.values(await world.people('bob', 'carol', 'dora'));
  for (const { id: userId } of people) await world.as(alice).social.follow({ userId });
  const asAlice = (create: ReturnType<typeof startedWith>) => create(scriptContext(alice.viewer));
  const page = (of: ReturnType<typeof startedWith>, cursor?: string) =>
    asAlice(of).social.following({ userId: alice.id, limit: 1, ...(cursor ? { cursor } : {}) });
  const [before, rotated, dropped] = [startedWith(first), startedWith(second, first), startedWith(second)];
  const { nextCursor: one } = await page(before);
  const { items, nextCursor: two } = await page(rotated, one!);
  expect(items.map(({ user }) => user.handle)).toEqual(['carol']);
  expect(await codeOf(page(dropped, one!))).toBe('invalid_cursor');
  expect((await page(dropped, two!)).items.map(({ user }) => user.handle)).toEqual(['bob']);
});

test('a sign-in from a network known before the new key was added sends no notification', async () => {
  const signIn = (create: ReturnType<typeof startedWith>, address: string) =>
    create({ ...scriptContext(null), address, deviceName: 'Firefox on Linux' }).auth.login({
      identifier: 'alice',
      password: alice.password,
    });
  const told = async () => {
    await world.drain();
    const { items } = await world.as(alice).notifications.list({ grouped: false });
    return items.filter(({ kind }) => kind === 'newSignIn').length;
  };
  await signIn(startedWith(first), '192.0.2.7');
  const before = await told();
  await signIn(startedWith(second, first), '192.0.2.7');
  expect(await told()).toBe(before);
  await signIn(startedWith(second, first), '198.51.100.7');
  expect(await told()).toBe(before + 1);
});

test('what was signed for a client is good after a new key came', async () => {
  const options = { root: join(world.folder, 'files'), publicUrl: 'http://localhost' };
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const url = await createFileStorage({ ...options, secrets: [old] }).signedUrl('priv/one', 60);
  const token = url.slice(url.lastIndexOf('/') + 1);
  const openedBy = (...secrets: Buffer[]) =>
    createFileStorage({ ...options, secrets })
      .openSigned(token)
      .then(
        () => 'ok',
        (error: Error) => error.name,
      );
  expect([await openedBy(fresh, old), await openedBy(fresh)]).toEqual(['ObjectMissing', 'InvalidGrant']);
});
