import { z } from 'zod';
import { Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const PostRef = z.strictObject({ postId: Id });
export type PostRef = z.infer<typeof PostRef>;

export const LikeState = z
  .object({
    liked: z.boolean().meta({ description: 'By the viewer', examples: [true] }),
    likeCount: z.int().meta({ examples: [12] }),
  })
  .meta({ id: 'LikeState' });
export type LikeState = z.infer<typeof LikeState>;

export const LikesInput = z.strictObject({ postId: Id, ...pageInput });
export type LikesInput = z.infer<typeof LikesInput>;

export const Like = z.object({ user: UserCard, likedAt: Timestamp }).meta({ id: 'Like' });
export type Like = z.infer<typeof Like>;
export const LikePage = Page(Like);
