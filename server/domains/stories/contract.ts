import { z } from 'zod';
import { Caption, Id, Page, pageInput, Text, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';
import { UserCard } from '../users/contract.ts';

const EXAMPLE_ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

const StoryVisibility = z.enum(['public', 'friends', 'closeFriends']).meta({
  description:
    "Who can see the story. `friends` are users who follow the author and are followed back; `closeFriends` are the author's own list. Only followers can see a private account's `public` stories",
  examples: ['friends'],
});

/** The set contains the five skin tones too, which are not emoji by themselves. */
const EMOJI = /^(?!\p{Emoji_Modifier}$)\p{RGI_Emoji}$/v;

export const Emoji = z
  .string()
  .max(64)
  .refine((text) => EMOJI.test(text), 'must be exactly one emoji')
  .meta({ description: 'One emoji, as entered with a keyboard', examples: ['❤️'] });

const shownEmoji = z.string().meta({ description: 'One emoji', examples: ['❤️'] });

export const StoryView = z
  .object({
    id: Id,
    author: UserCard,
    media: MediaView,
    caption: z.string().meta({
      description: 'Caption, with hashtags and mentions',
      examples: ['First snow'],
    }),
    visibility: StoryVisibility,
    status: z.enum(['processing', 'published', 'failed']).meta({
      description: 'Only the author sees the story until its photo is ready',
      examples: ['published'],
    }),
    createdAt: Timestamp,
    expiresAt: Timestamp.meta({
      description: 'After this time, only highlights show the story',
      examples: ['2026-11-24T09:30:00.000Z'],
    }),
    viewCount: z
      .int()
      .nullable()
      .meta({
        description: 'Number of other users who have seen it; null unless you are the author',
        examples: [12],
      }),
    seenByViewer: z
      .boolean()
      .optional()
      .meta({
        description: 'Whether you have seen the story; your own count as seen. Only when signed in',
        examples: [false],
      }),
    reactionByViewer: shownEmoji
      .nullable()
      .optional()
      .meta({ description: 'Your reaction, or null; only when signed in', examples: ['❤️'] }),
  })
  .meta({ id: 'Story', description: 'A photo that is shown for 24 hours' });
export type StoryView = z.infer<typeof StoryView>;
export const StoryPage = Page(StoryView);

export const StoryRef = z.strictObject({ storyId: Id });
export type StoryRef = z.infer<typeof StoryRef>;

export const NewStory = z.strictObject({
  mediaId: Id.meta({
    description: 'One of your photos; it may still be processing',
    examples: [EXAMPLE_ID],
  }),
  caption: Caption.default(''),
  visibility: StoryVisibility.optional().meta({
    description: 'Who can see the story; defaults to your settings',
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
  .meta({ id: 'StoryViewer', description: 'A user who has seen a story' });
export const StoryViewerPage = Page(StoryViewer);

export const StoryMetrics = z
  .object({
    viewCount: z.int().meta({ description: 'Number of other users who have seen it', examples: [12] }),
    reactionCount: z.int().meta({ description: 'Number of reactions', examples: [3] }),
    reactions: z
      .array(
        z.object({
          emoji: shownEmoji,
          count: z.int().meta({ description: 'Number of users who chose it', examples: [3] }),
        }),
      )
      .meta({ description: 'Reactions by emoji, most frequent first' }),
  })
  .meta({ id: 'StoryMetrics', description: 'View and reaction counts of a story' });
export type StoryMetrics = z.infer<typeof StoryMetrics>;

export const NewReaction = z.strictObject({ storyId: Id, emoji: Emoji });
export type NewReaction = z.infer<typeof NewReaction>;

export const ReactionState = z
  .object({
    emoji: shownEmoji.nullable().meta({ description: 'Your reaction, or null', examples: ['❤️'] }),
  })
  .meta({ id: 'ReactionState', description: 'Your reaction to a story' });
export type ReactionState = z.infer<typeof ReactionState>;

export const StoryReaction = z
  .object({ user: UserCard, emoji: shownEmoji, reactedAt: Timestamp })
  .meta({ id: 'StoryReaction', description: 'A reaction to a story' });
export const StoryReactionPage = Page(StoryReaction);

/** Views and reactions as exports contain them. */
export const SeenStory = z
  .object({ storyId: Id, seenAt: Timestamp })
  .meta({ id: 'SeenStory', description: 'A story that you have seen' });
export const OwnStoryReaction = z
  .object({ storyId: Id, emoji: shownEmoji, reactedAt: Timestamp })
  .meta({ id: 'OwnStoryReaction', description: 'Your reaction to a story' });

const HighlightName = Text({ min: 1, max: 50 }).meta({
  description: '1 to 50 characters, unique among your highlights regardless of case',
  examples: ['Winter'],
});

export const Highlight = z
  .object({
    id: Id,
    owner: UserCard,
    name: z.string().meta({ description: 'Name of the highlight', examples: ['Winter'] }),
    cover: MediaView.meta({
      description: 'Photo of the story that the owner chose if you can see it, otherwise of the first story',
    }),
    storyCount: z.int().meta({ description: 'Number of stories that you can see', examples: [7] }),
    createdAt: Timestamp,
  })
  .meta({ id: 'Highlight', description: 'A named collection of stories that stay visible after 24 hours' });
export type Highlight = z.infer<typeof Highlight>;
export const HighlightPage = Page(Highlight);

export const HighlightWithStories = z
  .object({
    ...Highlight.shape,
    stories: z.array(StoryView).meta({ description: 'The stories that you can see, oldest first' }),
  })
  .meta({
    id: 'HighlightWithStories',
    description: 'A highlight with the stories that you can see',
  });
export type HighlightWithStories = z.infer<typeof HighlightWithStories>;

/** As exports contain it, next to all stories. */
export const OwnHighlight = z
  .object({ ...Highlight.shape, storyIds: z.array(Id).meta({ description: 'Its stories, oldest first' }) })
  .meta({ id: 'OwnHighlight', description: 'One of your highlights, with all its stories' });

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
      description: 'The story whose photo is the cover; null for the first story',
      examples: [EXAMPLE_ID],
    }),
});
export type HighlightEdit = z.infer<typeof HighlightEdit>;
