import { z } from 'zod';
import { Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { notificationKinds } from '../../core/notices.ts';
import { MAX_COUNT } from '../../core/unread.ts';
import { MediaView } from '../media/contract.ts';
import { UserCard } from '../users/contract.ts';

export const FIRST_ACTORS = 3;

const shownId = (of: string) =>
  Id.nullable().meta({ description: `The ${of} that the entry is about, if any`, examples: [null] });

export const NotificationEntry = z
  .object({
    id: Id,
    kind: z.enum(notificationKinds).meta({ description: 'What happened', examples: ['postLiked'] }),
    actors: z.array(UserCard).meta({
      description: `Up to ${FIRST_ACTORS} of the users who did it, latest first; empty when no user did it`,
    }),
    count: z
      .int()
      .meta({ description: `Number of notifications in this entry, up to ${MAX_COUNT}`, examples: [12] }),
    isRead: z
      .boolean()
      .meta({ description: 'Whether all notifications in this entry have been read', examples: [false] }),
    createdAt: Timestamp.meta({ description: 'Time of its first notification' }),
    latestAt: Timestamp.meta({ description: 'Time of its latest notification' }),
    postId: shownId('post'),
    commentId: shownId('comment'),
    storyId: shownId('story'),
    thumbnail: MediaView.nullable().meta({
      description: 'The photo of the story, or the first photo of the post',
    }),
    text: z
      .string()
      .nullable()
      .meta({
        description:
          'The comment, the caption with the mention, the rule and reason for a moderation action, the device of a sign-in, or why the photo failed',
        examples: ['What a light!'],
      }),
  })
  .meta({
    id: 'Notification',
    description: 'An entry in your notifications: one notification, or several of one kind about one subject',
  });
export type NotificationEntry = z.infer<typeof NotificationEntry>;
export const NotificationPage = Page(NotificationEntry);

export const NotificationsInput = z.strictObject({
  grouped: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Whether notifications of one kind about one subject within an hour share an entry; otherwise each has its own',
      examples: [true],
    }),
  ...pageInput,
});
export type NotificationsInput = z.infer<typeof NotificationsInput>;

export const NotificationRef = z.strictObject({
  notificationId: Id.meta({ description: 'Id of an entry, grouped or single' }),
});
export type NotificationRef = z.infer<typeof NotificationRef>;

export const ReadUpTo = z.strictObject({
  upToId: Id.meta({ description: 'The last entry to mark as read; everything before it is marked too' }),
});
export type ReadUpTo = z.infer<typeof ReadUpTo>;

export const UnreadCount = z
  .object({
    unreadCount: z
      .int()
      .meta({ description: `Number of unread notifications, up to ${MAX_COUNT}`, examples: [3] }),
  })
  .meta({ id: 'UnreadCount', description: 'The number of unread notifications' });
export type UnreadCount = z.infer<typeof UnreadCount>;
