import { z } from 'zod';
import { Id, Reason, Text, Timestamp } from '../../../core/fields.ts';
import { SubjectType } from '../contract.ts';

export const Rule = Text({ min: 1, max: 100 }).meta({
  description: 'The rule that was broken, up to 100 characters',
  examples: ['No nudity'],
});
export const ActionReason = Reason.meta({
  description: 'The reason, up to 1000 characters; the user concerned can read it',
  examples: ['The photograph shows somebody undressed'],
});

export const DurationHours = z
  .int()
  .min(1)
  .max(87_600)
  .meta({ examples: [168] })
  .nullable()
  .meta({ description: 'Duration in hours; null means permanent', examples: [168] });

export const Action = z
  .object({
    id: Id,
    kind: z
      .enum(['warn', 'takedown', 'restore', 'strike', 'ban', 'unban'])
      .meta({ description: 'Kind of action', examples: ['takedown'] }),
    subjectType: SubjectType,
    subjectId: Id,
    rule: z.string().meta({ description: 'The rule that was broken', examples: ['No nudity'] }),
    reason: z.string().meta({
      description: 'Reason for the action',
      examples: ['The photograph shows somebody undressed'],
    }),
    endsAt: Timestamp.nullable().meta({
      description: 'When a ban ends; null for permanent bans and other actions',
    }),
    createdAt: Timestamp,
    undoneAt: Timestamp.nullable().meta({ description: 'Null unless the action has been undone' }),
  })
  .meta({ id: 'Action', description: 'A moderation action on a user or their content' });
export type Action = z.infer<typeof Action>;

const verdict = { rule: Rule, reason: ActionReason };
export const PostTakedown = z.strictObject({ postId: Id, ...verdict });
export const CommentTakedown = z.strictObject({ commentId: Id, ...verdict });
export const StoryTakedown = z.strictObject({ storyId: Id, ...verdict });
export const PostRestore = z.strictObject({ postId: Id, reason: ActionReason });
export const CommentRestore = z.strictObject({ commentId: Id, reason: ActionReason });
export const StoryRestore = z.strictObject({ storyId: Id, reason: ActionReason });
export const Warning = z.strictObject({ userId: Id, ...verdict });

export const Ban = z.strictObject({ userId: Id, ...verdict, durationHours: DurationHours });
export const Unban = z.strictObject({ userId: Id, reason: ActionReason });
