import { sql } from 'drizzle-orm';
import type { Check } from './check.ts';

export const contentChecks: Check[] = [
  {
    name: 'postOfForeignMedia',
    says: 'posts with a photograph of another user',
    broken: sql`
      select posts.id || ' ' || media.id as id from post_media
      join posts on posts.id = post_id join media on media.id = media_id where owner_id <> author_id`,
  },
  {
    name: 'publishedPostUnready',
    says: 'published posts with a photograph that is not ready',
    broken: sql`
      select posts.id || ' ' || media.id as id from post_media
      join posts on posts.id = post_id join media on media.id = media_id
      where published_at is not null and deleted_at is null and status <> 'completed'`,
  },
  {
    name: 'readyPostUnpublished',
    says: 'unpublished posts whose photographs are all ready',
    broken: sql`
      select id::text from posts where published_at is null and deleted_at is null
      and not exists (select from post_media join media on media.id = media_id where post_id = posts.id and status <> 'completed')`,
  },
  {
    name: 'postWithoutMedia',
    says: 'posts without photographs, or with a gap in their order',
    broken: sql`
      select id::text from posts left join post_media on post_id = posts.id where deleted_at is null
      group by id having count(position) = 0 or max(position) <> count(position) - 1`,
  },
  {
    name: 'avatarUnusable',
    says: 'avatars that are not a ready photograph of the user',
    broken: sql`
      select user_id || ' ' || media_id as id from avatars join media on media.id = media_id
      where owner_id <> user_id or status <> 'completed'`,
  },
  {
    name: 'storyOfForeignMedia',
    says: 'stories with a photograph of another user',
    broken: sql`
      select stories.id || ' ' || media.id as id from stories join media on media.id = media_id
      where owner_id <> author_id`,
  },
  {
    name: 'publishedStoryUnready',
    says: 'published stories whose photograph is not ready',
    broken: sql`
      select stories.id || ' ' || media.id as id from stories join media on media.id = media_id
      where published_at is not null and deleted_at is null and status <> 'completed'`,
  },
  {
    name: 'highlightOfForeignStory',
    says: 'highlights with a story of another user',
    broken: sql`
      select highlights.id || ' ' || stories.id as id from highlight_stories
      join highlights on highlights.id = highlight_id join stories on stories.id = story_id
      where owner_id <> author_id`,
  },
  {
    name: 'replyMisplaced',
    says: 'replies to a reply, or to a comment on another post',
    broken: sql`
      select reply.id::text from comments reply join comments parent on parent.id = reply.parent_id
      where parent.parent_id is not null or parent.post_id <> reply.post_id`,
  },
];
