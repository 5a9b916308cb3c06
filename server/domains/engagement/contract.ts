import { z } from 'zod';
import { CommentBody, Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const PostRef = z.strictObject({ postId: Id });
export type PostRef = z.infer<typeof PostRef>;

export const LikeState = z
  .object({
    liked: z.boolean().meta({ description: 'Whether you like it', examples: [true] }),
    likeCount: z.int().meta({ description: 'Number of likes', examples: [12] }),
  })
  .meta({ id: 'LikeState', description: 'Whether you like it, and the number of likes' });
export type LikeState = z.infer<typeof LikeState>;

export const LikesInput = z.strictObject({ postId: Id, ...pageInput });
export type LikesInput = z.infer<typeof LikesInput>;

export const Like = z
  .object({ user: UserCard, likedAt: Timestamp })
  .meta({ id: 'Like', description: 'A user who liked it, and when' });
export type Like = z.infer<typeof Like>;
export const LikePage = Page(Like);

export const CommentRef = z.strictObject({ postId: Id, commentId: Id });
export type CommentRef = z.infer<typeof CommentRef>;

export const NewComment = z.strictObject({
  postId: Id,
  body: CommentBody,
  parentId: Id.optional().meta({
    description: 'The comment to reply to. A reply to a reply is added under the same top-level comment',
    examples: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'],
  }),
});
export type NewComment = z.infer<typeof NewComment>;

export const CommentEdit = z.strictObject({ postId: Id, commentId: Id, body: CommentBody });
export type CommentEdit = z.infer<typeof CommentEdit>;

export const CommentView = z
  .object({
    id: Id,
    postId: Id,
    parentId: Id.nullable().meta({
      description: 'The comment that this replies to; null for a top-level comment',
    }),
    author: UserCard,
    body: z.string().meta({ description: 'Text of the comment', examples: ['What a light!'] }),
    likeCount: z.int().meta({ description: 'Number of likes', examples: [4] }),
    replyCount: z.int().meta({ description: 'Number of replies', examples: [2] }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({ description: 'Time of the last edit' }),
    likedByViewer: z.boolean().optional().meta({ description: 'Whether you like it; only when signed in' }),
  })
  .meta({ id: 'Comment', description: 'A comment on a post' });
export type CommentView = z.infer<typeof CommentView>;

export const CommentsInput = z.strictObject({
  postId: Id,
  parentId: Id.optional().meta({
    description: 'Return the replies to this comment, oldest first',
    examples: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'],
  }),
  ...pageInput,
});
export type CommentsInput = z.infer<typeof CommentsInput>;

export const Thread = z
  .object({
    ...CommentView.shape,
    replies: z
      .array(CommentView)
      .meta({ description: 'The first few replies, oldest first; empty for a reply' }),
  })
  .meta({ id: 'CommentThread', description: 'A comment with its first replies' });
export type Thread = z.infer<typeof Thread>;
export const ThreadPage = Page(Thread);
