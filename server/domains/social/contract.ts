import { z } from 'zod';
import { Id, InputTime, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const UserRef = z.strictObject({ userId: Id });
export type UserRef = z.infer<typeof UserRef>;

export const FollowState = z
  .object({
    state: z.enum(['following', 'requested', 'none']).meta({
      description: '`requested` until the owner of a private account decides',
      examples: ['following'],
    }),
  })
  .meta({ id: 'FollowState', description: 'The resulting state' });
export type FollowState = z.infer<typeof FollowState>;

const flag = (description: string) => z.boolean().meta({ description, examples: [false] });

/** The relationship between the viewer and another user. */
export const Relationship = z
  .object({
    following: flag('You follow them'),
    followedBy: flag('They follow you'),
    requested: flag("You have asked to follow them, and they haven't decided yet"),
    blocking: flag('You have blocked them'),
    blockedBy: flag(
      'They have blocked you. Only shown if you have blocked them too; otherwise they are hidden from you',
    ),
    muting: flag('You have muted them, and the mute has not ended'),
    mutual: flag('You follow each other'),
    closeFriend: flag('They are one of your close friends'),
  })
  .meta({ id: 'Relationship', description: 'The relationship between you and another user' });
export type Relationship = z.infer<typeof Relationship>;

/** This many ids make a URL of 4.5 KB; many proxies refuse longer ones. */
const MAX_PEOPLE = 100;

export const UserRefs = z.strictObject({
  userIds: z
    .array(Id)
    .min(1)
    .max(MAX_PEOPLE)
    .meta({
      description: `1 to ${MAX_PEOPLE} users`,
      examples: [['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11']],
    }),
});
export type UserRefs = z.infer<typeof UserRefs>;

export const Relationships = z
  .object({
    items: z
      .array(z.object({ userId: Id, relationship: Relationship }))
      .meta({ description: "In the requested order; users you can't see are omitted" }),
  })
  .meta({ id: 'Relationships', description: 'The relationships between you and several users' });
export type Relationships = z.infer<typeof Relationships>;

export const UserListInput = z.strictObject({ userId: Id, ...pageInput });
export type UserListInput = z.infer<typeof UserListInput>;
export const OwnListInput = z.strictObject(pageInput);
export type OwnListInput = z.infer<typeof OwnListInput>;

export const Follow = z
  .object({ user: UserCard, followedAt: Timestamp })
  .meta({ id: 'Follow', description: 'A follower, or a followed user' });
export const FollowRequest = z
  .object({ user: UserCard, requestedAt: Timestamp })
  .meta({ id: 'FollowRequest', description: 'A request to follow a private account' });
export const Block = z
  .object({ user: UserCard, blockedAt: Timestamp })
  .meta({ id: 'Block', description: 'A user you have blocked' });
export const Mute = z
  .object({
    user: UserCard,
    mutedAt: Timestamp,
    expiresAt: Timestamp.nullable().meta({
      description: 'When the mute ends; null if it lasts until you unmute them',
    }),
  })
  .meta({ id: 'Mute', description: 'A user you have muted' });
export const CloseFriend = z
  .object({ user: UserCard, addedAt: Timestamp })
  .meta({ id: 'CloseFriend', description: 'A user on your list of close friends' });

export const Suggestion = z
  .object({
    user: UserCard,
    reason: z
      .object({
        kind: z.enum(['followedBy']).meta({ description: 'Kind of reason', examples: ['followedBy'] }),
        users: z.array(UserCard).meta({ description: 'Up to 3 users you follow who follow them' }),
        count: z.int().meta({ description: 'Number of users you follow who follow them', examples: [4] }),
      })
      .meta({ description: 'Why the user is suggested' }),
  })
  .meta({ id: 'Suggestion', description: 'A user you may want to follow' });
export type Suggestion = z.infer<typeof Suggestion>;

export const FollowPage = Page(Follow);
export const FollowRequestPage = Page(FollowRequest);
export const BlockPage = Page(Block);
export const MutePage = Page(Mute);
export const CloseFriendPage = Page(CloseFriend);
export const SuggestionPage = Page(Suggestion);

export const NewMute = z.strictObject({
  userId: Id,
  expiresAt: InputTime.optional().meta({
    description: 'When the mute ends; omit it to mute until you unmute them',
    examples: ['2026-12-24T18:00:00.000Z'],
  }),
});
export type NewMute = z.infer<typeof NewMute>;
