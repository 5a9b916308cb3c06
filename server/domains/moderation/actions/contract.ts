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

export const profileFields = ['avatar', 'displayName', 'bio'] as const;
const ProfileField = z
  .enum(profileFields)
  .meta({ description: 'A part of a profile that can be taken down', examples: ['avatar'] });
export type ProfileField = z.infer<typeof ProfileField>;

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
    mediaIds: z.array(Id).meta({
      description: 'Photographs that a takedown names; they can be used nowhere else',
      examples: [[]],
    }),
    everywhere: z.boolean().meta({
      description: "Whether the takedown holds for everybody's copies of these photographs",
      examples: [false],
    }),
    fields: z
      .array(ProfileField)
      .meta({ description: 'Parts of the profile that a takedown of a user is about', examples: [[]] }),
    createdAt: Timestamp,
    undoneAt: Timestamp.nullable().meta({ description: 'Null unless the action has been undone' }),
  })
  .meta({ id: 'Action', description: 'A moderation action on a user or their content' });
export type Action = z.infer<typeof Action>;

const verdict = { rule: Rule, reason: ActionReason };

const everywhere = z
  .boolean()
  .optional()
  .meta({
    description:
      'Also hide the copies of other users, and refuse the photographs from everybody. Default: only from the owner',
    examples: [false],
  });

/** Which photographs a takedown is about. */
export const photographs = {
  mediaIds: z
    .array(Id)
    .max(10)
    .optional()
    .meta({
      description:
        'The photographs that broke the rule; default: all of the post or story. None when it is about the caption',
      examples: [['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11']],
    }),
  everywhere,
};
const Photographs = z.strictObject(photographs);
export type Photographs = z.infer<typeof Photographs>;

export const PostTakedown = z.strictObject({ postId: Id, ...photographs, ...verdict });
export const CommentTakedown = z.strictObject({ commentId: Id, ...verdict });
export const StoryTakedown = z.strictObject({ storyId: Id, ...photographs, ...verdict });
export const PostRestore = z.strictObject({ postId: Id, reason: ActionReason });
export const CommentRestore = z.strictObject({ commentId: Id, reason: ActionReason });
export const StoryRestore = z.strictObject({ storyId: Id, reason: ActionReason });
export const UserTakedown = z.strictObject({
  userId: Id,
  fields: z
    .array(ProfileField)
    .min(1)
    .max(profileFields.length)
    .refine((fields) => new Set(fields).size === fields.length, 'must not name a field twice')
    .meta({ description: 'What to take down', examples: [['avatar', 'bio']] }),
  everywhere,
  ...verdict,
});
export type UserTakedown = z.infer<typeof UserTakedown>;
export const UserRestore = z.strictObject({ userId: Id, reason: ActionReason });
export const Warning = z.strictObject({ userId: Id, ...verdict });

export const Ban = z.strictObject({ userId: Id, ...verdict, durationHours: DurationHours });
export const Unban = z.strictObject({ userId: Id, reason: ActionReason });
