import { z } from 'zod';
import { Bio, DisplayName, Handle, Id, Timestamp, Url, UrlEnd } from '../../core/fields.ts';

/** Fields of responses: what was validated as input is not validated again as output. */
const shown = {
  handle: z.string().meta({ description: 'Unique regardless of case', examples: ['alice'] }),
  displayName: z.string().meta({ description: 'Display name', examples: ['Alice Arnold'] }),
  bio: z.string().meta({ description: 'Short text about the user', examples: ['Light and shade.'] }),
  email: z.string().meta({ description: 'Only shown to its owner', examples: ['alice@example.org'] }),
};

export const Avatar = z
  .object({
    url: Url.meta({
      examples: ['https://photos.example.org/pub/6f1d0c/thumb.webp'],
      description: 'Picture with a longest side of up to 200 pixels',
    }),
    expiresAt: UrlEnd,
    thumbhash: z.string().meta({
      description: 'ThumbHash in base64, for a blurred placeholder',
      examples: ['1QcSHQRnh493V4dIh4eXh1h4kJUI'],
    }),
  })
  .meta({ id: 'Avatar', description: "A user's picture" });

export const UserCard = z
  .object({
    id: Id,
    handle: shown.handle,
    displayName: shown.displayName,
    avatar: Avatar.nullable(),
    isPrivate: z
      .boolean()
      .meta({ description: 'Whether only approved followers can see their posts and stories' }),
  })
  .meta({ id: 'UserCard', description: 'A user as shown beside content and in lists' });
export type UserCard = z.infer<typeof UserCard>;

const sources = ['everyone', 'following', 'nobody'] as const;
export const NotificationSource = z.enum(sources).meta({
  description: 'Who can notify you: everyone, users you follow, or nobody',
  examples: ['following'],
});

/** Without moderation notices and new sign-ins, which always notify. */
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
    description: 'Who can notify you, by kind of notification',
  });
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

export const CommentPolicy = z
  .enum(['everyone', 'followers', 'nobody'])
  .meta({ description: 'Who can comment on your new posts by default', examples: ['everyone'] });
export const StoryAudience = z
  .enum(['public', 'friends', 'closeFriends'])
  .meta({ description: 'Who can see your new stories by default', examples: ['friends'] });

export const Settings = z
  .object({
    notifications: NotificationPreferences,
    commentPolicy: CommentPolicy,
    storyAudience: StoryAudience,
  })
  .meta({ id: 'Settings', description: 'Your settings' });
export type Settings = z.infer<typeof Settings>;

export const SettingsChange = z.strictObject({
  notifications: z
    .strictObject(NotificationPreferences.partial().shape)
    .optional()
    .meta({
      description: 'Omitted kinds stay unchanged',
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
    actionId: Id.meta({ description: 'The action to appeal' }),
    until: Timestamp.nullable().meta({ description: 'When the ban ends; null means permanent' }),
    rule: z.string().meta({ description: 'The rule that was broken', examples: ['No spam'] }),
    reason: z
      .string()
      .meta({ description: 'Reason for the ban', examples: ['Ten times the same photograph'] }),
  })
  .meta({ id: 'OwnBan', description: 'Why you are banned, and until when' });
export type OwnBan = z.infer<typeof OwnBan>;

/** A user's own profile, with private fields. */
export const Me = z
  .object({
    ...UserCard.shape,
    email: shown.email,
    bio: shown.bio,
    discoverable: z
      .boolean()
      .meta({ description: 'Whether search and suggestions show the user; an exact handle always does' }),
    followerCount: count('followers'),
    followingCount: count('followed users'),
    postCount: count('posts'),
    trustLevel: z
      .int()
      .min(0)
      .max(3)
      .meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [0] }),
    createdAt: Timestamp,
    ban: OwnBan.nullable().meta({ description: 'The current ban, or null' }),
    settings: Settings,
  })
  .meta({ id: 'Me', description: 'Your profile, including its private fields' });
export type Me = z.infer<typeof Me>;

export const UserRef = z.strictObject({ userId: Id });
export type UserRef = z.infer<typeof UserRef>;
export const HandleRef = z.strictObject({ handle: Handle });
export type HandleRef = z.infer<typeof HandleRef>;

export const ProfileChange = z.strictObject({
  displayName: DisplayName.optional(),
  bio: Bio.optional(),
  avatarMediaId: Id.nullable()
    .optional()
    .meta({ description: 'One of your completed photos; null for no avatar' }),
  isPrivate: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether the account is private; making it public leaves pending follow requests unchanged',
      examples: [true],
    }),
  handle: Handle.optional().meta({
    description: 'Can be changed twice in 30 days',
    examples: ['alice_arnold'],
  }),
  discoverable: z
    .boolean()
    .optional()
    .meta({ description: 'Whether search and suggestions show you', examples: [true] }),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

/** For operators: any user, even if banned or deleted. */
export const Account = z
  .object({
    id: Id,
    handle: z.string().meta({ description: 'Unique regardless of case', examples: ['alice'] }),
    displayName: z.string().meta({ description: 'Display name', examples: ['Alice Arnold'] }),
    trustLevel: z.int().meta({ description: '0 New, 1 Basic, 2 Trusted, 3 Verified', examples: [1] }),
    bannedUntil: Timestamp.nullable().meta({ description: 'Null when the user is not banned' }),
    deletedAt: Timestamp.nullable().meta({ description: 'Null unless the account is deleted' }),
  })
  .meta({ id: 'Account', description: 'An account as operators see it, even if it is banned or deleted' });
export type Account = z.infer<typeof Account>;
