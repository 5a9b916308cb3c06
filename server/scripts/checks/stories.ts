import { sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Stories, what was done to them, and what they are kept in. */
export const storyChecks: Check[] = [
  {
    name: 'storyDay',
    says: 'stories that live for more than a day',
    broken: sql`
      select id || ' lives ' || (expires_at - created_at) as id from stories
      where expires_at - created_at > interval '24 hours 1 minute'`,
  },
  {
    name: 'storyViewByAuthor',
    says: 'views of a story by its own author, whom nobody counts',
    broken: sql`
      select story_id || ' ' || viewer_id as id from story_views join stories on stories.id = story_id
      where viewer_id = author_id`,
  },
  {
    name: 'highlightEmpty',
    says: 'highlights that went with their last story, and are still there',
    broken: sql`
      select id::text from highlights
      where not exists (select from highlight_stories where highlight_id = highlights.id)`,
  },
  {
    name: 'highlightCoverElsewhere',
    says: 'highlights shown by a story that is not in them',
    broken: sql`
      select id || ' ' || cover_story_id as id from highlights where cover_story_id is not null
        and not exists (select from highlight_stories where highlight_id = highlights.id and story_id = cover_story_id)`,
  },
  {
    name: 'highlightOfDeletedStory',
    says: 'highlights with a story that was deleted',
    broken: sql`
      select highlight_id || ' ' || story_id as id from highlight_stories join stories on stories.id = story_id
      where deleted_at is not null`,
  },
];
