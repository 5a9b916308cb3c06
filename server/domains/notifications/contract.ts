import { z } from 'zod';
import { notificationKinds } from '../../core/acts.ts';
import { Id, Page, pageInput, Timestamp } from '../../core/fields.ts';
import { MediaView } from '../media/contract.ts';
import { UserCard } from '../users/contract.ts';

export const FIRST_ACTORS = 3;
/** Acts of one entry are counted so far. */
export const MAX_COUNT = 1000;

const shownId = (of: string) =>
  Id.nullable().meta({ description: `The ${of} that it is about, if any`, examples: [null] });

export const NotificationEntry = z
  .object({
    id: Id,
    kind: z.enum(notificationKinds).meta({ description: 'What happened', examples: ['postLiked'] }),
    actors: z.array(UserCard).meta({
      description: `Up to ${FIRST_ACTORS} of those who did it, the latest first; none when it is nobody’s act`,
    }),
    count: z.int().meta({ description: `Acts told of in this entry, up to ${MAX_COUNT}`, examples: [12] }),
    isRead: z.boolean().meta({ description: 'Every act of the entry is read', examples: [false] }),
    createdAt: Timestamp.meta({ description: 'Of its first act' }),
    latestAt: Timestamp.meta({ description: 'Of its latest act' }),
    postId: shownId('post'),
    commentId: shownId('comment'),
    storyId: shownId('story'),
    thumbnail: MediaView.nullable().meta({ description: 'The first photograph of the post, or the story’s' }),
    text: z
      .string()
      .nullable()
      .meta({
        description:
          'The comment, the caption of a mention, the rule and reason of a moderation notice, or the device of a sign-in',
        examples: ['What a light!'],
      }),
  })
  .meta({
    id: 'Notification',
    description: 'Something to tell the viewer: one act, or several of a kind about one thing',
  });
export type NotificationEntry = z.infer<typeof NotificationEntry>;
export const NotificationPage = Page(NotificationEntry);

export const NotificationsInput = z.strictObject({
  grouped: z
    .boolean()
    .default(true)
    .meta({
      description: 'One entry for acts of one kind on one thing within an hour; false: one for each act',
      examples: [true],
    }),
  ...pageInput,
});
export type NotificationsInput = z.infer<typeof NotificationsInput>;

export const NotificationRef = z.strictObject({
  notificationId: Id.meta({ description: 'Of an entry, grouped or single' }),
});
export type NotificationRef = z.infer<typeof NotificationRef>;

export const ReadUpTo = z.strictObject({
  upToId: Id.meta({ description: 'The entry up to whose latest act everything is read' }),
});
export type ReadUpTo = z.infer<typeof ReadUpTo>;

export const UnreadCount = z
  .object({
    unreadCount: z.int().meta({ description: `Acts that are not read, up to ${MAX_COUNT}`, examples: [3] }),
  })
  .meta({ id: 'UnreadCount', description: 'What the badge shows' });
export type UnreadCount = z.infer<typeof UnreadCount>;
