import { z } from 'zod';
import { Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const FeedInput = z.strictObject(pageInput);
export type FeedInput = z.infer<typeof FeedInput>;

/** Somebody who has told stories within the day. */
export const StoryAuthor = z
  .object({
    user: UserCard,
    storyCount: z.int().meta({ description: 'Stories that the viewer may see', examples: [2] }),
    latestAt: Timestamp.meta({ description: 'Of the newest of them' }),
    hasUnseen: z.boolean().meta({ description: 'Own stories count as seen', examples: [true] }),
    stories: z
      .array(
        z.object({
          id: Id,
          createdAt: Timestamp,
          seenByViewer: z
            .boolean()
            .meta({ description: 'Whether the viewer has seen it', examples: [false] }),
        }),
      )
      .meta({ description: 'Oldest first; the photographs are read with the stories of the person' }),
  })
  .meta({ id: 'StoryAuthor', description: 'Somebody with stories to see' });
export type StoryAuthor = z.infer<typeof StoryAuthor>;
export const StoryAuthorPage = Page(StoryAuthor);
