import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { users } from './users.ts';

/** Posts fanned out to readers. Derived data that can be dropped and rebuilt, so it has no references to posts. */
export const feedEntries = pgTable(
  'feed_entries',
  {
    readerId: uuid('reader_id').notNull(),
    createdAt: time('created_at').notNull(),
    postId: uuid('post_id').notNull(),
    authorId: uuid('author_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'feed_entries_pkey', columns: [t.readerId, t.createdAt, t.postId] }),
    index('feed_entries_author_idx').on(t.readerId, t.authorId),
  ],
);

/**
 * For a reader without a row nothing is known: the entries are rebuilt at the next read. Entries newer than `completeAfter` are
 * complete, older posts are read through the graph; null means all are complete, infinity means not built yet.
 */
export const feedReaders = pgTable('feed_readers', {
  readerId: uuid('reader_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  completeAfter: time('complete_after'),
  /** Changes whenever the reader follows, unfollows, blocks or mutes, which invalidates cached pages. */
  version: uuid('version').notNull().defaultRandom(),
});
