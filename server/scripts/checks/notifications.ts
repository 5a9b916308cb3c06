import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Notifications without a source, on active content and between existing users, with no job left that would reconcile them. */
const withoutSource = (kind: string, subject: SQL, source: SQL): SQL => sql`
  select notification.id::text from notifications notification
  join users actors on actors.id = notification.actor_id and actors.deleted_at is null
  join users recipients on recipients.id = notification.recipient_id and recipients.deleted_at is null
  ${subject}
  where notification.kind = ${kind} and notification.retracted_at is null and not exists (${source}) and not exists (
    select from jobs where jobs.kind = 'notifications.settle' and dead_at is null
      and body -> 'notice' ->> 'recipientId' = notification.recipient_id::text)`;

const onPost = sql`join posts on posts.id = notification.subject_id and posts.deleted_at is null`;
const onComment = sql`join comments on comments.id = notification.subject_id and comments.deleted_at is null`;
const onStory = sql`join stories on stories.id = notification.subject_id and stories.deleted_at is null`;
const comment = sql`select from comments where comments.id = notification.source_id and comments.deleted_at is null`;

export const notificationChecks: Check[] = [
  {
    name: 'notificationOfNothing',
    says: 'notifications without a source',
    broken: sql.join(
      [
        withoutSource(
          'followed',
          sql``,
          sql`select from follows where follower_id = notification.actor_id and followee_id = notification.recipient_id`,
        ),
        withoutSource(
          'followRequested',
          sql``,
          sql`select from follow_requests where requester_id = notification.actor_id and target_id = notification.recipient_id`,
        ),
        withoutSource(
          'requestAccepted',
          sql``,
          sql`select from follows where follower_id = notification.recipient_id and followee_id = notification.actor_id`,
        ),
        withoutSource(
          'postLiked',
          onPost,
          sql`select from likes where post_id = notification.subject_id and user_id = notification.actor_id`,
        ),
        withoutSource('postCommented', onPost, comment),
        withoutSource('commentReplied', onComment, comment),
        withoutSource(
          'commentLiked',
          onComment,
          sql`select from comment_likes where comment_id = notification.subject_id and user_id = notification.actor_id`,
        ),
        withoutSource(
          'storyReaction',
          onStory,
          sql`select from story_reactions where story_id = notification.subject_id and user_id = notification.actor_id`,
        ),
      ],
      sql` union all `,
    ),
  },
  {
    name: 'notificationMisgrouped',
    says: 'notifications in an entry of another user, kind or subject',
    broken: sql`
      select notification.id || ' ' || entry.id as id from notifications notification
      join notification_groups entry on entry.id = notification.group_id
      where (notification.recipient_id, notification.kind, notification.subject_id) <> (entry.recipient_id, entry.kind, entry.subject_id)`,
  },
  {
    name: 'notificationEntryEmpty',
    says: 'entries that outlived their last notification',
    broken: sql`
      select id::text from notification_groups
      where not exists (select from notifications where group_id = notification_groups.id)`,
  },
  {
    name: 'notificationsReadAhead',
    says: 'users whose read position is in the future',
    broken: sql`
      select user_id || ' ' || read_up_to as id from notification_markers where read_up_to > now() + interval '1 minute'`,
  },
  {
    name: 'eventForAnother',
    says: 'events about a notification of another user',
    broken: sql`
      select events.id || ' ' || user_id as id from events join notifications on notifications.id = events.subject_id
      where events.kind = 'notification' and user_id <> recipient_id`,
  },
];
