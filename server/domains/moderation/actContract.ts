import { z } from 'zod';
import { Id } from '../../core/fields.ts';
import { ActReason, DurationHours, Rule } from './contract.ts';

const verdict = { rule: Rule, reason: ActReason };
export const PostTakedown = z.strictObject({ postId: Id, ...verdict });
export const CommentTakedown = z.strictObject({ commentId: Id, ...verdict });
export const StoryTakedown = z.strictObject({ storyId: Id, ...verdict });
export const PostRestore = z.strictObject({ postId: Id, reason: ActReason });
export const CommentRestore = z.strictObject({ commentId: Id, reason: ActReason });
export const StoryRestore = z.strictObject({ storyId: Id, reason: ActReason });
export const Warning = z.strictObject({ userId: Id, ...verdict });

export const Ban = z.strictObject({ userId: Id, ...verdict, durationHours: DurationHours });
export const Unban = z.strictObject({ userId: Id, reason: ActReason });
