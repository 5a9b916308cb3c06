import { sql } from 'drizzle-orm';
import type { StoryView } from '../../server/domains/stories/contract.ts';
import type { Extra } from './crowd.ts';
import { insertMedia } from './mediaRows.ts';
import type { World } from './world.ts';

export type StoryAudience = 'public' | 'friends' | 'closeFriends';

/** A published story without objects. */
export async function quickStory(
  world: World,
  author: Extra,
  visibility: StoryAudience = 'public',
): Promise<StoryView> {
  const [mediaId] = (await insertMedia(world, author, 1)) as [string];
  return world.as(author).stories.create({ mediaId, visibility });
}

/** Makes the story this much older. */
export async function ageStory(
  { app: { db } }: World,
  storyId: string,
  interval = '25 hours',
): Promise<void> {
  await db.execute(sql`
    update stories set created_at = created_at - ${interval}::text::interval,
      expires_at = expires_at - ${interval}::text::interval, published_at = published_at - ${interval}::text::interval,
      taken_down_at = taken_down_at - ${interval}::text::interval
    where id = ${storyId}`);
}

export const befriend = async (world: World, one: Extra, other: Extra): Promise<void> => {
  await world.as(one).social.follow({ userId: other.id });
  await world.as(other).social.follow({ userId: one.id });
};
