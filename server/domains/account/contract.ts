import { z } from 'zod';
import { Id, Page, pageInput, Reason, Timestamp } from '../../core/fields.ts';
import { Login, Session } from '../auth/contract.ts';
import { Invite } from '../invites/contract.ts';
import { OwnMedia } from '../media/contract.ts';
import { Bookmark, PostView } from '../posts/contract.ts';
import { Block, CloseFriend, Follow, FollowRequest, Mute } from '../social/contract.ts';
import { OwnHighlight, OwnStoryReaction, StoryView } from '../stories/contract.ts';
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
      .array(z.object({ handle: z.string().meta({ examples: ['alice'] }), takenAt: Timestamp }))
      .meta({ description: 'All that they ever had' }),
  })
  .meta({ id: 'AccountRecord' });

const SecurityEvent = z
  .object({
    kind: z.string().meta({ examples: ['signIn'] }),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    createdAt: Timestamp,
  })
  .meta({ id: 'SecurityEvent' });

const shownPost = Id.nullable().meta({ description: 'Null when the viewer may not see the post any more' });

const OwnComment = z
  .object({
    id: Id,
    postId: shownPost,
    body: z.string().meta({ examples: ['What a light!'] }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable(),
  })
  .meta({ id: 'OwnComment' });

const OwnLike = z.object({ postId: Id, likedAt: Timestamp }).meta({ id: 'OwnLike' });
const OwnCommentLike = z.object({ commentId: Id, likedAt: Timestamp }).meta({ id: 'OwnCommentLike' });

/** The sections of an export in their order, each with what stands in it. */
export const sections = {
  account: AccountRecord,
  media: OwnMedia,
  posts: PostView,
  stories: StoryView,
  highlights: OwnHighlight,
  storyReactions: OwnStoryReaction,
  comments: OwnComment,
  likes: OwnLike,
  commentLikes: OwnCommentLike,
  bookmarks: Bookmark,
  followers: Follow,
  following: Follow,
  followRequests: FollowRequest,
  closeFriends: CloseFriend,
  blocks: Block,
  mutes: Mute,
  invites: Invite,
  sessions: Session,
  securityEvents: SecurityEvent,
};
export type SectionName = keyof typeof sections;
export type SectionItem<Name extends SectionName> = z.infer<(typeof sections)[Name]>;

const entry = <Name extends SectionName>(section: Name) =>
  z.object({ section: z.literal(section), data: sections[section] });

export const ExportEntry = z
  .discriminatedUnion('section', [
    entry('account'),
    entry('media'),
    entry('posts'),
    entry('stories'),
    entry('highlights'),
    entry('storyReactions'),
    entry('comments'),
    entry('likes'),
    entry('commentLikes'),
    entry('bookmarks'),
    entry('followers'),
    entry('following'),
    entry('followRequests'),
    entry('closeFriends'),
    entry('blocks'),
    entry('mutes'),
    entry('invites'),
    entry('sessions'),
    entry('securityEvents'),
  ])
  .meta({ id: 'ExportEntry' });
export type ExportEntry = z.infer<typeof ExportEntry>;
export const ExportPage = Page(ExportEntry);
