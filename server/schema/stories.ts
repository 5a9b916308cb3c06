import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { media } from './media.ts';
import { users } from './users.ts';

export const stories = pgTable(
  'stories',
  {
    id: id(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null once the story is deleted and its photo too, unless that is kept as evidence. */
    mediaId: uuid('media_id').references(() => media.id),
    caption: text('caption').notNull().default(''),
    visibility: text('visibility').$type<'public' | 'friends' | 'closeFriends'>().notNull(),
    /** Number of users other than the author who have seen it: the rows of `story_views`. */
    viewCount: integer('view_count').notNull().default(0),
    createdAt: createdAt(),
    expiresAt: time('expires_at').notNull(),
    /** When its photo was ready; until then only the author sees the story. */
    publishedAt: time('published_at'),
    deletedAt: time('deleted_at'),
    takenDownAt: time('taken_down_at'),
  },
  (t) => [
    index('stories_author_idx').on(t.authorId, t.createdAt, t.id),
    index('stories_author_expires_idx').on(t.authorId, t.expiresAt, t.id),
    index('stories_expires_idx').on(t.expiresAt),
    index('stories_media_idx').on(t.mediaId),
    index('stories_deleted_idx').on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    check('stories_visibility_check', sql`${t.visibility} in ('public', 'friends', 'closeFriends')`),
    check('stories_expires_check', sql`${t.expiresAt} > ${t.createdAt}`),
    check('stories_media_check', sql`${t.mediaId} is not null or ${t.deletedAt} is not null`),
    check('stories_view_count_check', sql`${t.viewCount} >= 0`),
  ],
);

const story = (name = 'story_id') =>
  uuid(name)
    .notNull()
    .references(() => stories.id, { onDelete: 'cascade' });

export const storyViews = pgTable(
  'story_views',
  {
    storyId: story(),
    viewerId: uuid('viewer_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'story_views_pkey', columns: [t.storyId, t.viewerId] }),
    index('story_views_story_idx').on(t.storyId, t.createdAt, t.viewerId),
    index('story_views_by_viewer_idx').on(t.viewerId, t.createdAt, t.storyId),
  ],
);

export const storyReactions = pgTable(
  'story_reactions',
  {
    storyId: story(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** One grapheme of the emoji set. */
    emoji: text('emoji').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'story_reactions_pkey', columns: [t.storyId, t.userId] }),
    index('story_reactions_story_idx').on(t.storyId, t.createdAt, t.userId),
    index('story_reactions_by_user_idx').on(t.userId, t.createdAt, t.storyId),
  ],
);

/** Named collections of stories that stay visible after 24 hours. */
export const highlights = pgTable(
  'highlights',
  {
    id: id(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Null for the first story that the viewer may see. */
    coverStoryId: uuid('cover_story_id').references(() => stories.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('highlights_owner_idx').on(t.ownerId, t.createdAt, t.id),
    uniqueIndex('highlights_owner_name_key').on(t.ownerId, sql`lower(${t.name})`),
    index('highlights_cover_idx').on(t.coverStoryId),
  ],
);

export const highlightStories = pgTable(
  'highlight_stories',
  {
    highlightId: uuid('highlight_id')
      .notNull()
      .references(() => highlights.id, { onDelete: 'cascade' }),
    storyId: story(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'highlight_stories_pkey', columns: [t.highlightId, t.storyId] }),
    index('highlight_stories_highlight_idx').on(t.highlightId, t.createdAt, t.storyId),
    index('highlight_stories_story_idx').on(t.storyId),
  ],
);
