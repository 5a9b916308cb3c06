import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../support/random.ts';
import { openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

/** What widens and narrows who may see photographs; after each, every URL that was handed out works or is dead, as it should. */
describe.each(['files', 'the S3 double'])(
  'over %s every URL lives as long as its reader may see',
  (store) => {
    let world: World;
    let closeStore = async () => {};
    let people: Record<'alice' | 'bob' | 'carol', Person>;
    beforeAll(async () => {
      const s3 = store === 'files' ? null : await openS3();
      closeStore = async () => s3?.close();
      world = await createWorld(s3 ? { storage: s3.storage } : {});
      people = await world.people('alice', 'bob', 'carol');
      await world.as(people.bob).social.follow({ userId: people.alice.id });
      await world.as(people.alice).social.follow({ userId: people.bob.id });
    });
    afterAll(async () => {
      await world.close();
      await closeStore();
    });

    const MOST = 200;
    const readAll = async (postIds: string[], storyIds: string[]) => {
      const viewers = [...Object.values(people).map((person) => world.as(person)), world.anonymous];
      for (const viewer of viewers) {
        for (const postId of postIds) await viewer.posts.get({ postId }).catch(() => {});
        for (const storyId of storyIds) await viewer.stories.get({ storyId }).catch(() => {});
        await viewer.users.get({ userId: people.alice.id }).catch(() => {});
      }
    };

    test('posts, accounts, avatars, stories, followers and blocks', { timeout: 120_000 }, async () => {
      const { alice, bob } = people;
      const random = seededRandom(store === 'files' ? 1 : 2);
      const made = [await world.post(alice), await world.post(alice, { visibility: 'followers' })];
      const pictures = [await world.upload(alice), await world.upload(alice)];
      await world.drain();
      const story = await world.as(alice).stories.create({ mediaId: pictures[0]!, visibility: 'friends' });
      await world.drain();
      const [first, second] = made.map(({ id }) => id) as [string, string];
      const edit = (postId: string, visibility: 'public' | 'followers') =>
        world.as(alice).posts.edit({ postId, visibility });
      const steps: (() => Promise<unknown>)[] = [
        () => edit(first, 'followers'),
        () => edit(first, 'public'),
        () => edit(second, 'public'),
        () => edit(second, 'followers'),
        () => world.as(alice).users.updateMe({ isPrivate: true }),
        () => world.as(alice).users.updateMe({ isPrivate: false }),
        () => world.as(alice).users.updateMe({ avatarMediaId: pictures[Math.floor(random() * 2)]! }),
        () => world.as(alice).users.updateMe({ avatarMediaId: null }),
        () => world.as(bob).social.unfollow({ userId: alice.id }),
        () => world.as(bob).social.follow({ userId: alice.id }),
        () => world.as(alice).social.block({ userId: bob.id }),
        () => world.as(alice).social.unblock({ userId: bob.id }),
      ];
      for (let step = 0; step < 12; step += 1) {
        await readAll([first, second], [story.id]);
        await steps[Math.floor(random() * steps.length)]!().catch(() => {});
        await world.requireUrls(MOST);
      }
      await world.as(alice).stories.delete({ storyId: story.id });
      await world.as(alice).posts.delete({ postId: first });
      await world.requireUrls(MOST);
      expect(await world.as(alice).media.list({})).toBeDefined();
    });
  },
);
