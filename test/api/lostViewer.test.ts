import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { endpointsOf } from '../../server/api/rest/endpoints.ts';
import { appRouter } from '../../server/api/router.ts';
import { canMiss } from '../../server/core/viewerGone.ts';
import { test } from '../support/fixtures.ts';
import { interfereBefore } from '../support/interfere.ts';
import { insertMedia } from '../support/mediaRows.ts';
import { codeOf } from '../support/refusal.ts';
import { takeUndocumented } from '../support/undocumented.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
let alice: Person;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
});

/** Photographs that are still processed: a post or a story of one is written without a lock on its author. */
const newMedia = () => insertMedia(world, alice, 1, 'processing');

/** For the procedures that need any. */
const inputs: Record<string, () => object | Promise<object>> = {
  'account.delete': () => ({ password: alice.password }),
  'account.export': () => ({ limit: 200 }),
  'auth.changePassword': () => ({ currentPassword: alice.password, newPassword: alice.password }),
  'fingerprint.register': () => ({ fingerprint: 'a phone' }),
  'media.upload': () => ({ contentType: 'image/jpeg', bytes: 1000 }),
  'posts.create': async () => ({ mediaIds: await newMedia(), visibility: 'public' }),
  'search.hashtags': () => ({ q: 'snow' }),
  'search.posts': () => ({ q: 'snow' }),
  'search.users': () => ({ q: 'alice' }),
  'social.relationships': () => ({ userIds: [randomUUID()] }),
  'stories.create': async () => ({ mediaId: (await newMedia())[0], visibility: 'public' }),
  'users.updateMe': () => ({ bio: 'Snow' }),
  'users.updateSettings': () => ({ storyAudience: 'friends' }),
};

const names = endpointsOf(appRouter(null as never))
  .filter(({ meta }) => ['user', 'viewer'].includes(meta.access) && !canMiss(meta))
  .map(({ name }) => name);

type Call = (input: object) => Promise<unknown>;

async function call(name: string, viewer = alice.viewer): Promise<string> {
  const [domain, procedure] = name.split('.') as [never, never];
  const input = (await inputs[name]?.()) ?? {};
  return codeOf((world.as({ viewer })[domain][procedure] as Call)(input));
}

/** But not where the procedure holds the account: there a deletion waits. */
const removeAlice = () => world.database.sql`
  update users set deleted_at = now()
  where id = (select id from users where id = ${alice.id} for no key update skip locked)`;

const restoreAlice = () => world.database.sql`update users set deleted_at = null`;

test.each(names)('%s refuses a viewer who is deleted during the request, as documented', async (name) => {
  const codes: string[] = [];
  const callBefore = (n: number) =>
    interfereBefore(n, removeAlice, async () => {
      codes.push(await call(name));
    });
  const statements = await callBefore(-1);
  expect(codes).toEqual(['ok']);
  for (let n = 0; n < statements; n++) {
    await restoreAlice();
    await callBefore(n);
  }
  await restoreAlice();
  // The row itself is gone.
  codes.push(await call(name, { ...alice.viewer, id: randomUUID() }));
  expect(codes).not.toContain('not_found');
  expect(takeUndocumented()).toEqual([]);
});
