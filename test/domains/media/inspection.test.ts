import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const inspect = (mediaId: string) => world.admin.media.inspect({ mediaId });
const names = ({ objects }: Awaited<ReturnType<typeof inspect>>) => objects.map(({ name }) => name);

test('an operator sees the progress of an upload and its stored objects', async () => {
  const alice = await world.person('alice');
  const { uploadId } = await world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: 1000 });
  expect(await inspect(uploadId)).toMatchObject({
    ownerId: alice.id,
    status: 'pending',
    bytes: 1000,
    objects: [{ name: 'upload', bytes: null }],
    jobs: [],
  });
  const sent = await world.upload(alice);
  const waiting = await inspect(sent);
  expect(waiting).toMatchObject({
    status: 'uploaded',
    jobs: [{ kind: 'media.process', tries: 0, deadAt: null }],
  });
  expect(waiting.objects).toEqual([{ name: 'upload', bytes: waiting.bytes }]);
  await world.drain();
  const done = await inspect(sent);
  expect(done).toMatchObject({ status: 'completed', attempts: 1, jobs: [], isPublic: false });
  expect(names(done).sort()).toEqual(
    ['original', ...['medium', 'thumb'].flatMap((name) => [`${name}.jpeg`, `${name}.webp`])].sort(),
  );
  expect(done.objects.every(({ bytes }) => bytes! > 0)).toBe(true);
});

test('objects missing from the store and the reason of a failed upload are shown', async () => {
  const bob = await world.person('bob');
  const { media, id } = await world.post(bob);
  const mediaId = media[0]!.id;
  const [row] = await world.database.sql<{ key: string }[]>`
    select original_key as key from media where id = ${mediaId}`;
  await world.app.storage.remove([row!.key]);
  expect(await inspect(mediaId)).toMatchObject({ isPublic: true, usedIn: { postIds: [id] } });
  expect((await inspect(mediaId)).objects).toContainEqual({ name: 'original', bytes: null });
  const broken = await world.upload(bob, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
  await world.drain();
  expect(await inspect(broken)).toMatchObject({ status: 'failed', reason: expect.any(String), objects: [] });
  expect(await codeOf(inspect(randomUUID()))).toBe('not_found');
});
