import { z } from 'zod';
import { Caption, Id, Page, pageInput, Text, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';
import { UserCard } from '../users/contract.ts';

const EXAMPLE_ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

const StoryVisibility = z.enum(['public', 'friends', 'closeFriends']).meta({
  description:
    '`friends` are those who follow the author and whom the author follows, `closeFriends` the author’s own list; of a private account also the public ones are for followers',
  examples: ['friends'],
});

/** The set holds the five skin tones too, which are no picture of their own. */
const EMOJI = /^(?!\p{Emoji_Modifier}$)\p{RGI_Emoji}$/v;

export const Emoji = z
  .string()
  .max(64)
  .refine((text) => EMOJI.test(text), 'is not one emoji')
  .meta({ description: 'One emoji as the keyboards write it', examples: ['❤️'] });

const shownEmoji = z.string().meta({ description: 'One emoji', examples: ['❤️'] });

export const StoryView = z
  .object({
    id: Id,
    author: UserCard,
    media: MediaView,
    caption: z.string().meta({
      description: 'What the author says about it, with hashtags and mentions',
      examples: ['First snow'],
    }),
    visibility: StoryVisibility,
    status: z.enum(['processing', 'published', 'failed']).meta({
      description: 'Until its photograph is ready only the author sees the story',
      examples: ['published'],
    }),
    createdAt: Timestamp,
    expiresAt: Timestamp.meta({
      description: 'From then on only highlights show it',
      examples: ['2026-11-24T09:30:00.000Z'],
    }),
    viewCount: z
      .int()
      .nullable()
      .meta({ description: 'Others who have seen it; null for all but the author', examples: [12] }),
    seenByViewer: z
      .boolean()
      .optional()
      .meta({ description: 'Only when somebody is signed in; own ones count as seen', examples: [false] }),
    reactionByViewer: shownEmoji
      .nullable()
      .optional()
      .meta({ description: 'Only when somebody is signed in; null when there is none', examples: ['❤️'] }),
  })
  .meta({ id: 'Story', description: 'A photograph that lasts a day' });
export type StoryView = z.infer<typeof StoryView>;
export const StoryPage = Page(StoryView);

export const StoryRef = z.strictObject({ storyId: Id });
export type StoryRef = z.infer<typeof StoryRef>;

export const NewStory = z.strictObject({
  mediaId: Id.meta({
    description: 'An own photograph; it may still be processing',
    examples: [EXAMPLE_ID],
  }),
  caption: Caption.default(''),
  visibility: StoryVisibility.optional().meta({
    description: 'As the settings say when left out',
    examples: ['friends'],
  }),
});
export type NewStory = z.infer<typeof NewStory>;

export const UserStoriesInput = z.strictObject({ userId: Id, ...pageInput });
export type UserStoriesInput = z.infer<typeof UserStoriesInput>;
export const StoryListInput = z.strictObject({ storyId: Id, ...pageInput });
export type StoryListInput = z.infer<typeof StoryListInput>;

export const StoryViewer = z
  .object({ user: UserCard, seenAt: Timestamp })
  .meta({ id: 'StoryViewer', description: 'Somebody who has seen a story' });
export const StoryViewerPage = Page(StoryViewer);

export const StoryMetrics = z
  .object({
    viewCount: z.int().meta({ description: 'Others who have seen it', examples: [12] }),
    reactionCount: z.int().meta({ description: 'How many people reacted', examples: [3] }),
    reactions: z
      .array(
        z.object({
          emoji: shownEmoji,
          count: z.int().meta({ description: 'How many chose it', examples: [3] }),
        }),
      )
      .meta({ description: 'By emoji, the most frequent first' }),
  })
  .meta({ id: 'StoryMetrics', description: 'What came of a story' });
export type StoryMetrics = z.infer<typeof StoryMetrics>;

export const NewReaction = z.strictObject({ storyId: Id, emoji: Emoji });
export type NewReaction = z.infer<typeof NewReaction>;

export const ReactionState = z
  .object({
    emoji: shownEmoji.nullable().meta({ description: 'The viewer’s own reaction', examples: ['❤️'] }),
  })
  .meta({ id: 'ReactionState', description: 'The reaction of the viewer' });
export type ReactionState = z.infer<typeof ReactionState>;

export const StoryReaction = z
  .object({ user: UserCard, emoji: shownEmoji, reactedAt: Timestamp })
  .meta({ id: 'StoryReaction', description: 'A reaction to a story' });
export const StoryReactionPage = Page(StoryReaction);

/** What somebody reacted to, as an export has it. */
export const SeenStory = z
  .object({ storyId: Id, seenAt: Timestamp })
  .meta({ id: 'SeenStory', description: 'A story that the viewer has seen' });
export const OwnStoryReaction = z
  .object({ storyId: Id, emoji: shownEmoji, reactedAt: Timestamp })
  .meta({ id: 'OwnStoryReaction', description: 'A reaction of the viewer to a story' });

const HighlightName = Text({ min: 1, max: 50 }).meta({
  description: '1 to 50 characters, unique among those of the owner without regard to case',
  examples: ['Winter'],
});

export const Highlight = z
  .object({
    id: Id,
    owner: UserCard,
    name: z.string().meta({ description: 'Under which it is shown', examples: ['Winter'] }),
    cover: MediaView.meta({
      description: 'Of the story that the owner chose, when the viewer may see that, else of the first',
    }),
    storyCount: z.int().meta({ description: 'Stories that the viewer may see', examples: [7] }),
    createdAt: Timestamp,
  })
  .meta({ id: 'Highlight', description: 'Stories that outlive their day, under a name' });
export type Highlight = z.infer<typeof Highlight>;
export const HighlightPage = Page(Highlight);

export const HighlightWithStories = z
  .object({
    ...Highlight.shape,
    stories: z.array(StoryView).meta({ description: 'All that the viewer may see, oldest first' }),
  })
  .meta({
    id: 'HighlightWithStories',
    description: 'A highlight, with those of its stories that the viewer may see',
  });
export type HighlightWithStories = z.infer<typeof HighlightWithStories>;

/** As an export has it, beside all stories. */
export const OwnHighlight = z
  .object({ ...Highlight.shape, storyIds: z.array(Id).meta({ description: 'Oldest first' }) })
  .meta({ id: 'OwnHighlight', description: 'An own highlight, with all its stories' });

export const HighlightRef = z.strictObject({ highlightId: Id });
export type HighlightRef = z.infer<typeof HighlightRef>;
export const HighlightStoryRef = z.strictObject({ highlightId: Id, storyId: Id });
export type HighlightStoryRef = z.infer<typeof HighlightStoryRef>;

export const NewHighlight = z.strictObject({ storyId: Id, highlightName: HighlightName });
export type NewHighlight = z.infer<typeof NewHighlight>;

export const HighlightEdit = z.strictObject({
  highlightId: Id,
  name: HighlightName.optional(),
  coverStoryId: Id.nullable()
    .optional()
    .meta({
      description: 'A story in the highlight; null for its first',
      examples: [EXAMPLE_ID],
    }),
});
export type HighlightEdit = z.infer<typeof HighlightEdit>;
