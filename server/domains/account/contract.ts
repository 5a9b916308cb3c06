import { z } from 'zod';
import { Id, Page, pageInput, Reason, Timestamp } from '../../core/fields.ts';
import { Login, Session } from '../auth/contract.ts';
import { Device } from '../fingerprint/contract.ts';
import { Invite } from '../invites/contract.ts';
import { OwnMedia } from '../media/contract.ts';
import { Action } from '../moderation/actions/contract.ts';
import { OwnAppeal } from '../moderation/appeals/contract.ts';
import { Report } from '../moderation/reports/contract.ts';
import { NotificationEntry } from '../notifications/contract.ts';
import { PostView } from '../posts/contract.ts';
import { Block, CloseFriend, Follow, FollowRequest, Mute } from '../social/contract.ts';
import { OwnHighlight, OwnStoryReaction, SeenStory, StoryView } from '../stories/contract.ts';
import { OwnTrust } from '../trust/contract.ts';
import { Me } from '../users/contract.ts';

export const Deletion = z.strictObject({ password: Login.shape.password });
export type Deletion = z.infer<typeof Deletion>;

export const AdminDeletion = z.strictObject({
  userId: Id,
  reason: Reason.meta({
    description: 'The reason, up to 1000 characters, for the audit log',
    examples: ["Asked for it by email and can't sign in"],
  }),
});
export type AdminDeletion = z.infer<typeof AdminDeletion>;

export const ExportInput = z.strictObject(pageInput);
export type ExportInput = z.infer<typeof ExportInput>;

export const AdminExportInput = z.strictObject({ userId: Id, ...pageInput });
export type AdminExportInput = z.infer<typeof AdminExportInput>;

const AccountRecord = z
  .object({
    profile: Me,
    handles: z
      .array(
        z.object({
          handle: z.string().meta({ description: 'Unique regardless of case', examples: ['alice'] }),
          takenAt: Timestamp,
        }),
      )
      .meta({ description: 'Every handle that the account has had' }),
    invite: z
      .object({
        code: z
          .string()
          .meta({ description: 'The code as the new user entered it', examples: ['k7mwq2xrt9hb'] }),
        redeemedAt: Timestamp,
      })
      .nullable()
      .meta({ description: 'The invite that was used to sign up' }),
    notificationsReadUpTo: Timestamp.nullable().meta({
      description: 'Notifications up to this time count as read',
    }),
  })
  .meta({ id: 'AccountRecord', description: 'The account itself' });

const SecurityEvent = z
  .object({
    kind: z.string().meta({ description: 'Kind of the event', examples: ['signIn'] }),
    details: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .meta({ description: 'Additional values, by name', examples: [{ deviceName: 'Pixel 9' }] }),
    createdAt: Timestamp,
  })
  .meta({ id: 'SecurityEvent', description: 'An event in the security history of an account' });

const shownPost = Id.nullable().meta({ description: 'Null when the viewer can no longer see the post' });

const OwnComment = z
  .object({
    id: Id,
    postId: shownPost,
    body: z.string().meta({ description: 'Text of the comment', examples: ['What a light!'] }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({
      description: 'Time of the last edit; null if it was never edited',
    }),
    edits: z
      .array(
        z.object({
          body: z.string().meta({ description: 'Text before the edit', examples: ['What a ligth!'] }),
          editedAt: Timestamp,
        }),
      )
      .meta({ description: 'The earlier versions of the text' }),
  })
  .meta({ id: 'OwnComment', description: 'A comment by the viewer' });

const OwnPostEdits = z
  .object({
    postId: Id,
    edits: z
      .array(
        z.object({
          caption: z.string().meta({
            description: 'The caption, with hashtags and mentions',
            examples: ['Frots'],
          }),
          visibility: z.string().meta({ description: 'Who could see the post', examples: ['public'] }),
          commentPolicy: z.string().meta({ description: 'Who could comment', examples: ['everyone'] }),
          media: z
            .array(
              z.object({
                mediaId: Id,
                altText: z.string().meta({
                  description: "A description of the photo for people who can't see it",
                  examples: ['A window'],
                }),
              }),
            )
            .meta({ description: 'The photos in order' }),
          editedAt: Timestamp,
        }),
      )
      .meta({ description: 'The post before each edit' }),
  })
  .meta({ id: 'OwnPostEdits', description: 'The earlier versions of a post by the viewer' });

const OwnLike = z
  .object({ postId: Id, likedAt: Timestamp })
  .meta({ id: 'OwnLike', description: 'A post that the viewer likes' });
const OwnBookmark = z
  .object({ postId: Id, bookmarkedAt: Timestamp })
  .meta({ id: 'OwnBookmark', description: 'A post that the viewer has bookmarked' });
const OwnNotification = z
  .object(NotificationEntry.omit({ thumbnail: true }).shape)
  .extend({
    text: NotificationEntry.shape.text.meta({
      description:
        "The viewer's comment that was liked, the text of a moderation notice, or the device of a sign-in; otherwise null",
      examples: ['What a light!'],
    }),
  })
  .meta({
    id: 'OwnNotification',
    description: "A notification to the viewer, without other users' text and photos",
  });
const OwnCommentLike = z
  .object({ commentId: Id, likedAt: Timestamp })
  .meta({ id: 'OwnCommentLike', description: 'A comment that the viewer likes' });

/** The sections of an export in order, each with the schema of its entries. */
export const sections = {
  account: AccountRecord,
  media: OwnMedia,
  posts: PostView,
  postEdits: OwnPostEdits,
  stories: StoryView,
  highlights: OwnHighlight,
  storyReactions: OwnStoryReaction,
  storiesSeen: SeenStory,
  comments: OwnComment,
  likes: OwnLike,
  commentLikes: OwnCommentLike,
  bookmarks: OwnBookmark,
  followers: Follow,
  following: Follow,
  followRequests: FollowRequest,
  sentFollowRequests: FollowRequest,
  closeFriends: CloseFriend,
  blocks: Block,
  mutes: Mute,
  invites: Invite,
  sessions: Session,
  securityEvents: SecurityEvent,
  devices: Device,
  notifications: OwnNotification,
  trust: OwnTrust,
  reports: Report,
  moderationActions: Action,
  appeals: OwnAppeal,
};
export type SectionName = keyof typeof sections;
export type SectionItem<Name extends SectionName> = z.infer<(typeof sections)[Name]>;

const entry = <Name extends SectionName>(section: Name) =>
  z.object({
    section: z.literal(section).meta({ description: 'The section that the entry belongs to' }),
    data: sections[section],
  });

export const ExportEntry = z
  .discriminatedUnion('section', [
    entry('account'),
    entry('media'),
    entry('posts'),
    entry('postEdits'),
    entry('stories'),
    entry('highlights'),
    entry('storyReactions'),
    entry('storiesSeen'),
    entry('comments'),
    entry('likes'),
    entry('commentLikes'),
    entry('bookmarks'),
    entry('followers'),
    entry('following'),
    entry('followRequests'),
    entry('sentFollowRequests'),
    entry('closeFriends'),
    entry('blocks'),
    entry('mutes'),
    entry('invites'),
    entry('sessions'),
    entry('securityEvents'),
    entry('devices'),
    entry('notifications'),
    entry('trust'),
    entry('reports'),
    entry('moderationActions'),
    entry('appeals'),
  ])
  .meta({
    id: 'ExportEntry',
    description: 'A record about the viewer, with the section that it belongs to',
  });
export type ExportEntry = z.infer<typeof ExportEntry>;
export const ExportPage = Page(ExportEntry);
