import { z } from 'zod';
import { Id, Page, pageInput, Reason, Timestamp } from '../../core/fields.ts';
import { Login, Session } from '../auth/contract.ts';
import { Device } from '../fingerprint/contract.ts';
import { Invite } from '../invites/contract.ts';
import { OwnMedia } from '../media/contract.ts';
import { Action, OwnAppeal, Report } from '../moderation/contract.ts';
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
    description: 'Why, up to 1000 characters; for the audit log',
    examples: ['Asked for it by mail, and can not sign in'],
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
          handle: z
            .string()
            .meta({ description: 'Without regard to case the only one of its kind', examples: ['alice'] }),
          takenAt: Timestamp,
        }),
      )
      .meta({ description: 'All that they ever had' }),
    invite: z
      .object({
        code: z.string().meta({ description: 'What the newcomer types', examples: ['k7mwq2xrt9hb'] }),
        redeemedAt: Timestamp,
      })
      .nullable()
      .meta({ description: 'By which they came' }),
    notificationsReadUpTo: Timestamp.nullable().meta({ description: 'Until when all notices are read' }),
  })
  .meta({ id: 'AccountRecord', description: 'The account itself' });

const SecurityEvent = z
  .object({
    kind: z.string().meta({ description: 'What happened', examples: ['signIn'] }),
    details: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .meta({ description: 'By name', examples: [{ deviceName: 'Pixel 9' }] }),
    createdAt: Timestamp,
  })
  .meta({ id: 'SecurityEvent', description: 'Something that happened to the security of the account' });

const shownPost = Id.nullable().meta({ description: 'Null when the viewer may not see the post any more' });

const OwnComment = z
  .object({
    id: Id,
    postId: shownPost,
    body: z.string().meta({ description: 'What it says', examples: ['What a light!'] }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({ description: 'Null when it never was' }),
    edits: z
      .array(
        z.object({
          body: z.string().meta({ description: 'What it says', examples: ['What a ligth!'] }),
          editedAt: Timestamp,
        }),
      )
      .meta({ description: 'What it said before each edit' }),
  })
  .meta({ id: 'OwnComment', description: 'A comment of the viewer' });

const OwnPostEdits = z
  .object({
    postId: Id,
    edits: z
      .array(
        z.object({
          caption: z.string().meta({
            description: 'What the author says about it, with hashtags and mentions',
            examples: ['Frots'],
          }),
          visibility: z.string().meta({ description: 'Who could see it', examples: ['public'] }),
          commentPolicy: z.string().meta({ description: 'Who could comment', examples: ['everyone'] }),
          media: z
            .array(
              z.object({
                mediaId: Id,
                altText: z.string().meta({
                  description: 'What the photograph shows, for those who can not see it',
                  examples: ['A window'],
                }),
              }),
            )
            .meta({ description: 'The photographs in their order' }),
          editedAt: Timestamp,
        }),
      )
      .meta({ description: 'What it was before each edit' }),
  })
  .meta({ id: 'OwnPostEdits', description: 'How an own post was before its edits' });

const OwnLike = z
  .object({ postId: Id, likedAt: Timestamp })
  .meta({ id: 'OwnLike', description: 'A post that the viewer likes' });
const OwnBookmark = z
  .object({ postId: Id, bookmarkedAt: Timestamp })
  .meta({ id: 'OwnBookmark', description: 'A post that the viewer keeps for later' });
const OwnNotification = z
  .object(NotificationEntry.omit({ thumbnail: true }).shape)
  .extend({
    text: NotificationEntry.shape.text.meta({
      description:
        'Of the own comment that is liked, a moderation notice, or the device of a sign-in; else null',
      examples: ['What a light!'],
    }),
  })
  .meta({
    id: 'OwnNotification',
    description: 'What the viewer was told, without what others said and showed',
  });
const OwnCommentLike = z
  .object({ commentId: Id, likedAt: Timestamp })
  .meta({ id: 'OwnCommentLike', description: 'A comment that the viewer likes' });

/** The sections of an export in their order, each with what stands in it. */
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
    section: z.literal(section).meta({ description: 'Where it belongs' }),
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
    description: 'One thing that is kept of the viewer, and the section that it belongs to',
  });
export type ExportEntry = z.infer<typeof ExportEntry>;
export const ExportPage = Page(ExportEntry);
