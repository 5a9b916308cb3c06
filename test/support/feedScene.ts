import { crowd, type Extra } from './crowd.ts';
import { idsOf } from './feeds.ts';
import { insertMedia } from './mediaRows.ts';
import { createWorld, type World } from './world.ts';

/** So small that every path is taken: a follow brings 2 posts, entries are made again from 4. */
const settings = { feedEntriesKept: 20, widelyFollowedAt: 3 };

export type FeedScene = Awaited<ReturnType<typeof createFeedScene>>;

/** Two processes, and people who are named so, post and follow. */
export async function createFeedScene(name: string) {
  const world = await createWorld({ settings });
  const peer = await createWorld({ peerOf: world });
  let named = 0;

  async function people(count: number): Promise<Extra[]> {
    named += 1;
    return crowd(world, count, `${name}${named}`);
  }

  async function post(author: Extra, visibility: 'public' | 'followers' = 'public'): Promise<string> {
    const mediaIds = await insertMedia(world, author, 1);
    return (await world.as(author).posts.create({ mediaIds, visibility })).id;
  }

  async function posts(author: Extra, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(await post(author));
    return ids;
  }

  const feed = async (reader: Extra, process: World = world) =>
    idsOf((await process.as(reader).feed.home({})).items);

  const follow = (reader: Extra, author: Extra) => world.as(reader).social.follow({ userId: author.id });

  /** The author is followed by enough others for their posts to be merged. */
  async function makeWide(author: Extra) {
    for (const person of await people(4)) await follow(person, author);
    await world.drain();
  }

  async function close() {
    await peer.close();
    await world.close();
  }
  return { world, peer, people, post, posts, feed, follow, makeWide, close };
}
