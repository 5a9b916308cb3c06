import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { media, posts } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { failMedium, finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `publisher${named}`);
}

const by = (person: Extra) => world.as(person).posts;

const postCount = async (person: Extra) =>
  (await world.as(person).users.get({ userId: person.id })).postCount;

describe('a post whose photographs are still processing', () => {
  test('is visible only to its author until its last photograph is ready', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [one, other] = (await insertMedia(world, alice, 2, 'processing')) as [string, string];
    const { id: postId, status } = await by(alice).create({ mediaIds: [one, other], visibility: 'public' });
    expect(status).toBe('processing');
    await finishMedium(world, one);
    expect((await by(alice).get({ postId })).status).toBe('processing');
    expect(await codeOf(by(bob).get({ postId }))).toBe('not_found');
    expect((await by(bob).byUser({ userId: alice.id })).items).toEqual([]);
    expect((await by(alice).byUser({ userId: alice.id })).items).toHaveLength(1);
    expect(await postCount(alice)).toBe(0);
    await finishMedium(world, other);
    expect((await by(bob).get({ postId })).status).toBe('published');
    expect(await postCount(alice)).toBe(1);
  });

  test('is never published when one of its photographs fails, and says which', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    const [one, other] = (await insertMedia(world, alice, 2, 'processing')) as [string, string];
    const { id: postId } = await by(alice).create({ mediaIds: [one, other], visibility: 'public' });
    await failMedium(world, other);
    await finishMedium(world, one);
    const seen = await by(alice).get({ postId });
    expect(seen.status).toBe('failed');
    expect(seen.media.map(({ id, status }) => [id, status])).toEqual([
      [one, 'completed'],
      [other, 'failed'],
    ]);
    expect(seen.media.map(({ reason }) => reason)).toEqual([undefined, 'The file is cut off']);
    expect((await world.as(alice).media.get({ mediaId: other })).reason).toBe('The file is cut off');
    expect(await codeOf(by(bob).get({ postId }))).toBe('not_found');
    await by(alice).delete({ postId });
    expect(await postCount(alice)).toBe(0);
  });

  test('is published once when all become ready at the same moment, with the post just being made', async () => {
    for (let round = 0; round < 40; round++) {
      const [alice] = (await people(1)) as [Extra];
      const mediaIds = await insertMedia(world, alice, 4, 'processing');
      const create = (ids: string[]) => by(alice).create({ mediaIds: ids, visibility: 'public' });
      const [whole, part] = await Promise.all([
        create(mediaIds),
        create(mediaIds.slice(1, 3)),
        ...mediaIds.map((id) => finishMedium(world, id)),
      ]);
      const seen = await Promise.all(
        [whole, part].map(({ id }) => world.anonymous.posts.get({ postId: id })),
      );
      expect(seen.map(({ status }) => status)).toEqual(['published', 'published']);
      expect(await postCount(alice)).toBe(2);
    }
  });

  test('is counted when it is published, not when it was deleted first', async () => {
    for (let round = 0; round < 10; round++) {
      const [alice] = (await people(1)) as [Extra];
      const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
      const { id: postId } = await by(alice).create({ mediaIds: [mediaId], visibility: 'public' });
      await Promise.all([finishMedium(world, mediaId), by(alice).delete({ postId })]);
      expect(await postCount(alice)).toBe(0);
      expect(await world.app.db.$count(media, eq(media.id, mediaId))).toBe(0);
    }
  });
});

test('the count of posts is that of published ones after 32 clients posted and deleted', async () => {
  const [alice] = (await people(1)) as [Extra];
  const client = async (number: number) => {
    for (let n = 0; n < 3; n++) {
      const [mediaId] = (await insertMedia(world, alice, 1, n === 1 ? 'processing' : 'completed')) as [
        string,
      ];
      const { id: postId } = await by(alice).create({ mediaIds: [mediaId], visibility: 'public' });
      if (n === 1) await finishMedium(world, mediaId);
      if ((number + n) % 2) await by(alice).delete({ postId });
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, number) => client(number)));
  expect(await postCount(alice)).toBe(48);
  const live = await world.app.db.select().from(posts).where(eq(posts.authorId, alice.id));
  expect(live.filter(({ deletedAt, publishedAt }) => !deletedAt && publishedAt)).toHaveLength(48);
});
