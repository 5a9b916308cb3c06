import { z } from 'zod';
import { Id, InputTime, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

export const UserRef = z.strictObject({ userId: Id });
export type UserRef = z.infer<typeof UserRef>;

export const FollowState = z
  .object({
    state: z.enum(['following', 'requested', 'none']).meta({
      description: '`requested` while a private account has not decided',
      examples: ['following'],
    }),
  })
  .meta({ id: 'FollowState', description: 'What came of it' });
export type FollowState = z.infer<typeof FollowState>;

const fact = (description: string) => z.boolean().meta({ description, examples: [false] });

/** How the viewer and another person stand to each other. */
export const Relationship = z
  .object({
    following: fact('The viewer follows them'),
    followedBy: fact('They follow the viewer'),
    requested: fact('The viewer has asked to follow them, and waits'),
    blocking: fact('The viewer blocks them'),
    blockedBy: fact(
      'They block the viewer: told only to those who block them too, for all others they do not exist',
    ),
    muting: fact('The viewer has muted them, and that has not ended'),
    mutual: fact('Each follows the other'),
    closeFriend: fact('They are among the close friends of the viewer'),
  })
  .meta({ id: 'Relationship', description: 'How the viewer and a person stand to each other' });
export type Relationship = z.infer<typeof Relationship>;

/** So many ids make a URL of 4.5 KB: more are refused by many a proxy. */
const MAX_PEOPLE = 100;

export const UserRefs = z.strictObject({
  userIds: z
    .array(Id)
    .min(1)
    .max(MAX_PEOPLE)
    .meta({
      description: `1 to ${MAX_PEOPLE} people`,
      examples: [['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11']],
    }),
});
export type UserRefs = z.infer<typeof UserRefs>;

export const Relationships = z
  .object({
    items: z
      .array(z.object({ userId: Id, relationship: Relationship }))
      .meta({ description: 'In the order asked for; without those who do not exist for the viewer' }),
  })
  .meta({ id: 'Relationships', description: 'How the viewer and several people stand to each other' });
export type Relationships = z.infer<typeof Relationships>;

export const UserListInput = z.strictObject({ userId: Id, ...pageInput });
export type UserListInput = z.infer<typeof UserListInput>;
export const OwnListInput = z.strictObject(pageInput);
export type OwnListInput = z.infer<typeof OwnListInput>;

export const Follow = z
  .object({ user: UserCard, followedAt: Timestamp })
  .meta({ id: 'Follow', description: 'Somebody who follows, or is followed' });
export const FollowRequest = z
  .object({ user: UserCard, requestedAt: Timestamp })
  .meta({ id: 'FollowRequest', description: 'Somebody who asks to follow' });
export const Block = z
  .object({ user: UserCard, blockedAt: Timestamp })
  .meta({ id: 'Block', description: 'Somebody whom the viewer blocks' });
export const Mute = z
  .object({
    user: UserCard,
    mutedAt: Timestamp,
    expiresAt: Timestamp.nullable().meta({ description: 'Null when it lasts until it is undone' }),
  })
  .meta({ id: 'Mute', description: 'Somebody whom the viewer has muted' });
export const CloseFriend = z
  .object({ user: UserCard, addedAt: Timestamp })
  .meta({ id: 'CloseFriend', description: 'Somebody on the list of close friends' });

export const Suggestion = z
  .object({
    user: UserCard,
    reason: z
      .object({
        kind: z
          .enum(['followedBy'])
          .meta({ description: 'Why somebody is suggested', examples: ['followedBy'] }),
        users: z
          .array(UserCard)
          .meta({ description: 'Up to 3 people whom the viewer follows and who follow them' }),
        count: z.int().meta({ description: 'How many such people there are', examples: [4] }),
      })
      .meta({ description: 'Why they are suggested' }),
  })
  .meta({ id: 'Suggestion', description: 'Somebody whom the viewer may want to follow' });
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
    description: 'When it ends by itself; left out, it lasts until it is undone',
    examples: ['2026-12-24T18:00:00.000Z'],
  }),
});
export type NewMute = z.infer<typeof NewMute>;
