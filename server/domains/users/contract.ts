import { z } from 'zod';
import { Bio, DisplayName, Email, Handle, Id, Password, Timestamp, Url } from '../../core/fields.ts';
import { Fingerprint } from '../fingerprint/contract.ts';

/** Fields of answers: what was checked when it came in is not checked again when it goes out. */
const shown = {
  handle: z
    .string()
    .meta({ description: 'Without regard to case the only one of its kind', examples: ['alice'] }),
  displayName: z.string().meta({ description: 'The name that is shown', examples: ['Alice Arnold'] }),
  bio: z.string().meta({ description: 'What they say of themselves', examples: ['Light and shade.'] }),
  email: z.string().meta({ description: 'Only its owner is told', examples: ['alice@example.org'] }),
};

export const Avatar = z
  .object({
    url: Url.meta({
      examples: ['https://photos.example.org/pub/6f1d0c/thumb.webp'],
      description: 'About 200 px',
    }),
    thumbhash: z
      .string()
      .meta({ description: 'Base64, see thumbhash', examples: ['1QcSHQRnh493V4dIh4eXh1h4kJUI'] }),
  })
  .meta({ id: 'Avatar', description: 'The picture of a person' });

export const UserCard = z
  .object({
    id: Id,
    handle: shown.handle,
    displayName: shown.displayName,
    avatar: Avatar.nullable(),
    isPrivate: z.boolean().meta({ description: 'Only approved followers see what they publish' }),
  })
  .meta({ id: 'UserCard', description: 'A person as lists show them' });
export type UserCard = z.infer<typeof UserCard>;

const sources = ['everyone', 'following', 'nobody'] as const;
export const NotificationSource = z.enum(sources).meta({
  description: 'Whose acts notify: everybody’s, those of people one follows, or nobody’s',
  examples: ['following'],
});

/** Moderation notices and new sign-ins are not here: they are always told. */
export const NotificationPreferences = z
  .object({
    followed: NotificationSource,
    followRequested: NotificationSource,
    requestAccepted: NotificationSource,
    postLiked: NotificationSource,
    postCommented: NotificationSource,
    commentReplied: NotificationSource,
    commentLiked: NotificationSource,
    mentioned: NotificationSource,
    storyReaction: NotificationSource,
    inviteRedeemed: NotificationSource,
  })
  .meta({
    id: 'NotificationPreferences',
    description: 'From whom one wants to hear of what, by kind of act',
  });
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

export const CommentPolicy = z
  .enum(['everyone', 'followers', 'nobody'])
  .meta({ description: 'Who may comment on a new post that does not say', examples: ['everyone'] });
export const StoryAudience = z
  .enum(['public', 'friends', 'closeFriends'])
  .meta({ description: 'Who sees a new story that does not say', examples: ['friends'] });

export const Settings = z
  .object({
    notifications: NotificationPreferences,
    commentPolicy: CommentPolicy,
    storyAudience: StoryAudience,
  })
  .meta({ id: 'Settings', description: 'Own settings' });
export type Settings = z.infer<typeof Settings>;

export const SettingsChange = z.strictObject({
  notifications: z
    .strictObject(NotificationPreferences.partial().shape)
    .optional()
    .meta({
      description: 'Kinds that are left out stay as they are',
      examples: [{ postLiked: 'following' }],
    }),
  commentPolicy: CommentPolicy.optional(),
  storyAudience: StoryAudience.optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

const count = (of: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `Number of ${of}`, examples: [42] });

export const OwnBan = z
  .object({
    actionId: Id.meta({ description: 'What an appeal is about' }),
    until: Timestamp.nullable().meta({ description: 'Null: for ever' }),
    rule: z.string().meta({ description: 'The rule that was broken', examples: ['No spam'] }),
    reason: z.string().meta({ description: 'Why it was done', examples: ['Ten times the same photograph'] }),
  })
  .meta({ id: 'OwnBan', description: 'Why and until when one is banned' });
export type OwnBan = z.infer<typeof OwnBan>;

/** The own profile: what only its owner is told. */
export const Me = z
  .object({
    ...UserCard.shape,
    email: shown.email,
    bio: shown.bio,
    discoverable: z
      .boolean()
      .meta({ description: 'Found by search and suggestions, not by the exact handle only' }),
    followerCount: count('followers'),
    followingCount: count('people followed'),
    postCount: count('posts'),
    trustLevel: z
      .int()
      .min(0)
      .max(3)
      .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [0] }),
    createdAt: Timestamp,
    ban: OwnBan.nullable().meta({ description: 'While they are banned' }),
    settings: Settings,
  })
  .meta({ id: 'Me', description: 'Oneself, with what nobody else is told' });
export type Me = z.infer<typeof Me>;

export const Registration = z.strictObject({
  handle: Handle,
  email: Email,
  displayName: DisplayName,
  password: Password,
  inviteCode: z
    .string()
    .max(64)
    .optional()
    .meta({
      description: 'Needed unless sign-up is open; case, spaces and hyphens do not matter',
      examples: ['K7QF2MZX9RTB'],
    }),
  bio: Bio.optional(),
  fingerprint: Fingerprint.optional(),
});
export type Registration = z.infer<typeof Registration>;

export const UserRef = z.strictObject({ userId: Id });
export type UserRef = z.infer<typeof UserRef>;
export const HandleRef = z.strictObject({ handle: Handle });
export type HandleRef = z.infer<typeof HandleRef>;

export const ProfileChange = z.strictObject({
  displayName: DisplayName.optional(),
  bio: Bio.optional(),
  avatarMediaId: Id.nullable()
    .optional()
    .meta({ description: 'A completed photograph of one’s own; null for none' }),
  isPrivate: z
    .boolean()
    .optional()
    .meta({ description: 'Going public leaves waiting follow requests as they are', examples: [true] }),
  handle: Handle.optional().meta({
    description: 'Can be changed twice in 30 days',
    examples: ['alice_arnold'],
  }),
  discoverable: z
    .boolean()
    .optional()
    .meta({ description: 'Whether search and suggestions find one', examples: [true] }),
});
export type ProfileChange = z.infer<typeof ProfileChange>;
