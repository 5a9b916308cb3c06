import { sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Stories, their views and reactions, and highlights. */
export const storyChecks: Check[] = [
  {
    name: 'storyDay',
    says: 'stories that last longer than a day',
    broken: sql`
      select id || ' lives ' || (expires_at - created_at) as id from stories
      where expires_at - created_at > interval '24 hours 1 minute'`,
  },
  {
    name: 'storyViewByAuthor',
    says: 'views of a story by its author, which are not counted',
    broken: sql`
      select story_id || ' ' || viewer_id as id from story_views join stories on stories.id = story_id
      where viewer_id = author_id`,
  },
  {
    name: 'highlightEmpty',
    says: 'highlights that outlived their last story',
    broken: sql`
      select id::text from highlights
      where not exists (select from highlight_stories where highlight_id = highlights.id)`,
  },
  {
    name: 'highlightCoverElsewhere',
    says: 'highlights with a cover story that is not in them',
    broken: sql`
      select id || ' ' || cover_story_id as id from highlights where cover_story_id is not null
        and not exists (select from highlight_stories where highlight_id = highlights.id and story_id = cover_story_id)`,
  },
  {
    name: 'highlightOfDeletedStory',
    says: 'highlights with a deleted story',
    broken: sql`
      select highlight_id || ' ' || story_id as id from highlight_stories join stories on stories.id = story_id
      where deleted_at is not null`,
  },
];
