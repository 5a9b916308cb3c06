import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { jobs } from '../../../server/schema/index.ts';
import { test } from '../../support/fixtures.ts';
import { insertMedia } from '../../support/mediaRows.ts';
import { refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const jobsOf = async (kind: string) =>
  (await world.app.db.select({ body: jobs.body }).from(jobs).where(eq(jobs.kind, kind))).map(
    ({ body }) => body,
  );

const statusOf = async (url: string) => (await fetch(url)).status;

describe('an avatar', () => {
  test('is visible to everybody, and its old URL stops working once it changes', async () => {
    const { alice } = await world.people('alice');
    const [first, second] = [await world.upload(alice), await world.upload(alice)];
    await world.drain();
    const { avatar } = await world.as(alice).users.updateMe({ avatarMediaId: first });
    expect(avatar?.thumbhash).toMatch(/^[A-Za-z0-9+/]+=*$/);
    await world.drain();
    const shown = (await world.anonymous.users.get({ userId: alice.id })).avatar!;
    expect(shown.url).toContain('/pub/');
    expect(await statusOf(shown.url)).toBe(200);
    await world.as(alice).users.updateMe({ avatarMediaId: second });
    await world.drain();
    expect(await statusOf(shown.url)).toBe(404);
    const now = (await world.anonymous.users.get({ userId: alice.id })).avatar!;
    expect(await statusOf(now.url)).toBe(200);
    expect((await world.as(alice).users.updateMe({ avatarMediaId: null })).avatar).toBeNull();
    await world.drain();
    expect(await statusOf(now.url)).toBe(404);
  });

  test('of a private account is visible to everybody as well', async () => {
    const { bob } = await world.people('bob');
    const mediaId = await world.upload(bob);
    await world.drain();
    await world.as(bob).users.updateMe({ avatarMediaId: mediaId, isPrivate: true });
    await world.drain();
    const { avatar } = await world.anonymous.users.get({ userId: bob.id });
    expect(await statusOf(avatar!.url)).toBe(200);
  });

  test('moves the old and the new photograph, and only on a change', async () => {
    const { carol } = await world.people('carol');
    const [first, second] = (await insertMedia(world, carol, 2)) as [string, string];
    await world.as(carol).users.updateMe({ avatarMediaId: first });
    await world.as(carol).users.updateMe({ avatarMediaId: second, bio: 'New face.' });
    await world.as(carol).users.updateMe({ avatarMediaId: second });
    await world.as(carol).users.updateMe({ avatarMediaId: null });
    expect(await jobsOf('media.place')).toEqual([
      { mediaIds: [first] },
      { mediaIds: [first, second] },
      { mediaIds: [second] },
    ]);
    await world.app.db.delete(jobs);
  });

  test('is a completed photograph of its owner', async () => {
    const { dora, eve } = await world.people('dora', 'eve');
    const [foreign] = await insertMedia(world, eve, 1);
    const unusable = [foreign, '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'];
    for (const status of ['pending', 'uploaded', 'processing', 'failed'] as const)
      unusable.push(...(await insertMedia(world, dora, 1, status)));
    for (const avatarMediaId of unusable) {
      expect(
        await refusal(world.as(dora).users.updateMe({ avatarMediaId: avatarMediaId!, bio: 'lost' })),
      ).toMatchObject({
        code: 'media_unusable',
        errors: [{ field: 'avatarMediaId', message: 'must be one of your completed photos' }],
      });
    }
    expect(await world.as(dora).users.updateMe({})).toMatchObject({ avatar: null, bio: '' });
  });
});

test('going private or public moves the photographs of the account, staying so does not', async () => {
  const { finn } = await world.people('finn');
  for (const isPrivate of [false, true, true, false]) await world.as(finn).users.updateMe({ isPrivate });
  const moved = { ownerId: finn.id, afterId: null };
  expect(await jobsOf('media.placeOwner')).toEqual([moved, moved]);
});
