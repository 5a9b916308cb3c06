import { z } from 'zod';
import { AltText, Caption, Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';
import { UserCard } from '../users/contract.ts';
import { foldTag, hashtagsOf, MAX_HASHTAG_LENGTH, MAX_HASHTAGS } from './captions/hashtags.ts';

const EXAMPLE_ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

const Visibility = z.enum(['public', 'followers']).meta({
  description: "Who can see the post. Only followers can see a private account's `public` posts",
  examples: ['public'],
});

const CommentPolicy = z
  .enum(['everyone', 'followers', 'nobody'])
  .meta({ description: 'Who can comment', examples: ['everyone'] });

const TaggedCaption = Caption.refine(
  (caption) => hashtagsOf(caption).size <= MAX_HASHTAGS,
  `must not have more than ${MAX_HASHTAGS} hashtags`,
).meta({
  description: `Up to 2200 characters, with up to ${MAX_HASHTAGS} hashtags`,
  examples: ['First snow #winter'],
});

export const PostView = z
  .object({
    id: Id,
    author: UserCard,
    caption: z.string().meta({
      description: 'Caption, with hashtags and mentions',
      examples: ['First snow #winter'],
    }),
    visibility: Visibility,
    commentPolicy: CommentPolicy,
    status: z.enum(['processing', 'published', 'failed', 'takenDown']).meta({
      description:
        'Only the author sees the post until all its photos are ready, and after it has been taken down. If a photo failed, its status says so',
      examples: ['published'],
    }),
    media: z.array(MediaView).meta({ description: '1 to 10 photos, in order' }),
    likeCount: z.int().meta({ description: 'Number of likes', examples: [12] }),
    commentCount: z.int().meta({ description: 'Number of comments and replies', examples: [3] }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({ description: 'Time of the last edit; null if never edited' }),
    likedByViewer: z
      .boolean()
      .optional()
      .meta({ description: 'Whether you like the post; only when signed in', examples: [true] }),
    bookmarkedByViewer: z
      .boolean()
      .optional()
      .meta({ description: 'Whether you bookmarked the post; only when signed in', examples: [false] }),
  })
  .meta({ id: 'Post', description: '1 to 10 photos with a caption' });
export type PostView = z.infer<typeof PostView>;

export const PostPage = Page(PostView);

export const PostRef = z.strictObject({ postId: Id });
export type PostRef = z.infer<typeof PostRef>;

export const NewPost = z.strictObject({
  mediaIds: z
    .array(Id)
    .min(1)
    .max(10)
    .meta({
      description: 'Your photos in order, without duplicates; they may still be processing',
      examples: [[EXAMPLE_ID]],
    }),
  caption: TaggedCaption.default(''),
  visibility: Visibility,
  commentPolicy: CommentPolicy.optional().meta({
    description: 'Who can comment; defaults to your settings',
    examples: ['everyone'],
  }),
});
export type NewPost = z.infer<typeof NewPost>;

export const PostEdit = z.strictObject({
  postId: Id,
  caption: TaggedCaption.optional(),
  visibility: Visibility.optional(),
  commentPolicy: CommentPolicy.optional(),
  media: z
    .array(z.strictObject({ mediaId: Id, altText: AltText.optional() }))
    .min(1)
    .max(10)
    .optional()
    .meta({
      description:
        'All photos of the post in their new order, with their alt texts in this post; omit an alt text to keep it. Only a photo that failed can be replaced or left out',
      examples: [[{ mediaId: EXAMPLE_ID, altText: 'A red bench under snow' }]],
    }),
});
export type PostEdit = z.infer<typeof PostEdit>;

export const UserPostsInput = z.strictObject({ userId: Id, ...pageInput });
export type UserPostsInput = z.infer<typeof UserPostsInput>;

export const Hashtag = z
  .string()
  .max(MAX_HASHTAG_LENGTH * 2)
  .transform((text) => foldTag(text.replace(/^#/, '')))
  .refine((tag) => hashtagsOf(`#${tag}`).has(tag), 'must be a hashtag')
  .meta({ description: 'With or without the #; case is ignored', examples: ['winter'] });

export const TaggedInput = z.strictObject({ tag: Hashtag, ...pageInput });
export type TaggedInput = z.infer<typeof TaggedInput>;

export const BookmarksInput = z.strictObject(pageInput);
export type BookmarksInput = z.infer<typeof BookmarksInput>;

export const Bookmark = z
  .object({ post: PostView, bookmarkedAt: Timestamp })
  .meta({ id: 'Bookmark', description: 'A post that you bookmarked' });
export type Bookmark = z.infer<typeof Bookmark>;
export const BookmarkPage = Page(Bookmark);
