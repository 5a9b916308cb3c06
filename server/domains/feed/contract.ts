import { z } from 'zod';
import { Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const FeedInput = z.strictObject(pageInput);
export type FeedInput = z.infer<typeof FeedInput>;

/** A user with active stories that have not expired. */
export const StoryAuthor = z
  .object({
    user: UserCard,
    storyCount: z.int().meta({ description: 'Number of stories that you can see', examples: [2] }),
    latestAt: Timestamp.meta({ description: 'Time of the newest of these stories' }),
    hasUnseen: z.boolean().meta({
      description: 'Whether there are stories that you have not seen; your own count as seen',
      examples: [true],
    }),
    stories: z
      .array(
        z.object({
          id: Id,
          createdAt: Timestamp,
          seenByViewer: z.boolean().meta({ description: 'Whether you have seen it', examples: [false] }),
        }),
      )
      .meta({ description: "Oldest first. Get their photos from the user's list of stories" }),
  })
  .meta({ id: 'StoryAuthor', description: 'A user with stories that you can see' });
export type StoryAuthor = z.infer<typeof StoryAuthor>;
export const StoryAuthorPage = Page(StoryAuthor);
