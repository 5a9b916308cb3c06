import { z } from 'zod';
import { Id } from '../../core/fields.ts';
import { notificationKinds } from '../../core/notices.ts';

export const EventsInput = z.strictObject({
  lastEventId: z
    .string()
    .max(100)
    .optional()
    .meta({
      description: "The id of the last received event, for clients that can't send `Last-Event-ID`",
      examples: ['80123.4711.1798000000000.1797999990000'],
    }),
});
export type EventsInput = z.infer<typeof EventsInput>;

export const FeedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('post'), postId: Id, authorId: Id }),
  z.object({ type: z.literal('notification'), notificationId: Id, kind: z.enum(notificationKinds) }),
  /** URLs of photos of the post have ended, or lasting ones have replaced them: read it again. */
  z.object({ type: z.literal('postMedia'), postId: Id, authorId: Id }),
  /** The same for the photo of a story, and for the avatar of a user. */
  z.object({ type: z.literal('storyMedia'), storyId: Id, authorId: Id }),
  z.object({ type: z.literal('avatar'), userId: Id }),
  z.object({ type: z.literal('unreadCount'), unreadCount: z.int() }),
  /** Some events were missed and can no longer be sent. */
  z.object({ type: z.literal('gap') }),
  /** Nothing happened; only renews the id. */
  z.object({ type: z.literal('alive') }),
]);
export type FeedEvent = z.infer<typeof FeedEvent>;
